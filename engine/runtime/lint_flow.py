"""Rules about the flow: where tokens can go, split, meet and end."""

from collections.abc import Iterator
from typing import Any

from engine.domain.problems import Problem
from engine.runtime.codes import problem
from engine.runtime.graph import ACTIVITIES, CHOOSING, WAITING, Scope, kind_of
from engine.runtime.intake import bpmn

CONDITIONAL = (*CHOOSING, *ACTIVITIES)


def check(scope: Scope) -> Iterator[Problem]:
    """Yield the problems of the flow in one process or sub-process."""
    yield from _ends(scope)
    for flow in scope.flows:
        yield from _flow(scope, flow)
    yield from _twins(scope)
    for node in scope.nodes.values():
        yield from _node(scope, node)
    yield from _unreachable(scope)
    yield from _endless(scope)


def _ends(scope: Scope) -> Iterator[Problem]:
    starts = scope.of_kind("startEvent")
    plain = [start for start in starts if not scope.triggers(start)]
    if scope.is_ad_hoc:
        if starts or scope.of_kind("endEvent"):
            yield problem("flow.start", scope.element, "An ad-hoc sub-process has neither start nor end event.")
        return
    by_message = [node for node in scope.nodes.values() if scope.starts_by_message(node)]
    if len(plain) > 1 or not (starts or by_message) or (len(starts) > 1 and not scope.is_process):
        yield problem("flow.start", scope.element, f"There must be one start event, not {len(starts)}.")
    if not scope.of_kind("endEvent"):
        yield problem("flow.end", scope.element, "There is no end event.")


def _flow(scope: Scope, flow: Any) -> Iterator[Problem]:
    source, target = scope.nodes.get(flow.get("sourceRef")), scope.nodes.get(flow.get("targetRef"))
    if source is None or target is None:
        yield problem("flow.dangling", flow, "The flow leads from or to something that is not in the same process.")
        return
    if kind_of(source) == "endEvent" or kind_of(target) in ("startEvent", "boundaryEvent"):
        yield problem("flow.direction", flow, "No flow leaves an end event, or leads into a start or boundary event.")
    if scope.is_event_sub_process(source) or scope.is_event_sub_process(target):
        yield problem("flow.direction", flow, "An event sub-process stands outside the flow.")
    if flow.find(bpmn("conditionExpression")) is not None and kind_of(source) not in CONDITIONAL:
        yield problem("flow.conditional", flow, f"A flow out of a {kind_of(source)} has no condition.")


def _twins(scope: Scope) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for flow in scope.flows:
        pair = flow.get("sourceRef"), flow.get("targetRef")
        if pair in seen:
            yield problem("flow.twin", flow, "Another flow joins the same two nodes.")
        seen.add(pair)


def _node(scope: Scope, node: Any) -> Iterator[Problem]:
    kind, leaving = kind_of(node), scope.leaving(node)
    if not leaving and not scope.may_end_at(node):
        yield problem("flow.dead_end", node, "No flow leaves it.")
    if kind in CONDITIONAL:
        yield from _choice(node, leaving)
    if kind == "boundaryEvent" and kind_of(scope.nodes.get(node.get("attachedToRef"))) not in ACTIVITIES:
        yield problem("flow.boundary", node, "It is attached to nothing that could have it.")
    if scope.starts_by_message(node) and (scope.arriving(node) or not scope.is_process):
        yield problem("element.event", node, "Only a receive task that nothing leads to can start a process.")
    if kind == "eventBasedGateway":
        yield from _event_gateway(scope, node, leaving)
    is_join = kind == "complexGateway" and len(scope.arriving(node)) > 1
    if is_join and not (node.findtext(bpmn("activationCondition")) or "").strip():
        yield problem("flow.activation", node, "A complex gateway that joins needs an activation condition.")


def _choice(node: Any, leaving: list[Any]) -> Iterator[Problem]:
    default = node.get("default")
    conditional = [flow for flow in leaving if flow.find(bpmn("conditionExpression")) is not None]
    if default is not None and default not in {flow.get("id") for flow in leaving}:
        yield problem("flow.default", node, "Its default flow does not leave it.")
    if default in {flow.get("id") for flow in conditional}:
        yield problem("flow.default", node, "A default flow has no condition.")
    if kind_of(node) not in CHOOSING or len(leaving) < 2:  # noqa: PLR2004  # one way is no choice
        return
    for flow in leaving:
        if flow.get("id") != default and flow not in conditional:
            yield problem("flow.no_condition", flow, "The flow has no condition and is not the default.")
    if default is None:
        yield problem("flow.no_default", node, "Without a default flow a step can be refused here.", refused=False)


def _event_gateway(scope: Scope, node: Any, leaving: list[Any]) -> Iterator[Problem]:
    if node.get("instantiate") == "true" or node.get("eventGatewayType") == "Parallel":
        yield problem("element.event", node, "An event-based gateway that starts the process is not run.")
    for flow in leaving:
        target = scope.nodes.get(flow.get("targetRef"))
        is_event = kind_of(target) in ("intermediateCatchEvent", "receiveTask") and len(scope.arriving(target)) == 1
        if not is_event or scope.is_more_than_waiting(target):
            yield problem(
                "flow.event_gateway", flow, "It leads to catching events, each of them reached by no other flow."
            )


def _unreachable(scope: Scope) -> Iterator[Problem]:
    reached = scope.reached()
    for key, node in scope.nodes.items():
        if key not in reached:
            yield problem("flow.unreachable", node, "No token ever gets here.")


def _endless(scope: Scope) -> Iterator[Problem]:
    """Refuse loops that no person, message or timer interrupts: they would never end."""
    waiting = {key for key, node in scope.nodes.items() if kind_of(node) in WAITING or scope.waits_inside(node)}
    for key, node in scope.nodes.items():
        if key not in waiting and scope.reaches(key, key, waiting):
            yield problem("flow.endless", node, "It is in a loop that waits for nobody.")
            return
