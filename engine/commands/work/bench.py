"""What a command works with: the transaction, who acts, and the one instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.commands.work.equipment import Equipment
from engine.domain.actors import Actor
from engine.domain.working_time import WorkCalendar
from engine.runtime.resting import Fault
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
    registrar: Actor | None = None  # who counts as having registered it, where nobody acts
    element: str = ""  # the start event, "" for the plain one


class Rest(Exception):
    """
    Ends a try of a command: an operation failed that must not undo what a person has done.

    The command is carried out anew, and its process rests at the step of the fault.
    """

    def __init__(self, walk: int, fault: Fault) -> None:
        """Name the walk of the command, from 1, and the fault."""
        super().__init__(walk, fault)
        self.walk = walk
        self.fault = fault


@dataclass
class Walks:
    """The walks of a command: `held` says at which steps of which walk to rest, `last` is the one going on."""

    held: Mapping[int, Mapping[int, Fault]] = field(default_factory=dict[int, Mapping[int, Fault]])
    last: int = 0

    def begin(self) -> Mapping[int, Fault]:
        """Begin a walk; return the steps it has to rest at."""
        self.last += 1
        return self.held.get(self.last, {})


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
    follow_ups: list[FollowUp] = field(default_factory=list[FollowUp])
    walks: Walks = field(default_factory=Walks)

    def record(self, event: str, case_id: str, /, **data: Any) -> None:
        """Append an event to the case's chain."""
        self.unit.events.append(case_id, event, self.actor, (self.at, self.now), data)

    def calendar(self) -> WorkCalendar:
        """Return the working calendar in force."""
        return self.equipment.calendars.current(self.unit.day_tables)
