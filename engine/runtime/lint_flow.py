"""Rules about the flow: where tokens can go, split, meet and end."""

from collections.abc import Iterator
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

from engine.domain.problems import Problem
from engine.runtime.expressions import ExpressionInvalid, compiled
from engine.runtime.intake import bpmn

NODES = [
    "startEvent",
    "endEvent",
    "boundaryEvent",
    "intermediateCatchEvent",
    "userTask",
    "serviceTask",
    "subProcess",
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
]
CHOOSING = ("exclusiveGateway", "inclusiveGateway")


def check(process: Any) -> list[Problem]:
    """Return the problems of a process and its sub-processes."""
    scopes = [process, *process.iter(bpmn("subProcess"))]
    return [problem for scope in scopes for problem in _Scope(scope).problems()]


class _Scope:
    """One process or sub-process: its nodes, and the flows between them."""

    def __init__(self, scope: Any) -> None:
        self._scope = scope
        self._nodes = {e.get("id"): e for e in scope if isinstance(e.tag, str) and _kind(e) in NODES}
        self._flows = scope.findall(bpmn("sequenceFlow"))

    def problems(self) -> Iterator[Problem]:
        yield from self._ends()
        for flow in self._flows:
            yield from self._flow(flow)
        for node in self._nodes.values():
            yield from self._node(node)
        yield from self._unreachable()
        yield from self._joins_in_loops()

    def _ends(self) -> Iterator[Problem]:
        starts = [node for node in self._nodes.values() if _kind(node) == "startEvent"]
        if len(starts) != 1:
            yield _problem("flow.start", self._scope, f"There must be one start event, not {len(starts)}.")
        if not any(_kind(node) == "endEvent" for node in self._nodes.values()):
            yield _problem("flow.end", self._scope, "There is no end event.")
        for start in starts:
            if any(_kind(child).endswith("EventDefinition") for child in start):
                yield _problem("flow.start_event", start, "Only a plain start event is run.")

    def _flow(self, flow: Any) -> Iterator[Problem]:
        source, target = self._nodes.get(flow.get("sourceRef")), self._nodes.get(flow.get("targetRef"))
        if source is None or target is None:
            yield _problem("flow.dangling", flow, "The flow leads from or to something that is not there.")
            return
        condition = flow.find(bpmn("conditionExpression"))
        if condition is None:
            return
        if _kind(source) not in CHOOSING:
            yield _problem("flow.conditional", flow, "Only a gateway may have flows with conditions.")
        if condition.get("language", "").lower() not in ("", "feel", "https://www.omg.org/spec/dmn/20191111/feel/"):
            yield _problem("expression.language", flow, "Conditions are FEEL.")
            return
        try:
            compiled(condition.text or "")
        except ExpressionInvalid as error:
            yield _problem("expression.invalid", flow, f"The condition cannot be read: {error.facts}.")

    def _node(self, node: Any) -> Iterator[Problem]:
        kind, leaving = _kind(node), self._leaving(node)
        if kind not in (*CHOOSING, "parallelGateway") and len(leaving) > 1:
            yield _problem("flow.implicit_split", node, "Several flows leave it: draw a gateway.")
        if kind != "endEvent" and not leaving:
            yield _problem("flow.dead_end", node, "No flow leaves it.")
        if kind in CHOOSING and len(leaving) > 1:
            yield from self._choice(node, leaving)
        if kind == "boundaryEvent" and node.get("attachedToRef") not in self._nodes:
            yield _problem("flow.boundary", node, "It is attached to nothing.")
        if kind in ("boundaryEvent", "intermediateCatchEvent") and node.find(bpmn("timerEventDefinition")) is None:
            yield _problem("element.event", node, "Only timers are run here.")
        if kind == "inclusiveGateway" and len(self._arriving(node)) > 1 and self._in_loop(node.get("id")):
            yield _problem("flow.inclusive_loop", node, "An inclusive join in a loop is not run.")

    def _choice(self, node: Any, leaving: list[Any]) -> Iterator[Problem]:
        default = node.get("default")
        if default is not None and default not in {flow.get("id") for flow in leaving}:
            yield _problem("flow.default", node, "Its default flow does not leave it.")
        for flow in leaving:
            if flow.get("id") != default and flow.find(bpmn("conditionExpression")) is None:
                yield _problem("flow.no_condition", flow, "The flow has no condition and is not the default.")
        if default is None:
            yield _problem("flow.no_default", node, "It has no default flow: a case could be stuck here.")

    def _unreachable(self) -> Iterator[Problem]:
        reached: set[str] = set()
        work = [key for key, node in self._nodes.items() if _kind(node) == "startEvent"]
        while work:
            key = work.pop()
            if key in reached or key not in self._nodes:
                continue
            reached.add(key)
            work += [flow.get("targetRef") for flow in self._leaving(self._nodes[key])]
            work += [k for k, n in self._nodes.items() if n.get("attachedToRef") == key]
        for key, node in self._nodes.items():
            if key not in reached:
                yield _problem("flow.unreachable", node, "No token ever gets here.")

    def _joins_in_loops(self) -> Iterator[Problem]:
        """Refuse loops that no person or timer interrupts: they would never end."""
        waiting = {
            k for k, n in self._nodes.items() if _kind(n) in ("userTask", "subProcess", "intermediateCatchEvent")
        }
        for key, node in self._nodes.items():
            if key not in waiting and self._reaches(key, key, waiting):
                yield _problem("flow.endless", node, "It is in a loop that waits for nobody.")
                return

    def _in_loop(self, key: str) -> bool:
        return self._reaches(key, key, set())

    def _reaches(self, begin: str, goal: str, closed: set[str]) -> bool:
        seen, work = set(closed), [flow.get("targetRef") for flow in self._leaving(self._nodes[begin])]
        while work:
            key = work.pop()
            if key == goal:
                return True
            if key in seen or key not in self._nodes:
                continue
            seen.add(key)
            work += [flow.get("targetRef") for flow in self._leaving(self._nodes[key])]
        return False

    def _leaving(self, node: Any) -> list[Any]:
        return [flow for flow in self._flows if flow.get("sourceRef") == node.get("id")]

    def _arriving(self, node: Any) -> list[Any]:
        return [flow for flow in self._flows if flow.get("targetRef") == node.get("id")]


def _kind(element: Any) -> str:
    return str(etree.QName(element).localname)


def _problem(code: str, element: Any, message: str) -> Problem:
    return Problem(code, element.get("id"), element.sourceline, message)
