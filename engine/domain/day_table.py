"""
The table of days under every calendar: prefix sums over ordinals and local seconds (see local_time).

Counting n working days is one look into an array, over any distance; office time is one bisection and the few
segments of a day. Whoever is not counting uses `working_time.WorkCalendar`, which speaks in dates and instants.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.domain.errors import CalendarEnds, Invalid
from engine.domain.local_time import DAY, EPOCH, midnight

Segments = tuple[tuple[int, int], ...]  # office time of a day: (opens, closes) in seconds since midnight


@dataclass(frozen=True)
class Day:
    """
    One day of a calendar.

    `name` is the holiday's, `source` the document that says so. `cut`: an order took away its regular closing time.
    """

    date: date
    working: bool
    segments: Segments
    name: str = ""
    source: str = ""
    cut: bool = False


class DayTable:
    """An immutable table of days without a gap. A day outside it raises CalendarEnds."""

    __slots__ = ("_base", "_before", "_days", "_open_before", "_working")

    def __init__(self, days: Iterable[Day]) -> None:
        """Build the sums. Raises Invalid: no days, a gap, or a working day without ordered office time."""
        self._days = tuple(days)
        if not self._days:
            raise Invalid(reason="calendar_empty")
        self._base = self._days[0].date.toordinal()
        self._before = [0]  # working days before day i
        self._open_before = [0]  # office seconds before day i
        self._working: list[int] = []  # the ordinal of the k-th working day
        for ordinal, day in enumerate(self._days, self._base):
            _check(day, ordinal)
            if day.working:
                self._working.append(ordinal)
            seconds = sum(closes - opens for opens, closes in day.segments) if day.working else 0
            self._before.append(len(self._working))
            self._open_before.append(self._open_before[-1] + seconds)

    def index(self, ordinal: int) -> int:
        """Return the place of a day in the table; raises CalendarEnds."""
        index = ordinal - self._base
        if not 0 <= index < len(self._days):
            raise CalendarEnds(day=_name(ordinal))
        return index

    def day(self, ordinal: int) -> Day:
        """Return what is known of a day."""
        return self._days[self.index(ordinal)]

    def part(self, first: int, last: int) -> tuple[Day, ...]:
        """Return the days from `first` to `last`, both included."""
        return self._days[self.index(first) : self.index(last) + 1]

    # --- days ----------------------------------------------------------------------------------

    def add(self, ordinal: int, days: int) -> int:
        """Return the n-th working day after `ordinal`; 0: the day itself or the next; negative: before it."""
        index = self.index(ordinal)
        place = self._before[index + 1] + days - 1 if days > 0 else self._before[index] + days
        if not 0 <= place < len(self._working):
            beyond = self._base - 1 if place < 0 else self._base + len(self._days)
            raise CalendarEnds(day=_name(beyond))
        return self._working[place]

    def count(self, after: int, until: int) -> int:
        """Return how many days count in (after, until]; negative when `until` lies before `after`."""
        return self._before[self.index(until) + 1] - self._before[self.index(after) + 1]

    # --- office time ---------------------------------------------------------------------------

    def opening(self, ordinal: int) -> int:
        """Return when a day, or the next working day after a day off, opens."""
        ordinal = self.add(ordinal, 0)
        return midnight(ordinal) + self.day(ordinal).segments[0][0]

    def closing(self, ordinal: int) -> tuple[int, int]:
        """
        Return (day, moment) at which business stops on that day or the next one with a regular closing time.

        A day that an order cut short is passed over: its closing time was taken away, so a limit rolls on.
        """
        ordinal = self.add(ordinal, 0)
        while self.day(ordinal).cut:
            ordinal = self.add(ordinal, 1)
        return ordinal, midnight(ordinal) + self.day(ordinal).segments[-1][1]

    def has_closed(self, local: int) -> bool:
        """Return whether at that moment no office time is left on its day (or there was none at all)."""
        ordinal, second = divmod(local, DAY)
        day = self.day(ordinal + EPOCH)
        return not day.working or second >= day.segments[-1][1]

    def open_until(self, local: int) -> int:
        """Return the office seconds from the table's beginning to that moment."""
        ordinal, second = divmod(local, DAY)
        index = self.index(ordinal + EPOCH)
        day = self._days[index]
        worked = sum(max(0, min(second, closes) - opens) for opens, closes in day.segments) if day.working else 0
        return self._open_before[index] + worked

    def add_open(self, local: int, seconds: int) -> int:
        """Return the earliest moment by which that much office time has passed: at a closing, not the next opening."""
        wanted = self.open_until(local) + seconds
        if seconds <= 0:
            return local
        if wanted > self._open_before[-1]:
            raise CalendarEnds(day=_name(self._base + len(self._days)))
        return self._moment(bisect_left(self._open_before, wanted) - 1, wanted, at_closing=True)

    def sub_open(self, local: int, seconds: int) -> int:
        """Return the latest moment at which that much office time is left before `local`; never inside a break."""
        total = self.open_until(local)
        wanted = total - seconds
        if seconds <= 0:
            return local
        if wanted < 0:
            raise CalendarEnds(day=_name(self._base - 1))
        return self._moment(bisect_right(self._open_before, wanted) - 1, wanted, at_closing=False)

    def _moment(self, index: int, wanted: int, *, at_closing: bool) -> int:
        left = wanted - self._open_before[index]
        return midnight(self._base + index) + _second(self._days[index].segments, left, at_closing=at_closing)


def _second(segments: Segments, left: int, *, at_closing: bool) -> int:
    """Return the second of the day by which `left` seconds of it have been open: at a closing or the next opening."""
    (opens, closes), *later = segments
    length = closes - opens
    if not later or left < length or (at_closing and left == length):
        return opens + left
    return _second(tuple(later), left - length, at_closing=at_closing)


def _check(day: Day, ordinal: int) -> None:
    """Raise Invalid unless the day follows the one before and, if it counts, has office time in order."""
    if day.date.toordinal() != ordinal:
        raise Invalid(reason="calendar_gap", day=_name(ordinal))
    edges = [edge for segment in day.segments for edge in segment]
    in_order = all(earlier < later for earlier, later in zip([-1, *edges], [*edges, DAY + 1], strict=True))
    if day.working and not (edges and in_order):
        raise Invalid(reason="calendar_hours", day=day.date.isoformat())


def _name(ordinal: int) -> str:
    """Return the day as ISO text; the last day that Python can name stands for all beyond it."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal())).isoformat()
