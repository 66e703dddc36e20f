"""Note how the delivery of an outgoing message went."""

from dataclasses import dataclass
from datetime import timedelta

from engine.commands.work import Work

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)  # doubled with each try


@dataclass(frozen=True, kw_only=True)
class MarkMessage:
    """Mark a message as sent, or (`error` given) as failed once more."""

    outbox_id: str
    error: str | None = None


def mark_message(command: MarkMessage, work: Work) -> None:
    """Store it; a message that failed eight times becomes an incident."""
    if command.error is None:
        work.unit.post.mark(command.outbox_id, status="sent", sent_at=work.now)
        return
    attempts = work.unit.post.attempts(command.outbox_id) + 1
    work.unit.post.mark(
        command.outbox_id,
        attempts=attempts,
        last_error=command.error[:2000],
        try_after=work.now + FIRST_WAIT * 2 ** (attempts - 1),
        status="incident" if attempts >= MOST_ATTEMPTS else "waiting",
    )
