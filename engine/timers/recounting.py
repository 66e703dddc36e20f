"""After days were loaded: every case whose clocks were counted by another calendar, one command a case."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from engine.bus import Bus
from engine.commands.recount_clocks import RecountClocks
from engine.domain.actors import SYSTEM
from engine.readmodels.due import cases_counted_otherwise


def recount_all(bus: Bus, sessions: Callable[[], Session]) -> int:
    """Return how many ends moved. Broken off, it can be begun again: what is done is not done twice."""
    moved, after, version = 0, "", bus.calendar().version
    while True:
        with sessions() as session:
            batch = cases_counted_otherwise(session, version, after)
        if not batch:
            return moved
        moved += sum(bus.execute(RecountClocks(case_id=case_id), SYSTEM) for case_id in batch)
        after = batch[-1]
