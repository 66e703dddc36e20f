"""Note that a timer could not be carried out; after five tries it becomes an incident somebody must see."""

from dataclasses import dataclass, replace
from datetime import timedelta

from engine.commands.work import Failure, Work
from engine.commands.work.incidents import TIMER, raise_incident

MOST_ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=30)  # doubled with each try, at most an hour


@dataclass(frozen=True, kw_only=True)
class RecordTimerFailure:
    """Count one failure of a timer, with the error's text."""

    timer_id: str
    error: str


def record_timer_failure(command: RecordTimerFailure, work: Work) -> None:
    """Postpone the timer's next try, or turn it into an incident; the case itself stays usable."""
    case = work.unit.cases.lock(work.unit.timers.get(command.timer_id).case_id)
    timer = work.unit.timers.get(command.timer_id)
    if timer.status != "waiting":
        return
    attempts = timer.attempts + 1
    wait = min(FIRST_WAIT * 2 ** (attempts - 1), timedelta(hours=1))
    failed = replace(timer, attempts=attempts, last_error=command.error[:2000], try_after=work.now + wait)
    if attempts >= MOST_ATTEMPTS:
        failed = replace(failed, status="incident")
        work.record("timer.stuck", case.id, timer=timer.id, element=timer.element_id, error=command.error[:500])
        failure = Failure(case.id, timer.instance_id, timer.element_id, TIMER, command.error, timer_id=timer.id)
        raise_incident(work, case, failure)
    work.unit.timers.save(failed)
