"""Carry out a timer that is due, at the instant it was due."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.firing import fire_due
from engine.domain.errors import Refused


@dataclass(frozen=True, kw_only=True)
class FireTimer:
    """Fire one timer; the ticking process gives this, nobody else."""

    timer_id: str


def fire_timer(command: FireTimer, work: Work) -> bool:
    """
    Return whether it was carried out now; raises Refused.

    Not, where it was cancelled, moved or fired meanwhile, or an earlier one of the case is still to come.
    """
    if "system" not in work.actor.roles:
        raise Refused(what="timer")
    case = work.unit.cases.lock_by_timer(command.timer_id)
    first = work.unit.timers.first_due(case.id, work.now)
    if first is not None and first.id == command.timer_id and first.due_at is not None:
        fire_due(work, case, first, first.due_at)
        return True
    timer = work.unit.timers.get(command.timer_id)
    if timer.status != "waiting" or timer.due_at is None or timer.due_at > work.now:
        return False
    if first is not None:
        work.unit.timers.release(timer.id)
        return False
    fire_due(work, case, timer, timer.due_at)
    return True
