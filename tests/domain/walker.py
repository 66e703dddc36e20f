"""
The oracle: deadlines found by walking day by day, office time minute by minute.

It shares nothing with the engine but the question whether a day is worked and its office hours: no sums, no jumps, no
merging of pauses, no ordinals.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.domain.limits import Pause, Rule
from engine.domain.working_time import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)


def walk(calendar: WorkCalendar, rule: Rule, start: datetime, pauses: Sequence[Pause] = ()) -> tuple[datetime, date]:
    """Return (due instant in UTC, due date)."""
    if rule.unit in ("hour", "officeminute"):
        return _walk_minutes(calendar, rule, start, pauses)
    day = _last_day(calendar, rule, _day_zero(calendar, rule, start), pauses)
    while not _can_end(calendar, rule, day, pauses) or _end_of(calendar, rule, day)[0] <= start:
        day += ONE_DAY
    return _end_of(calendar, rule, day)


def open_at(calendar: WorkCalendar, moment: datetime) -> bool:
    """Return whether the office is open in the minute that begins then."""
    local = moment.astimezone(SHANGHAI)
    day = calendar.day(local.date())
    second = (local.hour * 60 + local.minute) * 60
    return day.working and any(opens <= second < closes for opens, closes in day.segments)


def _walk_minutes(
    calendar: WorkCalendar, rule: Rule, start: datetime, pauses: Sequence[Pause]
) -> tuple[datetime, date]:
    left = rule.limit * (60 if rule.unit == "hour" else 1)
    moment = start
    while left:
        stopped = any(pause.start <= moment < pause.end for pause in pauses)
        left -= not stopped and (rule.unit == "hour" or open_at(calendar, moment))
        moment += ONE_MINUTE
    return moment.astimezone(UTC), moment.astimezone(SHANGHAI).date()


def _day_zero(calendar: WorkCalendar, rule: Rule, start: datetime) -> date:
    local = start.astimezone(SHANGHAI)
    day = local.date()
    if rule.start_policy == "event-day":
        return day
    minutes_left = [m for m in range(local.hour * 60 + local.minute, 1440) if open_at(calendar, _minute(day, m))]
    if minutes_left:
        return day
    day += ONE_DAY
    while not calendar.is_working(day):
        day += ONE_DAY
    return day


def _minute(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), SHANGHAI)


def _last_day(calendar: WorkCalendar, rule: Rule, zero: date, pauses: Sequence[Pause]) -> date:
    if rule.limit == 0:
        day = zero
        while rule.unit == "workday" and (not calendar.is_working(day) or _is_hidden(day, pauses)):
            day += ONE_DAY
        return day
    left = rule.limit if rule.unit != "month" else _days_of_months(zero, rule.limit)
    day = zero
    while left:
        day += ONE_DAY
        left -= not _is_hidden(day, pauses) and (rule.unit != "workday" or calendar.is_working(day))
    return day


def _days_of_months(zero: date, months: int) -> int:
    """Return the length of so many months from a day, found by stepping from day to day."""
    wanted = zero.year * 12 + zero.month + months
    day = zero
    while day.year * 12 + day.month < wanted or (day.day < zero.day and (day + ONE_DAY).month == day.month):
        day += ONE_DAY
    return (day - zero).days


def _is_hidden(day: date, pauses: Sequence[Pause]) -> bool:
    return any(
        pause.start.astimezone(SHANGHAI).date() < day <= pause.end.astimezone(SHANGHAI).date() for pause in pauses
    )


def _can_end(calendar: WorkCalendar, rule: Rule, day: date, pauses: Sequence[Pause]) -> bool:
    due = _end_of(calendar, rule, day)[0]
    return calendar.is_working(day) and not any(pause.start < due <= pause.end for pause in pauses)


def _end_of(calendar: WorkCalendar, rule: Rule, day: date) -> tuple[datetime, date]:
    if rule.end == "24:00":
        return datetime.combine(day + ONE_DAY, time(), SHANGHAI).astimezone(UTC), day
    while not calendar.is_working(day) or calendar.day(day).cut:
        day += ONE_DAY
    closes = calendar.day(day).segments[-1][1] // 60
    return _minute(day, closes).astimezone(UTC), day
