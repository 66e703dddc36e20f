"""ISO 8601 text → temporal values, as date(), time(), date and time(), duration() and @"…" read it."""

import re

from engine.feel.errors import Undefined
from engine.feel.lexer import shown
from engine.feel.temporal import (
    DAY,
    HOUR,
    MIDNIGHT,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    MonthsDuration,
    Time,
    TimeDuration,
    date_of_number,
)

_DATE = re.compile(r"(-?)([0-9]{4}|[1-9][0-9]{4,8})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9})[0-9]*)?"
    r"(Z|z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+\-/]+)?"
)
_MONTHS = re.compile(r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?")
_DURATION = re.compile(r"(-?)P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]*))?S)?)?")
_LONGEST = 64  # characters of a duration
_SIXTY = 60
_OFFSET_HOURS = 18

Temporal = Date | Time | DateTime | MonthsDuration | TimeDuration


def date_of_text(text: str) -> Date:
    """Return the date of `2026-03-31`. Raises Undefined."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise Undefined("invalid_date", found=shown(text))
    return Date(int(found[1] + found[2]), int(found[3]), int(found[4]))


def time_of_text(text: str) -> Time:
    """Return the time of `09:30:00`, with `Z`, `+08:00` or `@Asia/Shanghai` behind it or not. Raises Undefined."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise Undefined("invalid_time", found=shown(text))
    fraction = int((found[4] or "").ljust(9, "0"))
    return Time(int(found[1]), int(found[2]), int(found[3]), fraction, _zone_of_text(found[5]))


def date_time_of_text(text: str) -> DateTime:
    """Return the date and time of `2026-03-31T09:30:00`; a date alone is its midnight. Raises Undefined."""
    date_text, separator, time_text = text.partition("T")
    try:
        day = date_of_text(date_text)
        if not separator:
            return DateTime(day, MIDNIGHT)
        if time_text.startswith("24:00:00"):
            return DateTime(date_of_number(day.number + 1), time_of_text("00" + time_text[2:]))
        return DateTime(day, time_of_text(time_text))
    except Undefined as error:
        if error.warning.code in {"invalid_date", "invalid_time"}:
            raise Undefined("invalid_date_time", found=shown(text)) from error
        raise


def duration_of_text(text: str) -> MonthsDuration | TimeDuration:
    """Return the duration of `P1Y6M` or `P1DT2H`. Raises Undefined."""
    short = len(text) <= _LONGEST and text[-1:] not in {"P", "T"}
    if short and (found := _MONTHS.fullmatch(text)):
        return MonthsDuration(_signed(found[1], int(found[2] or 0) * 12 + int(found[3] or 0)))
    if short and (found := _DURATION.fullmatch(text)):
        whole = int(found[2] or 0) * DAY + int(found[3] or 0) * HOUR
        whole += int(found[4] or 0) * MINUTE + int(found[5] or 0) * SECOND
        return TimeDuration(_signed(found[1], whole + int((found[6] or "")[:9].ljust(9, "0"))))
    raise Undefined("invalid_duration", found=shown(text))


def temporal_of_text(text: str) -> Temporal:
    """Return what `@"…"` means. Raises Undefined."""
    for read in (duration_of_text, date_of_text, time_of_text, date_time_of_text):
        try:
            return read(text)
        except Undefined:
            continue
    raise Undefined("invalid_temporal", found=shown(text))


def _signed(sign: str, amount: int) -> int:
    return -amount if sign else amount


def _zone_of_text(text: str | None) -> int | str | None:
    if text is None:
        return None
    if text in {"Z", "z"}:
        return 0
    if text[0] == "@":
        return text[1:]
    parts = [int(part) for part in text[1:].split(":")]
    hours, minutes, seconds = (*parts, 0)[:3]
    if hours > _OFFSET_HOURS or minutes >= _SIXTY or seconds >= _SIXTY:
        raise Undefined("invalid_offset")
    return _signed("-" if text[0] == "-" else "", hours * 3600 + minutes * 60 + seconds)
