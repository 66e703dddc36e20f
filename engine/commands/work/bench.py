"""What a command works with: the transaction, who acts, and the one instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.commands.work.equipment import Equipment
from engine.domain.actors import Actor
from engine.domain.working_time import WorkCalendar
from engine.store.timers import TimerRow
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class FollowUp:
    """
    A process to start in a case: its main one, or a further one in the same transaction (a raised flag's review).

    `registration` is the start form's values, kept as the case's first, finished task.
    """

    process: str
    kind: str
    subject_id: str
    registration: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Failure:
    """What could not go on: where, why (a code), and the words of whoever noticed."""

    case_id: str
    instance_id: str
    element_id: str
    reason: str
    detail: str = ""
    task_id: str | None = None
    timer_id: str | None = None


@dataclass
class Work:
    """
    One command's bench.

    `now` is when it is written; `at` is when it counts: the same, but for a timer carried out late, whose effects
    count at the instant it was due.
    """

    unit: UnitOfWork
    actor: Actor
    now: datetime
    equipment: Equipment
    at: datetime
    machine_now: datetime  # for sessions and throttles, which do not follow a moved clock
    cause: TimerRow | None = None
    failed: Failure | None = None  # the automatic step for which all is about to be undone
    follow_ups: list[FollowUp] = field(default_factory=list[FollowUp])

    def record(self, event: str, case_id: str, /, **data: Any) -> None:
        """Append an event to the case's chain."""
        self.unit.events.append(case_id, event, self.actor, (self.at, self.now), data)

    def calendar(self) -> WorkCalendar:
        """Return the working calendar in force."""
        return self.equipment.calendars.current(self.unit.day_tables)
