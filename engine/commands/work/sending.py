"""Messages and signals that leave a process: rows of the hub, written in the transaction of the step that throws."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from engine.commands.work.bench import Work
from engine.domain.case import Case
from engine.runtime.contract import Thrown
from engine.runtime.iso import due_of
from engine.store.hub import HubMessage
from engine.store.instances import Instance

USUAL_TIME = timedelta(days=7)  # how long a message waits for a receiver where the diagram says nothing


@dataclass(frozen=True)
class Sender:
    """Where a message comes from: a process of a case, or neither where it comes from outside."""

    case: Case | None = None
    instance: Instance | None = None


def send(work: Work, sender: Sender, thrown: Iterable[Thrown]) -> None:
    """Put what was thrown on its way."""
    for event in thrown:
        key = str(uuid4())
        found = [_message(work, sender, event, key)] if event.kind == "message" else _signals(work, sender, event, key)
        work.unit.hub.send(found)
        if sender.case is not None:
            kind = "message.sent" if event.kind == "message" else "signal.sent"
            work.record(kind, sender.case.id, name=event.name, key=event.key, receivers=len(found))


def _message(work: Work, sender: Sender, event: Thrown, key: str) -> HubMessage:
    return _addressed(work, sender, event, key, _end_of(work, event))


def _signals(work: Work, sender: Sender, event: Thrown, key: str) -> list[HubMessage]:
    """Return a row for each instance that waits for the signal now but the sender's own, and each process it starts."""
    own = sender.instance.id if sender.instance else None
    waiting = [instance_id for instance_id in work.unit.hub.listeners(event.name) if instance_id != own]
    starts = [registration.id for registration in work.unit.hub.starts("signal", event.name)]
    rows = [_addressed(work, sender, event, f"{key}:{to}", None, to_instance_id=to) for to in waiting]
    return rows + [_addressed(work, sender, event, f"{key}:{to}", None, to_start=to) for to in starts]


def _addressed(  # noqa: PLR0913  # what a message has
    work: Work,
    sender: Sender,
    event: Thrown,
    key: str,
    expires_at: datetime | None,
    *,
    to_instance_id: str | None = None,
    to_start: int | None = None,
) -> HubMessage:
    return HubMessage(
        id=str(uuid4()),
        dedupe_key=key,
        kind=event.kind,
        name=event.name,
        key=event.key,
        payload=event.payload,
        thrown_at=work.now,
        from_case_id=sender.case.id if sender.case else None,
        from_instance_id=sender.instance.id if sender.instance else None,
        to_instance_id=to_instance_id,
        to_start=to_start,
        expires_at=expires_at,
    )


def _end_of(work: Work, event: Thrown) -> datetime:
    return due_of(event.ttl, work.now) if event.ttl else work.now + USUAL_TIME
