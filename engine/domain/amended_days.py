"""A table of days in which a few days off are worked: two lists merged while counting, nothing built anew."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from engine.domain.day_table import Day, DayTable


class AmendedDays(DayTable):
    """
    A table with some of its days off as working days. It counts days and knows their edges; it sums no office time.

    What it says equals what a table built of the same days would say.
    """

    __slots__ = ("_instead", "_ordinals", "_under")

    def __init__(self, under: DayTable, worked: Mapping[int, Day]) -> None:
        """Lay the worked days, by ordinal, over the table; each must be a day off in it."""
        self._under = under
        self._instead = worked
        self._ordinals = sorted(worked)

    def index(self, ordinal: int) -> int:
        """Return the place of a day in the table; raises CalendarEnds."""
        return self._under.index(ordinal)

    def day(self, ordinal: int) -> Day:
        """Return what is known of a day."""
        return self._instead.get(ordinal) or self._under.day(ordinal)

    def add(self, ordinal: int, days: int) -> int:
        """Return the n-th (n ≥ 0) working day after `ordinal`; 0: the day itself or the next."""
        if days == 0:
            found = self._under.add(ordinal, 0)
            place = bisect_left(self._ordinals, ordinal)
            return min((found, *self._ordinals[place : place + 1]))
        found = self._under.add(ordinal, days)
        for worked in self._ordinals[bisect_right(self._ordinals, ordinal) :]:
            if worked > found:
                break
            days -= 1  # the worked day is one of them, so one fewer of the others is needed
            found = max(worked, self._under.add(ordinal, days)) if days else worked
        return found

    def count(self, after: int, until: int) -> int:
        """Return how many days count in (after, until]; negative when `until` lies before `after`."""
        worked = bisect_right(self._ordinals, until) - bisect_right(self._ordinals, after)
        return self._under.count(after, until) + worked
