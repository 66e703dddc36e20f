"""
How early a provisional deadline can still become.

A year that is not announced has its breaks by rule and no make-up days, so a limit that reaches into it is only ever
too late. Where the make-up days will fall is known within two weeks of each break: this tries them.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement

from engine.domain.day_table import Day, DayTable
from engine.domain.limit_end import Span, end_of, hidden_days
from engine.domain.limits import Rule
from engine.domain.local_time import day_of
from engine.domain.working_time import WorkCalendar

DatedDay = tuple[int, Day]  # a day and its ordinal


def earliest_day(calendar: WorkCalendar, rule: Rule, begun: int, spans: Sequence[Span], last: int) -> int:
    """
    Return the earliest day on which the limit can end, wherever the make-up days of open breaks are put.

    `last` is its end without them, which is also the latest: another working day never ends a limit later. Pauses are
    taken as merged spans of local seconds.
    """
    first = day_of(begun)
    placements = _placements(calendar, rule, (first, last), spans) if rule.unit != "hour" else set[frozenset[Day]]()
    ends = [end_of(_with_worked(calendar.table, first, last, days), rule, begun, spans)[0] for days in placements]
    return min(ends, default=last)


def _placements(calendar: WorkCalendar, rule: Rule, window: Span, spans: Sequence[Span]) -> set[frozenset[Day]]:
    """
    Return the ways to put the make-up days that can matter.

    Days put as early as they can are best, once they count at all. From which day on that is depends on the rule (a
    limit in months feels only its last days), so each is tried as the first. There are two such beginnings where an
    arrival may already fall on a worked weekend, and where a pause does: a day that it hides gains nothing, but the
    day on which it ends may be the one on which the limit does.
    """
    hidden = hidden_days(spans)
    breaks = [
        (
            [(day.date.toordinal(), day) for day in each.days if window[0] <= day.date.toordinal() < window[1]],
            each.count,
        )
        for each in calendar.make_ups
    ]
    begins = sorted({ordinal for days, _ in breaks for ordinal, _ in days})
    two = hidden or rule.start_policy == "next-open"
    pairs = combinations_with_replacement(begins, 2) if two else ((begin, begin) for begin in begins)
    return {
        frozenset(day for days, count in breaks for day in _worked(_visible(days, pair, hidden), count, pair[1]))
        for pair in pairs
    }


def _visible(days: Iterable[DatedDay], pair: Span, hidden: Sequence[Span]) -> list[DatedDay]:
    """Return the days from the first beginning on that no pause hides, and the two beginnings themselves."""
    return [
        (ordinal, day)
        for ordinal, day in days
        if ordinal in pair or (ordinal > pair[0] and not any(begins < ordinal <= ends for begins, ends in hidden))
    ]


def _worked(days: Sequence[DatedDay], count: int, second: int) -> list[Day]:
    """Return the first `count` of the days, but one of them from the second beginning on, if there is one."""
    early = [day for ordinal, day in days if ordinal < second]
    late = [day for ordinal, day in days if ordinal >= second]
    before = early[: count - bool(late)]
    return before + late[: count - len(before)]


def _with_worked(table: DayTable, first: int, last: int, worked: frozenset[Day]) -> DayTable:
    """Return the table from `first` to `last` in which the days of `worked` stand as given."""
    instead = {day.date: day for day in worked}
    return DayTable(instead.get(day.date, day) for day in table.part(first, last))
