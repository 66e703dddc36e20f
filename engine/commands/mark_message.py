"""Note how the delivery of an outgoing message went; one that is given up becomes an incident."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from engine.commands.work import Work
from engine.commands.work.incidents import Mishap, open_incident
from engine.store.post import Message

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)  # doubled with each try


@dataclass(frozen=True, kw_only=True)
class MarkMessage:
    """
    Mark a message as sent, or (`error` given) as failed once more.

    `is_final` says that trying again is of no use; `code` and `facts` say what went wrong where that is known.
    """

    outbox_id: str
    error: str | None = None
    is_final: bool = False
    code: str = "undelivered"
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


def mark_message(command: MarkMessage, work: Work) -> None:
    """Store it; a message that failed eight times, or for good, becomes an incident."""
    if command.error is None:
        work.unit.post.mark(command.outbox_id, status="sent", sent_at=work.now)
        return
    case_id = work.unit.post.get(command.outbox_id).case_id
    case = work.unit.cases.lock(case_id) if case_id else None
    message = work.unit.post.get(command.outbox_id)  # as it stands under the lock
    if message.status != "waiting":
        return
    attempts = message.attempts + 1
    is_given_up = command.is_final or attempts >= MOST_ATTEMPTS
    work.unit.post.mark(
        command.outbox_id,
        attempts=attempts,
        last_error=command.error[:2000],
        try_after=work.now + FIRST_WAIT * 2 ** (attempts - 1),
        status="incident" if is_given_up else "waiting",
    )
    if is_given_up:
        open_incident(work, case, message.instance_id, _mishap(command, message))


def _mishap(command: MarkMessage, message: Message) -> Mishap:
    facts = {"detail": (command.error or "")[:500], "recipient": message.recipient, **command.facts}
    if message.token_id is None:
        return Mishap("letter", message.id, message.template, command.code, facts)
    return Mishap("operation", message.token_id, str(message.facts["element"]), command.code, facts)
