"""After days were loaded: every case whose clocks were counted by another calendar, one command a case."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from engine.bus import Bus
from engine.commands.recount_clocks import RecountClocks
from engine.commands.settle_clocks import SettleClocks, Settled
from engine.domain.actors import SYSTEM
from engine.readmodels.due import cases_counted_otherwise


def recount_all(bus: Bus, sessions: Callable[[], Session]) -> int:
    """Return how many ends moved. Broken off, it can be begun again: what is done is not done twice."""
    settle_all(bus)  # nearly all keep their end; what follows looks only at the others
    moved, after, version = 0, "", bus.calendar().version
    while True:
        with sessions() as session:
            batch = cases_counted_otherwise(session, version, after)
        if not batch:
            return moved
        moved += bus.execute(RecountClocks(case_ids=tuple(batch)), SYSTEM)
        after = batch[-1]


def settle_all(bus: Bus) -> int:
    """Return how many clocks kept their end; they are marked as counted by the calendar in force."""
    kept, done = 0, Settled("", 0)
    while done.last is not None:
        done = bus.execute(SettleClocks(after=done.last), SYSTEM)
        kept += done.kept
    return kept
