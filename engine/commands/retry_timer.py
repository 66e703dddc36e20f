"""Let a timer that was given up after five tries be tried again (administrator)."""

from dataclasses import dataclass, replace

from engine.commands.work import Work
from engine.commands.work.incidents import settle_timer
from engine.commands.work.intervening import require_admin
from engine.domain.errors import TaskClosed


@dataclass(frozen=True, kw_only=True)
class RetryTimer:
    """Put a stuck timer back among those that wait; the next pass of the ticker carries it out."""

    timer_id: str
    reason: str


def retry_timer(command: RetryTimer, work: Work) -> str:
    """Return the case's id; raises NotFound, Refused, Invalid, TaskClosed (it is not stuck)."""
    require_admin(work, command.reason)
    case = work.unit.cases.lock(work.unit.timers.get(command.timer_id).case_id)
    timer = work.unit.timers.get(command.timer_id)
    if timer.status != "incident":
        raise TaskClosed(timer=timer.id)
    work.unit.timers.save(replace(timer, status="waiting", attempts=0, try_after=None))
    facts = {"timer": timer.id, "element": timer.element_id, "reason": command.reason.strip()}
    work.record("timer.retried", case.id, before=timer.status, after="waiting", **facts)
    settle_timer(work, timer.instance_id, timer.id, command.reason.strip())
    return case.id
