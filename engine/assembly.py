"""Puts the engine together from its settings."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, select

from engine.bus import Bus
from engine.commands.work import Equipment
from engine.commands.work.calendars import Calendars
from engine.commands.work.equipment import Library
from engine.domain.clock import Clock, MovedClock, SystemClock
from engine.runtime.interventions import InterventionRuntime
from engine.store.database import prepare
from engine.store.tables import installation


@dataclass(frozen=True)
class EngineSettings:
    """What differs from one deployment to the next."""

    secret: str  # keys the MAC over stored workflow state; outside the database
    public_url: str  # where citizens reach the query page


def build_bus(database: Engine, settings: EngineSettings, clock: Clock | None = None) -> Bus:
    """
    Return the bus over a database that the migrations have prepared.

    Without a `clock` it reads the machine's, moved by the stored offset where the installation is a demonstration.
    """
    prepare(database)
    runtime = InterventionRuntime(hashlib.sha256(b"workflow state" + settings.secret.encode()).digest())
    equipment = Equipment(
        runtime=runtime, library=Library(runtime), calendars=Calendars(), public_url=settings.public_url
    )
    return Bus(database=database, clock=clock or MovedClock(SystemClock(), offset_of(database)), equipment=equipment)


def offset_of(database: Engine) -> "DemonstrationOffset":
    """Return what reads how far the demonstration's clock is ahead; always zero in production."""
    return DemonstrationOffset(database)


@dataclass
class DemonstrationOffset:
    """
    Reads the offset anew each time, so that every process sees the clock moved.

    In production it is read once: what an installation is never changes.
    """

    database: Engine
    is_production: bool = False

    def __call__(self) -> timedelta:
        """Return the offset; zero unless the installation is a demonstration."""
        if self.is_production:
            return timedelta(0)
        with self.database.connect() as connection:
            row = connection.execute(select(installation.c.kind, installation.c.clock_offset)).one_or_none()
        if row is None or row.kind != "demonstration":
            self.is_production = row is not None
            return timedelta(0)
        return timedelta(seconds=row.clock_offset)
