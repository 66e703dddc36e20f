"""Calendars from rows: the weekly rhythm, the exceptions, office hours, and what a place does differently."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from engine.domain.day_table import Day, Segments
from engine.domain.errors import Invalid
from engine.domain.local_time import SATURDAY
from engine.domain.working_time import OpenMakeUps, WorkCalendar
from engine.holidays.provisional import breaks_among
from engine.holidays.seed import BY_RULE, national_rows, settled_until

STANDARD_HOURS: Segments = ((8 * 3600 + 1800, 12 * 3600), (14 * 3600, 17 * 3600 + 1800))
KINDS = ("off", "work")
WEEKLY = "《国务院关于职工工作时间的规定》第七条"  # Saturday and Sunday are the week's days of rest


@dataclass(frozen=True)
class Exceptional:
    """A day that differs from Monday–Friday, or has a name. `kind` is "off" or "work"."""

    day: date
    kind: str
    name: str
    source: str


@dataclass(frozen=True)
class Reach:
    """From which day to which a calendar goes, until when it is settled, and the name of this state of it."""

    first: date
    last: date
    known_until: date
    version: str


@dataclass(frozen=True)
class Hours:
    """Office hours from a day on, until the next such day."""

    since: date
    segments: Segments


@dataclass(frozen=True)
class Closure:
    """An order that stops work on a day, from one second of it to another."""

    day: date
    begins: int
    ends: int
    name: str = "停止办公"
    source: str = "停工令"


@dataclass(frozen=True)
class Local:
    """What a place does differently: days off or worked, and days an order cut short."""

    exceptions: Sequence[Exceptional] = ()
    closures: Sequence[Closure] = ()


ALWAYS_STANDARD = (Hours(date.min, STANDARD_HOURS),)
NOTHING_LOCAL = Local()


def calendar_of_rows(
    days: Iterable[Any],
    years: Sequence[Any],
    version: str,
    *,
    hours: Sequence[Hours] = ALWAYS_STANDARD,
    local: Local = NOTHING_LOCAL,
) -> WorkCalendar:
    """
    Return the calendar over the years given, from rows as the store keeps them.

    `days` have day, kind, name, source; `years` have year, provisional, and one at least is announced. Raises Invalid.
    """
    announced = [row.year for row in years if not row.provisional]
    if not announced:
        raise Invalid(reason="no_year_announced")
    numbers = [row.year for row in years]
    reach = Reach(date(min(numbers), 1, 1), date(max(numbers), 12, 31), settled_until(max(announced)), version)
    exceptions = [Exceptional(row.day, row.kind, row.name, row.source) for row in days]
    return build_calendar(exceptions, reach, hours, local)


def national_calendar() -> WorkCalendar:
    """Return the nation's calendar, straight from the library and the rule for later years; commands ask the tables."""
    days, years = national_rows()
    rows = ([SimpleNamespace(**row) for row in each] for each in (days, years))
    return calendar_of_rows(*rows, version="CN")


def build_calendar(
    exceptions: Iterable[Exceptional],
    reach: Reach,
    hours: Sequence[Hours] = ALWAYS_STANDARD,
    local: Local = NOTHING_LOCAL,
) -> WorkCalendar:
    """
    Return the calendar: Monday–Friday, then the nation's exceptions, then the place's.

    Days after `known_until` are provisional: their breaks bring make-up days still to be announced. Raises Invalid.
    """
    listed = _listed(exceptions)
    in_force = {**listed, **_listed(local.exceptions)}
    closures = {each.day: each for each in local.closures}
    office = _Office(hours)
    dates = [reach.first + timedelta(days=n) for n in range((reach.last - reach.first).days + 1)]
    days = [_with_closure(_day(day, in_force.get(day), office), closures.get(day)) for day in dates]
    return WorkCalendar(days, reach.known_until, reach.version, _make_ups(listed, days, reach, office))


def _listed(exceptions: Iterable[Exceptional]) -> dict[date, Exceptional]:
    """Return the exceptions by day; raises Invalid for an unknown kind and for a day listed twice."""
    listed: dict[date, Exceptional] = {}
    for each in exceptions:
        if each.kind not in KINDS or each.day in listed:
            raise Invalid(reason="calendar_kind", day=each.day.isoformat())
        listed[each.day] = each
    return listed


class _Office:
    """Office hours by day."""

    def __init__(self, hours: Sequence[Hours]) -> None:
        self._uses = sorted(hours, key=lambda use: use.since)
        self._since = [use.since for use in self._uses]

    def on(self, day: date) -> Segments:
        """Return the hours in use on a day; raises Invalid when there are none yet."""
        place = bisect_right(self._since, day) - 1
        if place < 0:
            raise Invalid(reason="calendar_hours", day=day.isoformat())
        return self._uses[place].segments


def _day(day: date, exception: Exceptional | None, office: _Office) -> Day:
    working = exception.kind == "work" if exception is not None else day.weekday() < SATURDAY
    name, source = (exception.name, exception.source) if exception is not None else ("", WEEKLY)
    return Day(day, working, office.on(day) if working else (), name, source)


def _with_closure(day: Day, order: Closure | None) -> Day:
    """
    Return the day as an order to stop work leaves it.

    It goes on counting if it keeps at least half of its office time; its closing time is gone if the order reached it.
    """
    if order is None or not day.working:
        return day
    kept = _without(day.segments, (order.begins, order.ends))
    if 2 * _seconds(kept) < _seconds(day.segments):
        return Day(day.date, working=False, segments=(), name=order.name, source=order.source)
    return Day(day.date, True, kept, day.name, day.source, cut=kept[-1][1] != day.segments[-1][1])


def _without(segments: Segments, taken: tuple[int, int]) -> Segments:
    """Return office time without what an order took away."""
    begins, ends = taken
    left = [(opens, min(closes, begins)) for opens, closes in segments]
    left += [(max(opens, ends), closes) for opens, closes in segments]
    return tuple(sorted((opens, closes) for opens, closes in left if opens < closes))


def _seconds(segments: Segments) -> int:
    return sum(closes - opens for opens, closes in segments)


def _make_ups(
    listed: Mapping[date, Exceptional], days: Sequence[Day], reach: Reach, office: _Office
) -> Iterable[OpenMakeUps]:
    """Yield the make-up days that unannounced breaks will bring, with the weekend days that are free for them."""
    off = {day.date: day for day in days if not day.working}
    unsettled = [each for each in listed.values() if each.kind == "off" and each.day > reach.known_until]
    for each in breaks_among((one.day, one.name) for one in unsettled):
        free = [day for day in each.nearby if day in off and not off[day].name and day > reach.known_until]
        if each.make_ups:
            name = f"{each.name}调休上班（待定）"
            yield OpenMakeUps(tuple(Day(day, True, office.on(day), name, BY_RULE) for day in free), each.make_ups)
