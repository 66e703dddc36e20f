"""Functions that make values of one kind from others: number, string, date, time, date and time, duration."""

import re
from decimal import Decimal

from engine.feel.decimals import CONTEXT, whole
from engine.feel.equality import Walk
from engine.feel.errors import Undefined
from engine.feel.lexer import shown
from engine.feel.rendering import text_of
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.temporal import (
    MIDNIGHT_UTC,
    SECOND,
    Date,
    DateTime,
    MonthsDuration,
    Time,
    TimeDuration,
    day_of,
    with_midnight,
)
from engine.feel.temporal_text import date_of_text, date_time_of_text, duration_of_text, time_of_text
from engine.feel.values import Value

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
_LONGEST_NUMBER = 400
_SEPARATORS = {None, " ", ",", "."}


@builtin("number", "from: string, grouping separator?: string?, decimal separator?: string?")
def _number(run: Run, text: str, grouping: str | None, point: str | None) -> Value:
    if grouping not in _SEPARATORS or point not in {None, ".", ","} or (grouping is not None and grouping == point):
        raise Undefined("bad_argument", function="number", reason="these separators cannot be used")
    if grouping:
        text = text.replace(grouping, "")
    if point:
        text = text.replace(point, ".")
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise Undefined("invalid_number", found=shown(text))
    return CONTEXT.create_decimal(text)


@builtin("number", "from: number")
def _number_of_number(run: Run, number: Decimal) -> Value:
    return number


@builtin("string", "from: any")
def _string(run: Run, value: Value) -> Value:
    return None if value is None else text_of(value, Walk(run.spend))


@builtin("date", "from: string")
def _date(run: Run, text: str) -> Value:
    return date_of_text(text)


@builtin("date", "from: date or date and time")
def _date_of_temporal(run: Run, value: Date | DateTime) -> Value:
    return day_of(value)


@builtin("date", "year: number, month: number, day: number")
def _date_of_parts(run: Run, year: Decimal, month: Decimal, day: Decimal) -> Value:
    return Date(whole(year, "date"), whole(month, "date"), whole(day, "date"))


@builtin("time", "from: string")
def _time(run: Run, text: str) -> Value:
    return time_of_text(text)


@builtin("time", "from: time")
def _time_of_time(run: Run, value: Time) -> Value:
    return value


@builtin("time", "from: date or date and time")
def _time_of_temporal(run: Run, value: Date | DateTime) -> Value:
    return MIDNIGHT_UTC if type(value) is Date else with_midnight(value).time


@builtin("time", "hour: number, minute: number, second: number, offset?: days and time duration?")
def _time_of_parts(run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: TimeDuration | None) -> Value:
    return _clock((hour, minute, second), None if offset is None else offset.nanoseconds // SECOND)


@builtin("date and time", "from: string")
def _date_time(run: Run, text: str) -> Value:
    return date_time_of_text(text)


@builtin("date and time", "from: date or date and time")
def _date_time_of_temporal(run: Run, value: Date | DateTime) -> Value:
    return with_midnight(value)


@builtin("date and time", "date: date or date and time, time: time")
def _date_time_of_both(run: Run, day: Date | DateTime, time: Time) -> Value:
    return DateTime(day_of(day), time)


@builtin(
    "date and time",
    "year: number, month: number, day: number, hour: number, minute: number, second: number,"
    " offset?: days and time duration?",
)
def _date_time_of_parts(run: Run, *parts: Value) -> Value:
    *numbers, offset = parts
    return _date_time_of_numbers(numbers, None if offset is None else offset.nanoseconds // SECOND)


@builtin(
    "date and time",
    "year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: string",
)
def _date_time_in_zone(run: Run, *parts: Value) -> Value:
    *numbers, zone = parts
    return _date_time_of_numbers(numbers, zone)


def _date_time_of_numbers(numbers: list[Decimal], zone: int | str | None) -> DateTime:
    year, month, day, hour, minute, second = numbers
    date = Date(whole(year, "date and time"), whole(month, "date and time"), whole(day, "date and time"))
    return DateTime(date, _clock((hour, minute, second), zone))


def _clock(parts: tuple[Decimal, Decimal, Decimal], zone: int | str | None) -> Time:
    hour, minute, second = parts
    seconds = whole(second.to_integral_value("ROUND_FLOOR"), "time")
    nanoseconds = int((second - seconds) * SECOND)
    return Time(whole(hour, "time"), whole(minute, "time"), seconds, nanoseconds, zone)


@builtin("duration", "from: string")
def _duration(run: Run, text: str) -> Value:
    return duration_of_text(text)


@builtin("duration", "from: duration")
def _duration_of_duration(run: Run, value: Value) -> Value:
    return value


@builtin("years and months duration", "from: date or date and time, to: date or date and time")
def _months_between(run: Run, start: Date | DateTime, end: Date | DateTime) -> Value:
    first, last = day_of(start), day_of(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return MonthsDuration(months)
