"""The one way in: every change is a command carried out here, in one transaction, at one instant."""

import logging
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from engine.commands import HANDLERS
from engine.commands.record_incident import RecordIncident
from engine.commands.work import Equipment, Failure, Work
from engine.domain.actors import SYSTEM, Actor
from engine.domain.clock import Clock, MovedClock, SystemClock
from engine.domain.errors import EngineError, Stale
from engine.domain.working_time import WorkCalendar
from engine.store.day_tables import DayTables
from engine.store.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)

TRIES = 3  # of a race lost in the database: a deadlock, or a row another command inserted first


@dataclass(frozen=True)
class Bus:
    """Carries out commands."""

    database: Engine
    clock: Clock
    equipment: Equipment

    def calendar(self) -> WorkCalendar:
        """Return the working calendar in force, for showing; commands ask their own bench."""
        with self.database.connect() as connection:
            return self.equipment.calendars.current(DayTables(connection))

    def machine_now(self) -> datetime:
        """Return the machine's instant: sessions and throttles do not follow the demonstration's clock."""
        return SystemClock().now() if isinstance(self.clock, MovedClock) else self.clock.now()

    def execute(self, command: object, actor: Actor) -> Any:
        """Carry out the command for the actor, all or nothing; raises what its handler names, Stale for a lost race."""
        begun = perf_counter()
        lost: Exception | None = None
        for _attempt in range(TRIES):
            try:
                result = self._carry_out(command, actor)
            except (IntegrityError, OperationalError) as error:
                lost = error
                logger.info("%s lost a race: %s", type(command).__name__, error.orig)
                continue
            logger.info("%s by %s in %.0f ms", type(command).__name__, actor.id, (perf_counter() - begun) * 1000)
            return result
        raise Stale(command=type(command).__name__) from lost

    def _carry_out(self, command: object, actor: Actor) -> Any:
        """Carry out the command in one transaction; an automatic step that failed leaves an incident behind."""
        work: Work | None = None
        try:
            with UnitOfWork(self.database) as unit:
                work = self._bench(unit, actor)
                return HANDLERS[type(command)](command, work)
        except EngineError:
            if work is not None and work.failed is not None:
                self._keep(work.failed)
            raise

    def _bench(self, unit: UnitOfWork, actor: Actor) -> Work:
        now = self.clock.now()
        return Work(unit=unit, actor=actor, now=now, at=now, equipment=self.equipment, machine_now=self.machine_now())

    def _keep(self, failure: Failure) -> None:
        try:
            self.execute(RecordIncident(failure=failure), SYSTEM)
        except Exception:
            # Whoever gave the command has to read why it failed, not that this was not kept.
            logger.exception("the incident of instance %s was not kept", failure.instance_id)
