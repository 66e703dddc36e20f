"""What an expression may know beside its data: the instant, the calendar, the limits; never the machine's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from engine.feel.limits import STANDARD, Limits


class WorkingTime(Protocol):
    """The calendar of an office, in its local days. It says by an error of its own that it does not know a day."""

    def is_working(self, day: date, /) -> bool:
        """Say whether the office works on that day."""
        ...

    def add_working_days(self, day: date, days: int, /) -> date:
        """Return the working day so many working days after `day` (before it when negative)."""
        ...

    def working_days_between(self, after: date, until: date, /) -> int:
        """Return how many working days lie in (after, until]; negative when `until` is earlier."""
        ...


@dataclass(frozen=True)
class Surroundings:
    """
    The fixed things around an evaluation.

    `now` is an aware instant in the zone in which today() is asked. `types` tests values against types that the user
    has named (`instance of`): name → predicate over FEEL values.
    """

    now: datetime | None = None
    calendar: WorkingTime | None = None
    limits: Limits = STANDARD
    types: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict[str, Callable[[Any], bool]])


NOWHERE = Surroundings()
