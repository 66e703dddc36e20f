"""How a deadline was counted, day by day: what an official who is blamed is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.domain.day_table import Day
from engine.domain.deadlines import compute
from engine.domain.limit_end import day_zero, natural_end
from engine.domain.limits import DAY_UNITS, Extension, Pause, Rule
from engine.domain.local_time import SATURDAY, day_of, local_seconds
from engine.domain.working_time import WorkCalendar

Hidden = tuple[int, int, str]  # a pause: days (from, to] and its kind


@dataclass(frozen=True)
class CountedDay:
    """
    One day between the start and the end.

    `weekday` is 0 (Monday) to 6. `ordinal` is 1, 2, 3 … where the day counts towards a limit in days or working days,
    else None. `reason_code`: start | deemed (arrived after closing: the day it is deemed to have arrived) | counted |
    makeup (counted, a worked Saturday or Sunday) | weekend | holiday | paused | cut (its closing time was taken away)
    | moved (the end, on a day that is not itself counted). `name` is the holiday's, or the pause's kind; `source` the
    document.
    """

    day: date
    weekday: int
    ordinal: int | None
    reason_code: str
    name: str
    source: str


def explain(
    calendar: WorkCalendar,
    rule: Rule,
    start: datetime,
    pauses: Sequence[Pause] = (),
    extension: Extension | None = None,
) -> tuple[CountedDay, ...]:
    """
    Return a row for each day from the start to the end, both included.

    () while the clock stands still, and for limits in hours or minutes. Raises CalendarEnds.
    """
    deadline = compute(calendar, rule, start, pauses, extension)
    if deadline.due_date is None or rule.unit not in DAY_UNITS:
        return ()
    if extension is not None and deadline.extension_valid:
        rule = replace(rule, limit=rule.limit + extension.limit)
    begun, last = local_seconds(start), deadline.due_date.toordinal()
    rows = list(_arrival(calendar, begun, day_zero(calendar.table, begun, rule.start_policy)))
    rows += _count(calendar, rule, rows[-1].day.toordinal(), last, _hidden(pauses))
    if len(rows) > 1 and rows[-1].reason_code not in ("counted", "makeup"):
        rows[-1] = replace(rows[-1], reason_code="moved")
    return tuple(rows)


def _arrival(calendar: WorkCalendar, begun: int, zero: int) -> Iterator[CountedDay]:
    """Yield the days up to the one that does not count."""
    first, *others = calendar.table.part(day_of(begun), zero)
    yield _row(first, "start")
    for day in others:
        yield _row(day, "deemed" if day.working else _day_off(day))


def _count(calendar: WorkCalendar, rule: Rule, zero: int, last: int, hidden: Sequence[Hidden]) -> Iterator[CountedDay]:
    """Yield the days after day zero, to the end."""
    left = rule.limit if rule.unit == "workday" else natural_end(rule, zero, ()) - zero
    place = 0
    for ordinal, day in enumerate(calendar.table.part(zero, last)[1:], zero + 1):
        kind = next((kind for begins, ends, kind in hidden if begins < ordinal <= ends), None)
        if kind is not None:
            yield replace(_row(day, "paused"), name=kind)
        elif place < left and (day.working or rule.unit != "workday"):
            place += 1
            worked_weekend = day.working and day.date.weekday() >= SATURDAY
            yield _row(day, "makeup" if worked_weekend else "counted", None if rule.unit == "month" else place)
        else:
            yield _row(day, "cut" if day.working else _day_off(day))


def _hidden(pauses: Sequence[Pause]) -> list[Hidden]:
    return [
        (day_of(local_seconds(pause.start)), day_of(local_seconds(pause.end)), pause.kind)
        for pause in pauses
        if pause.end is not None
    ]


def _day_off(day: Day) -> str:
    return "holiday" if day.name else "weekend"


def _row(day: Day, reason: str, ordinal: int | None = None) -> CountedDay:
    return CountedDay(day.date, day.date.weekday(), ordinal, reason, day.name, day.source)
