"""
Where a limit ends, in ordinals and local seconds.

The day of the start does not count (Civil Code, art. 201); a limit in days or months whose last day is a holiday ends
on the first working day after it (art. 203); limits in working days leave holidays out (行政许可法, art. 82). The day
of an event belongs to the state before it, so a pause from day P to day R hides the days in (P, R].
"""

from collections.abc import Iterable, Sequence
from datetime import date

from engine.domain.day_table import DayTable
from engine.domain.limits import Rule
from engine.domain.local_time import day_of, midnight
from engine.domain.months import add_months

Span = tuple[int, int]  # (from, to), in local seconds or in days
NO_SPANS: Sequence[Span] = ()


def end_of(table: DayTable, rule: Rule, begun: int, spans: Sequence[Span] = NO_SPANS) -> Span:
    """
    Return (day, moment) at which a limit begun at `begun` ends; `spans` are its pauses, merged.

    24:00 is the next midnight, so the day is not always the moment's own. Raises CalendarEnds.
    """
    if rule.unit == "officeminute":
        return _after_office_time(table, begun, rule.limit * 60, spans)
    if rule.unit == "hour":
        return _after_hours(table, begun, rule.limit * 3600, spans)
    first = day_zero(table, begun, rule.start_policy)
    last = _last_day(table, rule, first, hidden_days(spans))
    if rule.limit == 0 and _day_end(table, last, rule.end)[1] <= begun:
        last = table.add(last, 1)  # begun after closing: a limit does not end before it begins
    if spans:
        last = _past_pauses(table, last, rule.end, spans)
    return _day_end(table, last, rule.end)


def day_zero(table: DayTable, begun: int, start_policy: str) -> int:
    """Return the day that does not count."""
    day = day_of(begun)
    if start_policy == "next-open" and table.has_closed(begun):
        return table.add(day, 1)
    return day


def natural_end(rule: Rule, first: int, hidden: Sequence[Span]) -> int:
    """Return the last day of a limit in days or months before it is moved off a holiday."""
    last = first + rule.limit
    if rule.unit == "month":
        last = add_months(date.fromordinal(first), rule.limit).toordinal()
    for begins, ends in hidden:
        if begins >= last or rule.limit == 0:  # no day is counted, so none can be hidden
            break
        last += max(0, ends - max(begins, first))
    return last


def hidden_days(spans: Sequence[Span]) -> list[Span]:
    """Return the days (P, R] that pauses hide, merged."""
    if len(spans) == 1:  # nearly always: nothing to merge
        begins, ends = day_of(spans[0][0]), day_of(spans[0][1])
        return [(begins, ends)] if begins < ends else []
    return merged((day_of(begins), day_of(ends)) for begins, ends in spans) if spans else []


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping and touching ones as one, empty ones left out."""
    whole: list[Span] = []
    for begins, ends in sorted(spans):
        if ends <= begins:
            continue
        if whole and begins <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], ends))
        else:
            whole.append((begins, ends))
    return whole


def _last_day(table: DayTable, rule: Rule, first: int, hidden: Sequence[Span]) -> int:
    if rule.unit != "workday":
        return table.add(natural_end(rule, first, hidden), 0)
    if rule.limit == 0:
        return _same_day(table, first, hidden)
    last = table.add(first, rule.limit)
    for begins, ends in hidden:
        if begins >= last:
            break
        if ends > first:
            last = table.add(last, table.count(max(begins, first), ends))
    return last


def _same_day(table: DayTable, first: int, hidden: Sequence[Span]) -> int:
    """Return the day of a limit of no days: that of the start, or the next that counts and is not hidden."""
    last = table.add(first, 0)
    for begins, ends in hidden:
        if begins < last <= ends:
            last = table.add(ends, 1)
    return last


def _day_end(table: DayTable, day: int, end: str) -> Span:
    return table.closing(day) if end == "close" else (day, midnight(day + 1))


def _past_pauses(table: DayTable, day: int, end: str, spans: Sequence[Span]) -> int:
    """Return the day moved out of any pause it would end in: a clock that stands still cannot run out."""
    for begins, ends in spans:
        if begins < _day_end(table, day, end)[1] <= ends:
            day = table.add(max(day_of(ends), day), 0)
            if _day_end(table, day, end)[1] <= ends:
                day = table.add(day, 1)
    return day


def _after_office_time(table: DayTable, begun: int, seconds: int, spans: Sequence[Span]) -> Span:
    end = table.add_open(begun, seconds)
    for begins, ends in spans:
        if begins >= end:
            break
        if ends > begun:
            end = table.add_open(end, table.open_until(ends) - table.open_until(max(begins, begun)))
    return day_of(end), end


def _after_hours(table: DayTable, begun: int, seconds: int, spans: Sequence[Span]) -> Span:
    end = begun + seconds
    for begins, ends in spans:
        if begins >= end:
            break
        end += max(0, ends - max(begins, begun))
    table.index(day_of(end))  # hours need no calendar, but what lies beyond the table is not for us to say
    return day_of(end), end
