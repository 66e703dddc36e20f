"""Events that wait: in the flow, at a boundary, before an event sub-process."""

import json
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.domain.errors import Invalid
from engine.runtime.exact import plain
from engine.runtime.expressions import ExpressionInvalid
from engine.runtime.iso import again_of, rounds_of
from engine.runtime.nodes import Activity, Node
from engine.runtime.triggers import Trigger


class Catching(Node):
    """A node whose token waits for one of its triggers, or for all of them."""

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the node to its process."""
        super().__init__(wf_spec, element_id, **extra)
        self.triggers: tuple[Trigger, ...] = ()
        self.needs_all = False
        self.event_id = element_id  # of the event element: an event sub-process waits with its start event
        self.cycle: str | None = None  # ISO text of a timer that repeats
        self.key: str | None = None  # expression for the key that a message must have

    def prepare(self, token: Any) -> None:
        """Write down the correlation key, as it is when the waiting begins."""
        facts = token.internal_data
        is_body = getattr(self, "loop", None) is not None and "body" not in facts
        if self.key is not None and not is_body and "running" not in facts and "received" not in facts:
            facts["key"] = key_of(self, self.key, token)

    def waits(self, token: Any) -> bool:
        """Return whether a token stands here waiting for its triggers."""
        return bool(token.state == TaskState.WAITING)

    def offered(self, token: Any, thrown: Trigger) -> int | None:
        """Return which trigger a thrown event meets, or None."""
        if not self.waits(token):
            return None
        return next((place for place, trigger in enumerate(self.triggers) if trigger.meets(thrown)), None)

    def caught(self, token: Any, place: int) -> None:
        """React to a trigger that has been met, when it is the last one needed."""
        if self.needs_all:
            seen = sorted({*token.internal_data.get("seen", []), place})
            token.internal_data["seen"] = seen
            if len(seen) < len(self.triggers):
                return
            token.internal_data["seen"] = []
        self.react(token)

    def test_condition(self, token: Any) -> None:
        """React when a condition has become true since the last look."""
        for place, trigger in enumerate(self.triggers):
            if trigger.kind != "conditional" or not self.waits(token):
                continue
            before = token.internal_data.get("held", [])
            is_true = _holds_by_now(trigger.condition or "", token)
            token.internal_data["held"] = [p for p in before if p != place] + [place] * is_true
            if is_true and place not in before:
                self.caught(token, place)

    def has_timer(self, token: Any) -> bool:
        """Return whether a timer still runs for the token."""
        if not self.waits(token) or not any(trigger.kind == "timer" for trigger in self.triggers):
            return False
        rounds = 1 if self.cycle is None else rounds_of(self.cycle)
        return rounds is None or token.internal_data.get("fired", 0) < rounds

    def tick(self, token: Any) -> None:
        """React to the timer, which may have another round."""
        facts = token.internal_data
        facts["fired"] = facts.get("fired", 0) + 1
        due = facts.pop("due_at", None)
        if self.cycle is not None and due is not None:
            facts["due_at"] = again_of(self.cycle, due)
        place = next(place for place, trigger in enumerate(self.triggers) if trigger.kind == "timer")
        self.caught(token, place)

    def react(self, token: Any) -> None:
        """Do what the event brings about."""
        raise NotImplementedError

    def _spawn(self, token: Any) -> None:
        """Send tokens on their way and keep this one waiting."""
        token.workflow.follow(self, self.chosen(token))


def key_of(node: Node, text: str, token: Any) -> str:
    """Return a correlation key as text; raises ExpressionInvalid, Invalid where there is none."""
    value = plain(token.workflow.evaluate(text, token))
    if value is None or value == "":
        raise Invalid(reason="no_key", element=node.bpmn_id)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


class IntermediateCatch(Catching):
    """A catching event in the flow."""

    def arrive(self, token: Any) -> bool:
        """Wait; a condition may hold already."""
        self.test_condition(token)
        return False

    def react(self, token: Any) -> None:
        """Go on, and forget the other ways of an event-based gateway."""
        _close_gate(token)
        if self.has_timer(token) and token.internal_data.get("fired"):
            self._spawn(token)
        else:
            token._ready()  # noqa: SLF001  # how the library lets a waiting task run


class Receive(Catching, Activity):
    """A task that waits for a message."""

    def begin(self, token: Any) -> bool:
        """Wait, unless its message has started the process."""
        return bool(token.internal_data.get("received"))

    def react(self, token: Any) -> None:
        """Be done, and forget the other ways of an event-based gateway."""
        _close_gate(token)
        token._ready()  # noqa: SLF001  # how the library lets a waiting task run


class Boundary(Catching):
    """An event at the boundary of an activity."""

    interrupting = True

    def arrive(self, token: Any) -> bool:
        """Wait; a condition may hold already."""
        self.test_condition(token)
        return False

    def react(self, token: Any) -> None:
        """Take the way of the event; end the activity first when it interrupts."""
        scope = token.workflow
        flows = self.chosen(token)
        if self.interrupting:
            scope.cancel_token(scope.by_id(token.internal_data["host"]))
        scope.follow(self, flows)


def _close_gate(token: Any) -> None:
    gate = token.internal_data.pop("gate", None)
    if gate is None:
        return
    for other in token.workflow.tokens():
        if other is not token and other.internal_data.get("gate") == gate:
            token.workflow.cancel_token(other)


def _holds_by_now(condition: str, token: Any) -> bool:
    try:
        return token.workflow.holds(condition, token)
    except ExpressionInvalid as error:
        if error.facts.get("reason") == "unknown_name":
            return False  # it waits for a value that is not there yet
        raise
