"""
How early a provisional deadline can still become.

A year that is not announced has its breaks by rule and no make-up days, so a limit that reaches into it is only ever
too late. Where the make-up days will fall is known within two weeks of each break: this tries those that can matter.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations_with_replacement

from engine.domain.amended_days import AmendedDays
from engine.domain.day_table import Day, DayTable
from engine.domain.limit_end import Span, end_of, hidden_days, natural_end
from engine.domain.limits import DAY_UNITS, Rule
from engine.domain.local_time import day_of
from engine.domain.working_time import WorkCalendar

DatedDay = tuple[int, Day]  # a day and its ordinal
Break = tuple[list[DatedDay], int]  # the days on which a break's make-up days can fall, and how many it has


def earliest_day(calendar: WorkCalendar, rule: Rule, begun: int, spans: Sequence[Span], last: int) -> int:
    """
    Return the earliest day on which the limit can end, wherever the make-up days of open breaks are put.

    `last` is its end without them, which is also the latest: another working day never ends a limit later. Pauses are
    taken as merged spans of local seconds.
    """
    first = day_of(begun)
    breaks = calendar.make_ups_within(first, last) if rule.unit != "hour" else []
    if not breaks:
        return last
    hidden = hidden_days(spans)
    earliest = last
    pairs = _beginnings(calendar.table, (breaks, first), rule, hidden)
    placements = [_placed(breaks, pair, hidden) for pair in pairs]
    for days in {frozenset(days): days for days in placements if days}.values():
        earliest = min(earliest, end_of(_with_worked(calendar.table, rule, (first, last), days), rule, begun, spans)[0])
    return earliest


def _beginnings(
    table: DayTable, window: tuple[Sequence[Break], int], rule: Rule, hidden: Sequence[Span]
) -> Iterable[Span]:
    """
    Return from which day on make-up days are to be put as early as they can, once (begin, begin) or twice.

    Once they count, days put early are best: after the start for a limit in working days, from the natural end on for
    one in days or months. A second beginning is tried where a pause ends, as that may be the day on which the limit
    ends too. An arrival that may itself fall on a worked weekend, a limit of no days and office time have every pair.
    """
    breaks, first = window
    begins = sorted({ordinal for days, _ in breaks for ordinal, _ in days})
    if rule.unit not in DAY_UNITS or rule.start_policy == "next-open" or rule.limit == 0:
        two = hidden or rule.start_policy == "next-open"
        return combinations_with_replacement(begins, 2) if two else ((begin, begin) for begin in begins)
    since = first + 1 if rule.unit == "workday" else natural_end(rule, first, hidden)
    return _pairs(table, begins, since, hidden)


def _pairs(table: DayTable, begins: Sequence[int], since: int, hidden: Sequence[Span]) -> Iterator[Span]:
    seen = next((b for b in begins if b >= since and not any(p < b <= r for p, r in hidden)), None)
    begin = begins[-1] + 1 if seen is None else seen
    yield begin, begin
    for _, resumed in hidden:
        if resumed < begins[-1] + 1:
            until = table.add(resumed, 1)  # the working day after the pause; days behind it change nothing
            for second in (b for b in begins if resumed <= b < until):
                yield min(begin, second), second


def _placed(breaks: Sequence[Break], pair: Span, hidden: Sequence[Span]) -> dict[int, Day]:
    """Return the make-up days, by their ordinal, as they fall if they are put from the beginnings on."""
    return {
        ordinal: day for days, count in breaks for ordinal, day in _worked(_visible(days, pair, hidden), count, pair[1])
    }


def _visible(days: Iterable[DatedDay], pair: Span, hidden: Sequence[Span]) -> list[DatedDay]:
    """Return the days from the first beginning on that no pause hides, and the two beginnings themselves."""
    return [
        each
        for each in days
        if each[0] in pair or (each[0] > pair[0] and not any(begins < each[0] <= ends for begins, ends in hidden))
    ]


def _worked(days: Sequence[DatedDay], count: int, second: int) -> list[DatedDay]:
    """Return the first `count` of the days, but one of them from the second beginning on, if there is one."""
    early = [each for each in days if each[0] < second]
    late = [each for each in days if each[0] >= second]
    before = early[: count - bool(late)]
    return before + late[: count - len(before)]


def _with_worked(table: DayTable, rule: Rule, window: Span, worked: dict[int, Day]) -> DayTable:
    """Return the table, over the window at least, in which the days of `worked` stand as given."""
    if rule.unit in DAY_UNITS:
        return AmendedDays(table, worked)
    return DayTable(worked.get(day.date.toordinal(), day) for day in table.part(*window))
