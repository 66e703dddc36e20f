"""
Deadlines: a pure function of the rule, the ledger of events and the calendar.

The day of the start does not count (Civil Code, art. 201); a limit in days or months whose last day is a holiday ends
on the first working day after it (art. 203); limits in working days leave holidays out (行政许可法, art. 82). The day
of an event belongs to the state before it, so a pause from day P to day R hides the working days in (P, R].
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.domain.errors import Invalid
from engine.domain.working_time import DAY, EPOCH, WorkCalendar, day_of, instant_of, local_seconds

UNITS = ("workday", "day", "month", "officeminute", "hour")


@dataclass(frozen=True)
class Rule:
    """
    A limit.

    `unit` is one of UNITS. `end` says when the last day ends: "24:00", or "close" (when business stops). With
    `start_policy` "next-open" what arrives after closing counts as arrived on the next working day.
    """

    unit: str
    limit: int
    end: str = "24:00"
    start_policy: str = "event-day"

    def __post_init__(self) -> None:
        """Refuse a limit without a known unit; raises Invalid."""
        if self.unit not in UNITS or self.limit < 0:
            raise Invalid(reason="limit", unit=self.unit, limit=self.limit)


@dataclass(frozen=True)
class Pause:
    """A time that does not count. `end` is None while it lasts."""

    kind: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Extension:
    """More of the rule's own unit, counted on from the old end; void when approved after it."""

    limit: int
    approved_at: datetime


@dataclass(frozen=True)
class Deadline:
    """
    When a limit runs out. Instants in UTC; `due_at` at 24:00 is the next midnight, so `due_date` is kept apart.

    While a clock is paused it has no end: `due_at`, `due_date` and `flag_at` are None. `flag_at` is when a breach may
    be held against somebody: never before `due_at`, never before a full working day has passed since the last
    resumption, and None while the date is provisional. `due_min`, `due_max`: what the date can still become.
    """

    due_at: datetime | None
    due_date: date | None
    flag_at: datetime | None
    provisional: bool
    due_min: date | None
    due_max: date | None
    extension_valid: bool | None
    calendar_version: str


Span = tuple[int, int]  # (from, to), in local seconds or in days


def compute(
    calendar: WorkCalendar,
    rule: Rule,
    start: datetime,
    pauses: Sequence[Pause] = (),
    extension: Extension | None = None,
) -> Deadline:
    """Return when the limit runs out. Raises CalendarEnds, Invalid."""
    if any(pause.end is None for pause in pauses):
        return Deadline(None, None, None, False, None, None, None, calendar.version)
    spans = _merged([(local_seconds(p.start), local_seconds(p.end)) for p in pauses if p.end is not None])
    begun = local_seconds(start)
    day, end = _end(calendar, rule, begun, spans)
    valid = None
    if extension is not None:
        valid = local_seconds(extension.approved_at) <= end
        if valid:
            day, end = _end(calendar, replace(rule, limit=rule.limit + extension.limit), begun, spans)
    due_date = date.fromordinal(day)
    due_at = instant_of(end)
    provisional = due_date > calendar.known_until
    flag_at = None if provisional else instant_of(_flag_moment(calendar, end, spans))
    earliest = _earliest(calendar, rule, (begun, day), spans, extension if valid else None) if provisional else due_date
    return Deadline(due_at, due_date, flag_at, provisional, earliest, due_date, valid, calendar.version)


def warn_at(calendar: WorkCalendar, deadline: Deadline, working_days: int, start: datetime) -> datetime:
    """Return when to remind: at the opening of the k-th working day before the due date, never before the start."""
    if deadline.due_date is None:
        raise Invalid(reason="paused")
    opening = calendar.opening_of(calendar.add(deadline.due_date.toordinal(), -working_days))
    return instant_of(max(opening, local_seconds(start)))


def warn_before(calendar: WorkCalendar, deadline: Deadline, office_minutes: int, start: datetime) -> datetime:
    """Return when so many office minutes are left, never before the start: for limits of a day and less."""
    if deadline.due_at is None:
        raise Invalid(reason="paused")
    moment = calendar.take_open_seconds(local_seconds(deadline.due_at), office_minutes * 60)
    return instant_of(max(moment, local_seconds(start)))


def left_on(calendar: WorkCalendar, now: datetime, due_date: date) -> int:
    """Return the working days left after today until the due date; negative: how many it is over."""
    today = date.fromordinal(day_of(local_seconds(now)))
    return calendar.working_days_between(today, due_date)


# --- the end of a limit ----------------------------------------------------------------------------


def _end(calendar: WorkCalendar, rule: Rule, begun: int, spans: list[Span]) -> Span:
    """Return (day, local second) at which the limit ends."""
    if rule.unit == "officeminute":
        return _after_office_time(calendar, begun, rule.limit * 60, spans)
    if rule.unit == "hour":
        return _after_hours(begun, rule.limit * 3600, spans)
    first = day_zero(calendar, begun, rule.start_policy)
    days = _merged([(day_of(a), day_of(b)) for a, b in spans])
    if rule.unit == "workday":
        last = _after_working_days(calendar, first, rule.limit, days)
    elif rule.unit == "day":
        last = _after_days(calendar, first, rule.limit, days)
    else:
        last = _after_months(calendar, first, rule.limit)
    if spans and rule.unit != "month":
        last = _past_pauses(calendar, last, rule.end, spans)
    return _day_end(calendar, last, rule.end)


def _earliest(
    calendar: WorkCalendar, rule: Rule, reach: tuple[int, int], spans: list[Span], extension: Extension | None
) -> date:
    """Return the earliest date the limit can still end on; `reach` is (local second of the start, last day)."""
    begun, last = reach
    limit = rule.limit + (extension.limit if extension else 0)
    sooner = calendar.with_make_ups(day_of(begun), last)
    return date.fromordinal(_end(sooner, replace(rule, limit=limit), begun, spans)[0])


def day_zero(calendar: WorkCalendar, begun: int, start_policy: str) -> int:
    """Return the day that does not count, as an ordinal."""
    day = day_of(begun)
    if start_policy == "next-open" and calendar.has_closed(begun):
        return calendar.add(day, 1)
    return day


def _day_end(calendar: WorkCalendar, day: int, end: str) -> Span:
    return calendar.closing_of(day) if end == "close" else (day, (day - EPOCH + 1) * DAY)


def _after_working_days(calendar: WorkCalendar, first: int, limit: int, pauses: list[Span]) -> int:
    last = calendar.add(first, limit)
    for begins, ends in pauses:
        if begins >= last:
            break
        if limit == 0:
            last = calendar.add(ends, 1) if last <= ends else last
            continue
        hidden = calendar.count(max(begins, first), ends) if ends > first else 0
        last = calendar.add(first, calendar.count(first, last) + hidden)
    return last


def _after_days(calendar: WorkCalendar, first: int, limit: int, pauses: list[Span]) -> int:
    last = first + limit
    for begins, ends in pauses:
        if begins >= last:
            break
        if ends > first:
            last += ends - max(begins, first)
    return calendar.add(last, 0)


def _after_months(calendar: WorkCalendar, first: int, limit: int) -> int:
    """Return the same day so many months on, or the month's last day (Civil Code, art. 202), moved off holidays."""
    begun = date.fromordinal(first)
    years, month = divmod(begun.month - 1 + limit, 12)
    year, month = begun.year + years, month + 1
    last_of_month = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
    return calendar.add(min(date(year, month, 1).toordinal() + begun.day - 1, last_of_month), 0)


def _past_pauses(calendar: WorkCalendar, day: int, end: str, spans: list[Span]) -> int:
    """Return the day moved out of any pause it would end in: a clock that stands still cannot run out."""
    for begins, ends in spans:
        if begins < _day_end(calendar, day, end)[1] <= ends:
            day = calendar.add(max(day_of(ends), day), 0)
            if _day_end(calendar, day, end)[1] <= ends:
                day = calendar.add(day, 1)
    return day


def _after_office_time(calendar: WorkCalendar, begun: int, seconds: int, spans: list[Span]) -> Span:
    end = calendar.add_open_seconds(begun, seconds)
    for begins, ends in spans:
        if begins >= end:
            break
        if ends > begun:
            lost = calendar.open_seconds_until(ends) - calendar.open_seconds_until(max(begins, begun))
            end = calendar.add_open_seconds(end, lost)
    return day_of(end), end


def _after_hours(begun: int, seconds: int, spans: list[Span]) -> Span:
    end = begun + seconds
    for begins, ends in spans:
        if begins >= end:
            break
        if ends > begun:
            end += ends - max(begins, begun)
    return day_of(end), end


def _flag_moment(calendar: WorkCalendar, end: int, spans: list[Span]) -> int:
    """Return when a breach may be held against somebody: a full working day after the last resumption at least."""
    if not spans:
        return end
    full_day = calendar.add(day_of(spans[-1][1]), 1)
    return max(end, (full_day - EPOCH + 1) * DAY)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones as one, empty ones left out."""
    merged: list[Span] = []
    for begins, ends in sorted(spans):
        if ends <= begins:
            continue
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return merged
