"""One pass over what is due, in due order, also after a long silence."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.bus import Bus
from engine.commands.fire_timer import FireTimer
from engine.commands.lease_timers import LeaseTimers
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
    Carry out every timer that is due, whoever has it in hand, until none is left, also those that come up on the way.

    A batch holds each case once, so that the timers of one case are always carried out in their order.
    """
    done = Swept()
    while batch := _batch(bus, sessions):
        before = done.fired
        for due in batch:
            _fire(bus, due.id, done)
        if done.fired == before:
            break  # only failures: they wait for their next try
    return done


def sweep_share(bus: Bus, sessions: Sessions, node: str) -> Swept:
    """
    Carry out what is due and no other ticker has in hand, until nothing is left to take.

    Any number of tickers may do so over one database. A ticker that dies leaves its share to the others when its lease
    has run out; one that wakes up late finds its timers carried out.
    """
    done = Swept()
    while _any_due(bus, sessions):
        leased: list[str] = bus.execute(LeaseTimers(node=node), TIMER)
        before = done.fired
        for timer_id in leased:
            _fire(bus, timer_id, done)
        if done.fired == before:
            break  # others have the rest in hand, or it waits for its next try
    return done


def _any_due(bus: Bus, sessions: Sessions) -> bool:
    with sessions() as session:
        return bool(due_timers(session, bus.clock.now(), 1))


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


def _fire(bus: Bus, timer_id: str, done: Swept) -> None:
    try:
        done.fired += bool(bus.execute(FireTimer(timer_id=timer_id), TIMER))
    except Exception as error:
        # One bad timer must not hold up the others; it is counted, tried again, and becomes an incident.
        logger.exception("timer %s failed", timer_id)
        done.failed += 1
        _count_failure(bus, timer_id, repr(error))


def _count_failure(bus: Bus, timer_id: str, error: str) -> None:
    try:
        bus.execute(RecordTimerFailure(timer_id=timer_id, error=error), TIMER)
    except Exception:
        # The failure itself could not be kept; the lease runs out, and the timer is tried again.
        logger.exception("the failure of timer %s was not kept", timer_id)
