"""Where a token may be moved to, computed from the flows: never so that a join waits for ever or fires too early."""

from typing import Any

from engine.runtime.catching import Catching, IntermediateCatch
from engine.runtime.gateways import Complex, Exclusive, Parallel
from engine.runtime.nodes import Activity, Node
from engine.runtime.resting import is_failed
from engine.runtime.subprocesses import AdHoc, EventSubProcess
from engine.runtime.tasks import is_open


def is_movable(token: Any) -> bool:
    """Return whether a token may be moved: it waits for a person or an event, or failed, by itself and in the flow."""
    facts, node = token.internal_data, token.task_spec
    if {"body", "host", "compensates", "queue"} & set(facts) or isinstance(node, EventSubProcess):
        return False
    host = token.workflow.host
    if host is not None and isinstance(host.task_spec, AdHoc):
        return False
    if is_failed(token) or is_open(token):
        return True
    return isinstance(node, Catching) and bool(node.waits(token))


def targets_of(token: Any) -> tuple[str, ...]:
    """
    Return the ids of the elements a token may be moved to, in the order of the file; () when it cannot be moved.

    They lie in the same scope, and the joins that still count on the token are the same there as here.
    """
    if not is_movable(token):
        return ()
    nodes = _nodes(token.workflow.spec)
    here = _counted_on(nodes, token.task_spec)
    return tuple(
        node.bpmn_id
        for node in nodes.values()
        if node is not token.task_spec and _is_target(node) and _counted_on(nodes, node) == here
    )


def _nodes(spec: Any) -> dict[str, Node]:
    return {name: node for name, node in spec.task_specs.items() if isinstance(node, Node)}


def _is_target(node: Node) -> bool:
    if isinstance(node, EventSubProcess) or not node.arriving:
        return False
    if isinstance(node, Activity):
        return not node.is_handler and node.start_quantity == 1
    return isinstance(node, (IntermediateCatch, Exclusive))


def _counted_on(nodes: dict[str, Node], start: Node) -> dict[str, frozenset[str | None]]:
    """Return, for each join that a token on `start` reaches on some but not all of its flows, those flows."""
    joins = [node for node in nodes.values() if isinstance(node, (Parallel, Complex)) and len(node.arriving) > 1]
    found = {join.name: _flows_into(nodes, start, join) for join in joins}
    return {name: flows for name, flows in found.items() if flows and flows != frozenset(nodes[name].arriving)}


def _flows_into(nodes: dict[str, Node], start: Node, join: Node) -> frozenset[str | None]:
    """Return the flows on which a token on `start` can arrive at `join`, without passing it first."""
    seen, work, found = {start.name}, [start], set[str | None]()
    while work:
        node = work.pop()
        around = [nodes[name] for name in getattr(node, "boundary", ())]
        found |= {flow.id for each in (node, *around) for flow in each.flows if flow.target == join.name}
        reached = {flow.target for each in (node, *around) for flow in each.flows} - seen - {join.name}
        seen |= reached
        work += [nodes[name] for name in reached]
    return frozenset(found)
