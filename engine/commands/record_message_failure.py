"""Note that a message could not be delivered; after five tries it becomes an incident."""

from dataclasses import dataclass
from datetime import timedelta

from engine.commands.work import Work
from engine.commands.work.incidents import Mishap, open_incident

MOST_ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=30)  # doubled with each try, at most an hour


@dataclass(frozen=True, kw_only=True)
class RecordMessageFailure:
    """Count one failure of a message or signal between processes, with the error's text."""

    message_id: str
    error: str


def record_message_failure(command: RecordMessageFailure, work: Work) -> None:
    """Postpone the next try, or turn the message into an incident of the case it is for, else of its sender's."""
    seen = work.unit.hub.peek(command.message_id)
    receiver = work.unit.hub.receiver_of(seen.id)
    to_instance = work.unit.instances.get(seen.to_instance_id) if seen.to_instance_id else None
    instance_id = receiver.instance_id if receiver else seen.to_instance_id
    case_id = receiver.case_id if receiver else to_instance.case_id if to_instance else seen.from_case_id
    case = work.unit.cases.lock(case_id) if case_id else None
    message = work.unit.hub.get(seen.id)
    if message.status != "waiting":
        return
    attempts = message.attempts + 1
    wait = min(FIRST_WAIT * 2 ** (attempts - 1), timedelta(hours=1))
    work.unit.hub.mark(message.id, attempts=attempts, try_after=work.now + wait, last_error=command.error[:2000])
    if attempts >= MOST_ATTEMPTS:
        work.unit.hub.mark(message.id, status="incident")
        facts = {"name": message.name, "detail": command.error[:500]}
        mishap = Mishap("message", message.id, receiver.element_id if receiver else "", "undelivered", facts)
        open_incident(work, case, instance_id, mishap)
