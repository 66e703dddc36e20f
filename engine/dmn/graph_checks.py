"""What must be true of a requirements graph as a whole."""

from engine.dmn.findings import Findings
from engine.dmn.nodes import DecisionNode, Graph, InputNode, KnowledgeNode, Node, ServiceNode


def check_graph(graph: Graph, findings: Findings) -> None:
    """Note circles, and services that are not given what their decisions need."""
    done: set[str] = set()
    for key in graph.nodes:
        _walk(graph, key, done, findings)
    for node in graph.nodes.values():
        if isinstance(node, ServiceNode):
            _check_service(graph, node, findings)


def _walk(graph: Graph, start: str, done: set[str], findings: Findings) -> None:
    """Go along the arrows without recursion; note an arrow back to a node that is still open."""
    path: dict[str, list[str]] = {}
    waiting = [start]
    while waiting:
        key = waiting[-1]
        if key in done:
            waiting.pop()
            continue
        ahead = path.setdefault(key, arrows(graph.nodes.get(key)))
        if not ahead:
            done.add(key)
            del path[key]
            waiting.pop()
        elif ahead[-1] in path:
            node = graph.nodes[ahead.pop()]
            findings.add("requirement.cycle", None, f'"{node.name}" needs itself, by one or more arrows.', node.place)
        else:
            waiting.append(ahead.pop())


def arrows(node: Node | None) -> list[str]:
    """Return the keys of the nodes that a node needs."""
    if isinstance(node, DecisionNode):
        return [need.key for need in node.needs + node.knowledge]
    if isinstance(node, KnowledgeNode):
        return [need.key for need in node.knowledge]
    return []


def _check_service(graph: Graph, service: ServiceNode, findings: Findings) -> None:
    if not service.outputs:
        findings.add("service.inputs", None, "The service has no output decision.", service.place)
    given = frozenset(need.key for need in service.inputs)
    for decision in graph.order([need.key for need in service.outputs], given):
        for need in decision.needs:
            if need.key not in given and isinstance(graph.nodes.get(need.key), InputNode):
                message = f'The service is not given "{need.name}", which "{decision.name}" needs.'
                findings.add("service.inputs", None, message, service.place)
