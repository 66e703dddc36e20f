"""Bring one message or signal to whom it is for: one command, one transaction, one case."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.advancing import deliver
from engine.commands.work.firing import catch_up
from engine.commands.work.opening import open_by_itself
from engine.domain.case import Case
from engine.domain.errors import Refused
from engine.runtime.advance import Delivery
from engine.store.hub import HubMessage, Receipt, StartRegistration


@dataclass(frozen=True, kw_only=True)
class DeliverMessage:
    """Deliver a message that waits; the ticking process gives this, nobody else."""

    message_id: str


def deliver_message(command: DeliverMessage, work: Work) -> bool:
    """
    Return whether anything was done with it: delivered, expired, or found to be too late; raises Refused.

    Nothing is done where nobody waits for it yet, or somebody else has delivered it meanwhile. Under the lock of the
    receiver's case everything is looked at again.
    """
    if "system" not in work.actor.roles:
        raise Refused(what="message")
    seen = work.unit.hub.peek(command.message_id)
    if seen.status != "waiting":
        return False
    if seen.expires_at is not None and seen.expires_at <= work.now:
        return _expire(work, seen)
    if seen.to_instance_id is not None:
        return _signal(work, seen, seen.to_instance_id)
    receiver = work.unit.hub.receiver_of(seen.id)
    if receiver is not None:
        return _to_token(work, seen, receiver.case_id)
    starts = work.unit.hub.starts("message", seen.name) if seen.to_start is None else []
    start = work.unit.hub.start(seen.to_start) if seen.to_start is not None else next(iter(starts), None)
    return _start(work, seen, start)


def _to_token(work: Work, seen: HubMessage, case_id: str) -> bool:
    case = catch_up(work, work.unit.cases.lock(case_id))  # what was due before it comes first
    message = work.unit.hub.get(seen.id)
    receiver = work.unit.hub.receiver_of(seen.id)
    if message.status != "waiting" or receiver is None or receiver.case_id != case.id:
        return False
    event = Delivery("message", message.name, message.payload, receiver.token_id)
    work.unit.hub.consume(Receipt(message.id, case.id, receiver.instance_id, receiver.element_id, work.now))
    _record(work, case, message, receiver.element_id)
    deliver(work, case, receiver.instance_id, event)
    return True


def _signal(work: Work, seen: HubMessage, instance_id: str) -> bool:
    case = catch_up(work, work.unit.cases.lock(work.unit.instances.get(instance_id).case_id))
    message = work.unit.hub.get(seen.id)
    waiting = [row for row in work.unit.hub.subscriptions(instance_id) if (row.kind, row.name) == ("signal", seen.name)]
    if message.status != "waiting":
        return False
    if not waiting:
        work.unit.hub.mark(message.id, status="missed")  # it has gone on since, and listens no longer
        return True
    work.unit.hub.consume(Receipt(message.id, case.id, instance_id, waiting[0].element_id, work.now))
    _record(work, case, message, waiting[0].element_id)
    deliver(work, case, instance_id, Delivery("signal", message.name, message.payload))
    return True


def _start(work: Work, seen: HubMessage, registration: StartRegistration | None) -> bool:
    message = work.unit.hub.get(seen.id)
    if message.status != "waiting":
        return False
    if registration is None:
        if message.kind == "signal":
            work.unit.hub.mark(message.id, status="missed")  # a newer version does not start by it
        return message.kind == "signal"
    process = work.equipment.library.get(work.unit.definitions, registration.digest)
    case = open_by_itself(work, process, registration.element_id, message.payload)
    work.unit.hub.consume(Receipt(message.id, case.id, "", registration.element_id, work.now))
    _record(work, case, message, registration.element_id)
    return True


def _expire(work: Work, seen: HubMessage) -> bool:
    if seen.from_case_id is not None:
        work.unit.cases.lock(seen.from_case_id)
    message = work.unit.hub.get(seen.id)
    if message.status != "waiting":
        return False
    work.unit.hub.mark(message.id, status="expired")
    work.record("message.expired", message.from_case_id or "", name=message.name, key=message.key)
    return True


def _record(work: Work, case: Case, message: HubMessage, element: str) -> None:
    kind = "message.received" if message.kind == "message" else "signal.received"
    work.record(kind, case.id, name=message.name, key=message.key, element=element, message=message.id)
