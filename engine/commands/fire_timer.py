"""Carry out a timer that is due, at the instant it was due."""

from dataclasses import dataclass, replace
from datetime import datetime

from engine.commands.work import Work
from engine.commands.work.advancing import fire
from engine.commands.work.telling import tell
from engine.domain.case import Case
from engine.domain.errors import Refused
from engine.store.timers import TimerRow


@dataclass(frozen=True, kw_only=True)
class FireTimer:
    """Fire one timer; the ticking process gives this, nobody else."""

    timer_id: str


def fire_timer(command: FireTimer, work: Work) -> bool:
    """Return whether it was carried out now: not, where it was cancelled, moved or fired meanwhile. Raises Refused."""
    if "system" not in work.actor.roles:
        raise Refused(what="timer")
    case = work.unit.cases.lock(work.unit.timers.get(command.timer_id).case_id)
    timer = work.unit.timers.get(command.timer_id)  # as it stands under the lock
    if timer.status != "waiting" or timer.due_at is None or timer.due_at > work.now:
        return False
    work.at = timer.due_at  # late or not, it counts from when it was due
    work.cause = timer
    work.unit.timers.save(replace(timer, status="fired", fired_at=work.now))
    work.record("timer.fired", case.id, timer=timer.id, element=timer.element_id, late_seconds=_late(timer, work.now))
    if timer.kind == "flow":
        fire(work, case, timer.instance_id, timer.runtime_id)
    else:
        _remind(work, case, timer)
    return True


def _late(timer: TimerRow, now: datetime) -> int:
    return int((now - timer.due_at).total_seconds()) if timer.due_at else 0


def _remind(work: Work, case: Case, timer: TimerRow) -> None:
    """Tell everybody who holds a task of that process that its clock runs out soon."""
    clock = work.unit.clocks.get(timer.clock_id or "")
    facts = {"key": timer.id, "number": case.number, "clock": clock.name, "due_date": str(clock.due_date)}
    tell(work, work.unit.tasks.open_holders(timer.instance_id), "clock_due_soon", case.id, facts)
