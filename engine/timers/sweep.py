"""One pass over what is due, in due order, also after a long silence."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.bus import Bus
from engine.commands.fire_timer import FireTimer
from engine.commands.record_timer_failure import RecordTimerFailure
from engine.domain.actors import TIMER
from engine.readmodels.due import DueTimer, due_timers, next_due

logger = logging.getLogger(__name__)

Sessions = Callable[[], Session]


@dataclass
class Swept:
    """What one pass did."""

    fired: int = 0
    failed: int = 0


def sweep(bus: Bus, sessions: Sessions) -> Swept:
    """
    Carry out every timer that is due, until none is left; a timer that came up on the way is carried out as well.

    A batch holds each case once, so that the timers of one case are always carried out in their order.
    """
    done = Swept()
    while batch := _batch(bus, sessions):
        before = done.fired
        for due in batch:
            _fire(bus, due, done)
        if done.fired == before:
            break  # only failures: they wait for their next try
    return done


def wait_until(sessions: Sessions) -> datetime | None:
    """Return when the next timer is due, or None."""
    with sessions() as session:
        return next_due(session)


def _batch(bus: Bus, sessions: Sessions) -> list[DueTimer]:
    with sessions() as session:
        found = due_timers(session, bus.clock.now())
    first_of_case: dict[str, DueTimer] = {}
    for due in found:
        first_of_case.setdefault(due.case_id, due)
    return list(first_of_case.values())


def _fire(bus: Bus, due: DueTimer, done: Swept) -> None:
    try:
        done.fired += bool(bus.execute(FireTimer(timer_id=due.id), TIMER))
    except Exception as error:
        # One bad timer must not hold up the others; it is counted, tried again, and becomes an incident.
        logger.exception("timer %s of case %s failed", due.id, due.case_id)
        done.failed += 1
        bus.execute(RecordTimerFailure(timer_id=due.id, error=repr(error)), TIMER)
