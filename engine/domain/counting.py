"""How a deadline was counted, day by day: what an official who is blamed is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.domain.deadlines import Extension, Pause, Rule, compute, day_zero
from engine.domain.working_time import SATURDAY, WorkCalendar, day_of, local_seconds


@dataclass(frozen=True)
class CountedDay:
    """
    One day between the start and the end.

    `ordinal` is 1, 2, 3 … where the day counts, else None. `reason_code`: start | counted | makeup | weekend |
    holiday | paused | moved (a last day that fell on a day off). `name` is the holiday's or the pause's; `source` the
    document.
    """

    day: date
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
    """Return the days from the start to the end, both included; () while paused, and for limits in hours or minutes."""
    deadline = compute(calendar, rule, start, pauses, extension)
    if deadline.due_date is None or rule.unit not in ("workday", "day"):
        return ()
    total = rule.limit + (extension.limit if extension and deadline.extension_valid else 0)
    first = day_zero(calendar, local_seconds(start), rule.start_policy)
    days = [_row(calendar, first, None, "start")]
    counted = 0
    for ordinal, reason, name in _days(calendar, rule, first, deadline.due_date.toordinal(), pauses):
        counts = reason in ("counted", "makeup") and counted < total
        counted += counts
        shown = reason if counts or reason not in ("counted", "makeup") else "moved"
        days.append(replace(_row(calendar, ordinal, counted if counts else None, shown), name=name))
    return tuple(days)


def _days(
    calendar: WorkCalendar, rule: Rule, first: int, last: int, pauses: Sequence[Pause]
) -> Iterator[tuple[int, str, str]]:
    """Yield (day, reason, name) for each day after the first."""
    hidden = [(day_of(local_seconds(p.start)), day_of(local_seconds(p.end)), p.kind) for p in pauses if p.end]
    for ordinal in range(first + 1, last + 1):
        day = calendar.day(date.fromordinal(ordinal))
        kind = next((kind for begins, ends, kind in hidden if begins < ordinal <= ends), None)
        if kind is not None:
            yield ordinal, "paused", kind
        elif day.working or rule.unit == "day":
            yield ordinal, "makeup" if day.working and day.date.weekday() >= SATURDAY else "counted", day.name
        else:
            yield ordinal, "holiday" if day.name else "weekend", day.name


def _row(calendar: WorkCalendar, ordinal: int, place: int | None, reason: str) -> CountedDay:
    day = calendar.day(date.fromordinal(ordinal))
    return CountedDay(day.date, place, reason, day.name, day.source)
