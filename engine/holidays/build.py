"""Calendars from rows: the weekly rhythm, the exceptions, office hours, and what a place does differently."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from engine.domain.working_time import SATURDAY, Day, Segments, WorkCalendar
from engine.holidays.provisional import make_ups_of

STANDARD_HOURS: Segments = ((8 * 3600 + 1800, 12 * 3600), (14 * 3600, 17 * 3600 + 1800))
DECEMBER_SETTLED = 28  # the day of December until which an announced year is final


@dataclass(frozen=True)
class Hours:
    """Office hours from a day on."""

    since: date
    segments: Segments


@dataclass(frozen=True)
class Local:
    """What a place does differently: days off, days worked, and days an order cut short ({day: (from, to) seconds})."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    cut: Mapping[date, tuple[int, int]] = field(default_factory=dict[date, tuple[int, int]])


def calendar_of_rows(
    days: Iterable[Any],
    years: Sequence[Any],
    version: str,
    *,
    hours: Sequence[Hours] = (Hours(date.min, STANDARD_HOURS),),
    local: Local | None = None,
) -> WorkCalendar:
    """
    Return the calendar over the years given.

    `days` have day, kind ("off" | "work"), name, source; `years` have year, provisional. After the last announced
    year's 28 December days are provisional, and the breaks among them bring make-up days still to be announced.
    """
    exceptions = {row.day: row for row in days}
    announced = [row.year for row in years if not row.provisional]
    known_until = date(max(announced), 12, DECEMBER_SETTLED)
    place = local or Local()
    table: list[Day] = []
    day = date(min(row.year for row in years), 1, 1)
    last = date(max(row.year for row in years), 12, 31)
    while day <= last:
        table.append(_day(day, exceptions.get(day), hours, place))
        day += timedelta(days=1)
    open_breaks = [row for row in exceptions.values() if row.day > known_until and row.kind == "off"]
    return WorkCalendar(table, known_until, version, _make_ups(open_breaks))


def _day(day: date, exception: Any, hours: Sequence[Hours], place: Local) -> Day:
    working = exception.kind == "work" if exception is not None else day.weekday() < SATURDAY
    name, source = (exception.name, exception.source) if exception is not None else ("", "")
    if day in place.off:
        working, name, source = False, "地方规定放假", "地方规定"
    elif day in place.work:
        working, name, source = True, "地方规定上班", "地方规定"
    segments = max((use for use in hours if use.since <= day), key=lambda use: use.since).segments
    if day in place.cut:
        segments = _without(segments, place.cut[day])
    return Day(day, working, segments if working else (), name, source, cut=day in place.cut)


def _without(segments: Segments, taken: tuple[int, int]) -> Segments:
    """Return office time without what an order took away."""
    begins, ends = taken
    left = [(opens, min(closes, begins)) for opens, closes in segments]
    left += [(max(opens, ends), closes) for opens, closes in segments]
    return tuple(sorted((opens, closes) for opens, closes in left if opens < closes))


def _make_ups(rows: Iterable[Any]) -> list[tuple[tuple[date, ...], int]]:
    found: list[tuple[tuple[date, ...], int]] = []
    ordered = sorted(rows, key=lambda row: (row.day.year, row.name, row.day))
    for (_year, name), days in groupby(ordered, key=lambda row: (row.day.year, row.name)):
        open_days = make_ups_of(name, (row.day for row in days))
        if open_days.count:
            found.append((open_days.candidates, open_days.count))
    return found
