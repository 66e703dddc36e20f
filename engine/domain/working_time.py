"""
Working time: which days count, and when the office is open.

Takes dates and aware instants of any zone, gives dates and instants in UTC. A working day is what the notices of the
State Council leave as one, make-up Saturdays and Sundays included; office time is what the place has published.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from engine.domain.day_table import Day, DayTable
from engine.domain.local_time import (
    DAY,
    day_of,
    instant_of,
    local_seconds,
    midnight,
)


@dataclass(frozen=True)
class OpenMakeUps:
    """Make-up days of one break still to be announced: `count` of `days`, each as it would be if it were worked."""

    days: tuple[Day, ...]
    count: int


class WorkCalendar:
    """
    An immutable calendar. Any day outside its table raises CalendarEnds.

    After `known_until` days are provisional: the notice that settles them is still to come, and `make_ups` says which
    make-up days it will bring. `version` names this state of the table.
    """

    __slots__ = ("_breaks", "_known_until", "_make_ups", "_table", "_version")

    def __init__(
        self, days: Iterable[Day], known_until: date, version: str, make_ups: Iterable[OpenMakeUps] = ()
    ) -> None:
        """Build the sums. Raises Invalid: no days, a gap, or a working day without office time."""
        self._table = DayTable(days)
        self._known_until = known_until
        self._version = version
        self._make_ups = tuple(make_ups)
        dated = [([(day.date.toordinal(), day) for day in each.days], each.count) for each in self._make_ups]
        self._breaks = [(days[0][0], days[-1][0], days, count) for days, count in dated if days]

    @property
    def known_until(self) -> date:
        """The last day that no notice still to come can change."""
        return self._known_until

    @property
    def version(self) -> str:
        """The name of this state of the table."""
        return self._version

    @property
    def make_ups(self) -> tuple[OpenMakeUps, ...]:
        """The make-up days still to be announced, a break each."""
        return self._make_ups

    def make_ups_within(self, first: int, last: int) -> list[tuple[list[tuple[int, Day]], int]]:
        """Return, for each break, its open make-up days from ordinal `first` to before `last`, and how many it has."""
        found = [
            ([each for each in days if first <= each[0] < last], count)
            for begins, ends, days, count in self._breaks
            if begins < last and ends >= first
        ]
        return [each for each in found if each[0]]

    @property
    def table(self) -> DayTable:
        """The sums below, for whoever counts in ordinals and local seconds."""
        return self._table

    # --- days ----------------------------------------------------------------------------------

    def day(self, day: date) -> Day:
        """Return what is known of a day."""
        return self._table.day(day.toordinal())

    def is_working(self, day: date) -> bool:
        """Return whether the day counts."""
        return self.day(day).working

    def add_working_days(self, day: date, days: int) -> date:
        """Return the n-th working day after `day`; 0: the day itself or the next that counts; negative: before it."""
        return date.fromordinal(self._table.add(day.toordinal(), days))

    def working_days_between(self, after: date, until: date) -> int:
        """Return how many days count in (after, until]; negative when `until` lies before `after`."""
        return self._table.count(after.toordinal(), until.toordinal())

    def counted_days(self, start: datetime, end: datetime) -> int:
        """Return how many working days began after the day of `start`, up to that of `end`."""
        return self._table.count(day_of(local_seconds(start)), day_of(local_seconds(end)))

    # --- office time ---------------------------------------------------------------------------

    def opening_of(self, day: date) -> datetime:
        """Return when a day, or the next working day after a day off, opens."""
        return instant_of(self._table.opening(day.toordinal()))

    def closing_of(self, day: date) -> datetime:
        """Return when business stops on a day, or on the next one that has a regular closing time."""
        return instant_of(self._table.closing(day.toordinal())[1])

    def office_seconds_between(self, start: datetime, end: datetime) -> int:
        """Return the office time from `start` to `end`; negative when `end` is earlier."""
        return self._table.open_until(local_seconds(end)) - self._table.open_until(local_seconds(start))

    def add_office_seconds(self, start: datetime, seconds: int) -> datetime:
        """Return the earliest instant by which `seconds` (≥ 0) have passed: at a closing, not at the next opening."""
        return instant_of(self._table.add_open(local_seconds(start), seconds))

    def sub_office_seconds(self, end: datetime, seconds: int) -> datetime:
        """Return the latest instant at which `seconds` (≥ 0) are left before `end`; never inside a break."""
        return instant_of(self._table.sub_open(local_seconds(end), seconds))

    # --- both ----------------------------------------------------------------------------------

    def shift(self, instant: datetime, working_days: int) -> datetime:
        """Return the same time of day so many working days later (or before), in UTC."""
        local = local_seconds(instant)
        return instant_of(midnight(self._table.add(day_of(local), working_days)) + local % DAY)


class CalendarOnDemand:
    """A calendar that is read only when an expression asks it."""

    def __init__(self, read: Callable[[], WorkCalendar]) -> None:
        """Take what reads the calendar in force."""
        self._read = read

    def is_working(self, day: date, /) -> bool:
        """Say whether the office works on that day; raises CalendarEnds."""
        return self._read().is_working(day)

    def add_working_days(self, day: date, days: int, /) -> date:
        """Return the working day so many working days after `day`; raises CalendarEnds."""
        return self._read().add_working_days(day, days)

    def working_days_between(self, after: date, until: date, /) -> int:
        """Return how many working days lie in (after, until]; raises CalendarEnds."""
        return self._read().working_days_between(after, until)
