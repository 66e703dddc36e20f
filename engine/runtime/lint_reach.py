"""Rules about events that reach beyond their instance: who hears them, and who sends them."""

from collections.abc import Collection, Iterator
from typing import Any

from engine.domain.problems import Problem
from engine.runtime.codes import problem
from engine.runtime.graph import Scope, kind_of
from engine.runtime.intake import bpmn
from engine.runtime.parsing import is_event_sub_process
from engine.runtime.triggers import Trigger, triggers_of

BETWEEN = ("message", "signal")
TASKS = ("sendTask", "receiveTask")


def check(scope: Scope, carries: Collection[str] | None) -> Iterator[Problem]:
    """Yield the events of a process or sub-process that nobody would carry; nothing when that is not known."""
    for node in scope.nodes.values():
        if kind_of(node) in TASKS and not all(trigger.name for trigger in triggers_of(node)):
            yield problem("reference.dangling", node, "It does not say which message.")
        if carries is None or not (kind_of(node).endswith("Event") or kind_of(node) in TASKS):
            continue
        for trigger in triggers_of(node):
            if trigger.kind in BETWEEN and trigger.kind not in carries:
                yield problem("event.unheard", node, f"No {trigger.kind} is carried between processes here.")
            if (
                trigger.kind == "timer"
                and kind_of(node) == "startEvent"
                and scope.is_process
                and "timer" not in carries
            ):
                yield problem("event.unheard", node, "Nothing starts a process by the clock here.")
            if trigger.kind == "error" and kind_of(node) == "endEvent" and "error" not in carries:
                yield from _uncaught(node, trigger)


def _uncaught(node: Any, trigger: Trigger) -> Iterator[Problem]:
    scope = node.getparent()
    while scope is not None and scope.tag != bpmn("process"):
        if _handles(scope, trigger) or _at_boundary(scope, trigger):
            return
        scope = scope.getparent()
    if scope is not None and not _handles(scope, trigger):
        yield problem("event.unheard", node, "Nothing catches this error: it would end the whole instance.")


def _handles(scope: Any, trigger: Trigger) -> bool:
    inner = (e for e in scope.findall(bpmn("subProcess")) if is_event_sub_process(e))
    starts = (start for e in inner for start in e.findall(bpmn("startEvent")))
    return any(waiting.meets(trigger) for start in starts for waiting in triggers_of(start))


def _at_boundary(scope: Any, trigger: Trigger) -> bool:
    events = (e for e in scope.getparent().findall(bpmn("boundaryEvent")) if e.get("attachedToRef") == scope.get("id"))
    return any(waiting.meets(trigger) for event in events for waiting in triggers_of(event))
