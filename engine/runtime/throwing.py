"""Events that are brought about, and who gets to know of them."""

from collections.abc import Mapping
from typing import Any

from engine.domain.errors import Invalid
from engine.runtime.catching import key_of
from engine.runtime.contract import Thrown
from engine.runtime.exact import plain
from engine.runtime.model import MessageMeta
from engine.runtime.nodes import Activity, Node
from engine.runtime.subprocesses import Transaction, undo_next
from engine.runtime.triggers import Trigger


class Throw(Node):
    """A throwing event in the flow."""

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the event to its process."""
        super().__init__(wf_spec, element_id, **extra)
        self.triggers: tuple[Trigger, ...] = ()
        self.sends = MessageMeta()

    def run(self, token: Any) -> bool:
        """Throw everything; a compensation is waited for."""
        token.workflow.top_workflow.passed.append(self.bpmn_id)
        for trigger in self.triggers:
            if trigger.kind == "compensation":
                return not compensate(token, trigger)
            throw(token, trigger)
            if token.id not in token.workflow.tasks:
                break
        return True

    def compensated(self, token: Any) -> None:
        """Undo what is left to undo, then go on."""
        if token.internal_data["queue"]:
            undo_next(token, token.workflow)
        else:
            token.complete()


class End(Throw):
    """An end event: its token is used up, and may bring something about."""

    def leave(self, token: Any) -> None:
        """Be used up."""
        scope = token.workflow
        scope.consume(token)
        scope.follow(self, [])


class LinkThrow(Node):
    """Where the flow goes on at the link event of the same name."""


class Send(Activity):
    """A task that sends a message."""

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the task to its process."""
        super().__init__(wf_spec, element_id, **extra)
        self.triggers: tuple[Trigger, ...] = ()
        self.sends = MessageMeta()

    def run(self, token: Any) -> bool:
        """Send."""
        for trigger in self.triggers:
            throw(token, trigger)
        return True


def throw(token: Any, trigger: Trigger) -> None:
    """Let an event happen where the token stands."""
    scope = token.workflow
    top = scope.top_workflow
    if trigger.kind == "message":
        top.thrown.append(_sent(token, trigger))
    elif trigger.kind == "signal":
        sent = _sent(token, trigger)
        top.thrown.append(sent)
        broadcast(top, trigger, sent.payload)
    elif trigger.kind == "terminate":
        scope.clear()
        scope.settle()
    elif trigger.kind == "cancel":
        cancel_transaction(token)
    elif trigger.kind == "error":
        raise_error(scope, trigger)
    elif trigger.kind == "escalation":
        climb(scope, trigger)


def _sent(token: Any, trigger: Trigger) -> Thrown:
    scope, node = token.workflow, token.task_spec
    sends: MessageMeta = getattr(node, "sends", MessageMeta())
    payload = plain(scope.evaluate(sends.payload, token)) if sends.payload else {}
    if not isinstance(payload, dict):
        raise Invalid(reason="payload", element=node.bpmn_id)
    key = key_of(node, sends.key, token) if sends.key else ""
    return Thrown(trigger.kind, trigger.name or "", plain(scope.values(token)), key, payload, sends.ttl)


def broadcast(top: Any, trigger: Trigger, data: Mapping[str, Any] | None = None) -> int:
    """Offer an event to every token of the instance that waits now; return how many took it."""
    return sum(_offer(token, trigger, data or {}) for token in list(top.all_tokens()))


def deliver(top: Any, trigger: Trigger, data: Mapping[str, Any], token_id: str = "") -> bool:
    """Offer a message to one token that waits for it, the oldest or the one named; return whether there was one."""
    there = [token for token in top.all_tokens() if token_id in ("", str(token.id))]
    return any(_offer(token, trigger, data) for token in there)


def raise_error(scope: Any, trigger: Trigger) -> None:
    """Let an error look for its handler; without one the whole instance fails."""
    top = scope.top_workflow
    if climb(scope, trigger):
        return
    top.failure = trigger.name or "error"
    top.empty()


def climb(scope: Any, trigger: Trigger) -> bool:
    """Offer an error or escalation to the nearest scope that handles it; return whether one does."""
    below: Any | None = None
    while True:
        handlers = [t for t in scope.tokens() if t.task_spec.is_idle(t) and (below is None or t.task_spec is not below)]
        if _best(handlers, trigger):
            return True
        host = scope.host
        if host is None:
            return False
        scope = host.workflow
        if _at_boundary(host, trigger):
            return True
        below = host.task_spec


def error_of(token: Any, trigger: Trigger) -> None:
    """Let an activity fail with an error: its own boundary is asked first."""
    if not _at_boundary(token, trigger):
        raise_error(token.workflow, trigger)


def _at_boundary(host: Any, trigger: Trigger) -> bool:
    keys = {str(host.id), host.internal_data.get("body")} - {None}
    return _best([t for t in host.workflow.tokens() if t.internal_data.get("host") in keys], trigger)


def _best(waiting: list[Any], trigger: Trigger) -> bool:
    """Let the one that names the code take the event, else the one that takes any."""
    found = [
        (token, place)
        for token in waiting
        if hasattr(token.task_spec, "offered") and (place := token.task_spec.offered(token, trigger)) is not None
    ]
    found.sort(key=lambda pair: pair[0].task_spec.triggers[pair[1]].name is None)
    if found:
        token, place = found[0]
        token.task_spec.caught(token, place)
    return bool(found)


def _offer(token: Any, trigger: Trigger, data: Mapping[str, Any]) -> bool:
    scope, spec = token.workflow, token.task_spec
    is_there = token.id in scope.tasks  # one that took the event before may have ended it
    place = spec.offered(token, trigger) if is_there and hasattr(spec, "offered") else None
    if place is not None:
        scope.write(token, data)
        spec.caught(token, place)
    return place is not None


def compensate(token: Any, trigger: Trigger) -> bool:
    """Begin to undo what was completed in the token's scope; return whether there is anything to wait for."""
    scope = token.workflow
    wanted = trigger.activity
    about = [r for r in scope.done if wanted is None or scope.spec.task_specs[r["node"]].bpmn_id == wanted]
    for record in about:
        scope.done.remove(record)
    if about:
        token.internal_data["queue"] = list(about)
        undo_next(token, scope)
    return bool(about)


def cancel_transaction(token: Any) -> None:
    """Cancel the transaction around a token."""
    scope = token.workflow
    while (host := scope.host) is not None:
        if isinstance(host.task_spec, Transaction):
            host.task_spec.cancel(host)
            return
        scope = host.workflow
