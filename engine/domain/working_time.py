"""
Working time: which days count, and when the office is open.

Inside, days are ordinals and instants are seconds on the Shanghai wall clock, so that counting n working days is one
look into an array (prefix sums), also over 100 days. Outside, days are dates and instants are aware; what comes back
is UTC. The zone is a fixed +08:00, which equals Asia/Shanghai for every instant since September 1991.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

from engine.domain.errors import CalendarEnds

SHANGHAI = timezone(timedelta(hours=8))
OFFSET = 8 * 3600
DAY = 86_400
EPOCH = date(1970, 1, 1).toordinal()
SATURDAY = 5

Segments = tuple[tuple[int, int], ...]  # office time of a day: (opens, closes) in seconds since midnight


@dataclass(frozen=True)
class Day:
    """One day of a calendar. `cut`: an order took away its regular closing time."""

    date: date
    working: bool
    segments: Segments
    name: str = ""
    source: str = ""
    cut: bool = False


class WorkCalendar:
    """An immutable table of days without a gap. Any day outside it raises CalendarEnds."""

    def __init__(
        self,
        days: Iterable[Day],
        known_until: date,
        version: str,
        make_ups: Iterable[tuple[tuple[date, ...], int]] = (),
    ) -> None:
        """
        Build the sums.

        After `known_until` days are provisional: their year has not been announced. `make_ups` says, a break, on which
        days off make-up days can still be put, and how many of them.
        """
        self._days = list(days)
        self._make_ups = list(make_ups)
        self._base = self._days[0].date.toordinal()
        self.known_until = known_until
        self.version = version
        self._before = [0]  # working days before day i
        self._open_before = [0]  # office seconds before day i
        self._working: list[int] = []  # the ordinal of the k-th working day
        for index, day in enumerate(self._days):
            seconds = sum(closes - opens for opens, closes in day.segments) if day.working else 0
            self._before.append(self._before[-1] + day.working)
            self._open_before.append(self._open_before[-1] + seconds)
            if day.working:
                self._working.append(self._base + index)

    # --- days ----------------------------------------------------------------------------------

    def day(self, day: date) -> Day:
        """Return what is known of a day."""
        return self._days[self.index(day.toordinal())]

    def is_working(self, day: date) -> bool:
        """Return whether the day counts."""
        return self.day(day).working

    def add_working_days(self, day: date, days: int) -> date:
        """Return the n-th working day after `day`; 0: the day itself or the next that counts; negative: before it."""
        return date.fromordinal(self.add(day.toordinal(), days))

    def working_days_between(self, after: date, until: date) -> int:
        """Return how many days count in (after, until]; negative when `until` lies before `after`."""
        return self._before[self.index(until.toordinal()) + 1] - self._before[self.index(after.toordinal()) + 1]

    def index(self, ordinal: int) -> int:
        """Return the place of a day in the table; raises CalendarEnds."""
        index = ordinal - self._base
        if not 0 <= index < len(self._days):
            raise CalendarEnds(day=date.fromordinal(ordinal).isoformat())
        return index

    def add(self, ordinal: int, days: int) -> int:
        """As `add_working_days`, on ordinals."""
        index = self.index(ordinal)
        place = self._before[index + 1] + days - 1 if days > 0 else self._before[index] + days
        if not 0 <= place < len(self._working):
            raise CalendarEnds(day=self._days[-1].date.isoformat() if days > 0 else self._days[0].date.isoformat())
        return self._working[place]

    def count(self, after: int, until: int) -> int:
        """Return how many days count in (after, until], on ordinals; 0 when `until` is not later."""
        if until <= after:
            return 0
        return self._before[self.index(until) + 1] - self._before[self.index(after) + 1]

    def with_make_ups(self, first: int, last: int) -> "WorkCalendar":
        """
        Return a copy from day `first` to `last` in which the make-up days still open fall as early as they can.

        No placement of them ends a limit that starts at `first` earlier.
        """
        worked = {
            day
            for candidates, count in self._make_ups
            for day in [day for day in candidates if first < day.toordinal() <= last][:count]
        }
        hours = next((day.segments for day in self._days if day.working), ())
        days = [
            replace(day, working=True, segments=hours) if day.date in worked else day
            for day in self._days[self.index(first) : self.index(last) + 1]
        ]
        return WorkCalendar(days, self.known_until, self.version)

    # --- office time ---------------------------------------------------------------------------

    def opening_of(self, ordinal: int) -> int:
        """Return when a working day opens, in local seconds."""
        return (ordinal - EPOCH) * DAY + self._days[self.index(ordinal)].segments[0][0]

    def closing_of(self, ordinal: int) -> tuple[int, int]:
        """
        Return (day, local seconds) at which business stops on that day.

        A day that an order cut short is passed over: its closing time was taken away, so the limit rolls on.
        """
        day = self._days[self.index(ordinal)]
        while not day.working or day.cut:
            ordinal = self.add(ordinal, 1)
            day = self._days[self.index(ordinal)]
        return ordinal, (ordinal - EPOCH) * DAY + day.segments[-1][1]

    def has_closed(self, local: int) -> bool:
        """Return whether at that moment there is no office time left on its day (or none at all)."""
        day = self._days[self.index(day_of(local))]
        return not day.working or local % DAY >= day.segments[-1][1]

    def open_seconds_until(self, local: int) -> int:
        """Return the office seconds from the table's beginning to that moment."""
        ordinal, second = divmod(local, DAY)
        index = self.index(ordinal + EPOCH)
        total = self._open_before[index]
        day = self._days[index]
        for opens, closes in day.segments if day.working else ():
            total += max(0, min(second, closes) - opens)
        return total

    def add_open_seconds(self, local: int, seconds: int) -> int:
        """Return the earliest moment by which that much office time has passed: at a closing, not the next opening."""
        if seconds <= 0:
            return local
        wanted = self.open_seconds_until(local) + seconds
        if wanted > self._open_before[-1]:
            raise CalendarEnds(day=self._days[-1].date.isoformat())
        return self._moment(bisect_left(self._open_before, wanted) - 1, wanted, at_closing=True)

    def take_open_seconds(self, local: int, seconds: int) -> int:
        """Return the moment at which that much office time is left before `local`; never inside a break."""
        wanted = self.open_seconds_until(local) - seconds
        if wanted < 0:
            raise CalendarEnds(day=self._days[0].date.isoformat())
        return self._moment(bisect_right(self._open_before, wanted) - 1, wanted, at_closing=False)

    def _moment(self, index: int, wanted: int, *, at_closing: bool) -> int:
        left = wanted - self._open_before[index]
        midnight = (self._base + index - EPOCH) * DAY
        for opens, closes in self._days[index].segments:
            length = closes - opens
            if left < length or (at_closing and left == length):
                return midnight + opens + left
            left -= length
        raise CalendarEnds(day=self._days[index].date.isoformat())

    # --- instants ------------------------------------------------------------------------------

    def shift(self, instant: datetime, working_days: int) -> datetime:
        """Return the same time of day so many working days later (or before), in UTC."""
        local = local_seconds(instant)
        moved = self.add(day_of(local), working_days)
        return instant_of((moved - EPOCH) * DAY + local % DAY)


def local_seconds(instant: datetime) -> int:
    """Return an aware instant as seconds on the Shanghai wall clock since 1970-01-01 00:00."""
    if instant.tzinfo is None:
        msg = "a naive instant reached the calendar"
        raise ValueError(msg)
    return int(instant.timestamp()) + OFFSET


def instant_of(local: int) -> datetime:
    """Return seconds on the Shanghai wall clock as an instant in UTC."""
    return datetime.fromtimestamp(local - OFFSET, UTC)


def day_of(local: int) -> int:
    """Return the ordinal of the day that a moment of the Shanghai wall clock falls on."""
    return local // DAY + EPOCH


def local_date(instant: datetime) -> date:
    """Return the date in Shanghai."""
    return date.fromordinal(day_of(local_seconds(instant)))


def midnight_of(day: date) -> datetime:
    """Return the instant, in UTC, at which a day begins in Shanghai."""
    return instant_of((day.toordinal() - EPOCH) * DAY)
