"""
Temporal values: dates of any year, times to the nanosecond, with an offset, a named zone, or neither.

Python's own dates end at the years 1 and 9999; FEEL's do not.
"""

import re
import zoneinfo
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from engine.feel.civil import day_number, day_of_number, month_length
from engine.feel.errors import Undefined

SECOND = 1_000_000_000  # nanoseconds
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_MONTHS = 12
_LAST_YEAR = 999_999_999
_LAST_OFFSET = 18 * 3600  # seconds
_PYTHON_YEARS = (2, 9997)  # where an offset from UTC stays within the years that zoneinfo knows
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+){0,3}")


@dataclass(frozen=True, slots=True)
class Date:
    """A day."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        """Refuse what is not a day."""
        right = 1 <= self.month <= _MONTHS and abs(self.year) <= _LAST_YEAR
        if not right or not 1 <= self.day <= month_length(self.year, self.month):
            raise Undefined("invalid_date", found=f"{self.year}-{self.month}-{self.day}")

    @property
    def number(self) -> int:
        """The day number; 1970-01-01 is 0."""
        return day_number(self.year, self.month, self.day)

    def __str__(self) -> str:
        """Return the ISO 8601 text."""
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


def date_of_number(number: int) -> Date:
    """Return the date of a day number."""
    return Date(*day_of_number(number))


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day. `zone`: an offset in seconds, the name of a zone, or None for a local time."""

    hour: int
    minute: int
    second: int
    nanosecond: int = 0
    zone: int | str | None = None

    def __post_init__(self) -> None:
        """Refuse what is not a time."""
        if not 0 <= self.clock_nanoseconds() < DAY or not (self.hour >= 0 <= self.minute < 60 > self.second >= 0):  # noqa: PLR2004  # sixty
            raise Undefined("invalid_time", found=f"{self.hour}:{self.minute}:{self.second}")
        if isinstance(self.zone, str):
            zone_named(self.zone)
        elif self.zone is not None and abs(self.zone) > _LAST_OFFSET:
            raise Undefined("invalid_offset")

    def clock_nanoseconds(self) -> int:
        """Return the nanoseconds since midnight on its own clock."""
        return self.hour * HOUR + self.minute * MINUTE + self.second * SECOND + self.nanosecond

    def offset(self, day: Date | None = None) -> int | None:
        """Return the offset from UTC in seconds, None for a local time; a named zone's offset depends on the day."""
        if not isinstance(self.zone, str):
            return self.zone
        day = day or Date(1970, 1, 1)
        first, last = _PYTHON_YEARS
        year = min(max(day.year, first), last)
        moment = datetime(year, day.month, min(day.day, month_length(year, day.month)), self.hour, self.minute, self.second, tzinfo=zone_named(self.zone))  # fmt: skip  # noqa: E501
        offset = moment.utcoffset()
        return 0 if offset is None else int(offset.total_seconds())

    def instant(self) -> int:
        """Return the nanoseconds since midnight in UTC (on its own clock when local)."""
        return self.clock_nanoseconds() - (self.offset() or 0) * SECOND

    def __str__(self) -> str:
        """Return the text as FEEL writes it."""
        fraction = "." + f"{self.nanosecond:09d}".rstrip("0") if self.nanosecond else ""
        return f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}{fraction}{_zone_text(self.zone)}"


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time."""

    date: Date
    time: Time

    def local(self) -> int:
        """Return the nanoseconds since 1970-01-01T00:00:00 on its own clock."""
        return self.date.number * DAY + self.time.clock_nanoseconds()

    def instant(self) -> int:
        """Return the nanoseconds since 1970-01-01T00:00:00Z (on its own clock when local)."""
        return self.local() - (self.time.offset(self.date) or 0) * SECOND

    def __str__(self) -> str:
        """Return the text as FEEL writes it."""
        return f"{self.date}T{self.time}"


@dataclass(frozen=True, slots=True)
class MonthsDuration:
    """A duration of years and months, in months."""

    months: int

    def __str__(self) -> str:
        """Return the ISO 8601 text."""
        years, months = divmod(abs(self.months), _MONTHS)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{'-' if self.months < 0 else ''}P{parts or '0M'}"


@dataclass(frozen=True, slots=True)
class TimeDuration:
    """A duration of days and time, in nanoseconds."""

    nanoseconds: int

    def __str__(self) -> str:
        """Return the ISO 8601 text."""
        days, rest = divmod(abs(self.nanoseconds), DAY)
        hours, rest = divmod(rest, HOUR)
        minutes, rest = divmod(rest, MINUTE)
        seconds, fraction = divmod(rest, SECOND)
        dot = "." + f"{fraction:09d}".rstrip("0") if fraction else ""
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        clock += f"{seconds}{dot}S" if seconds or fraction else ""
        parts = (f"{days}D" if days else "") + ("T" + clock if clock else "")
        return f"{'-' if self.nanoseconds < 0 else ''}P{parts or 'T0S'}"


MIDNIGHT = Time(0, 0, 0)
MIDNIGHT_UTC = Time(0, 0, 0, 0, 0)


def time_of_nanoseconds(nanoseconds: int, zone: int | str | None) -> Time:
    """Return the time so many nanoseconds after midnight; beyond a day it begins anew."""
    hour, rest = divmod(nanoseconds % DAY, HOUR)
    minute, rest = divmod(rest, MINUTE)
    return Time(hour, minute, *divmod(rest, SECOND), zone)


def with_midnight(value: Date | DateTime) -> DateTime:
    """Return a date as midnight in UTC (DMN 1.5, 10.3.2.3.5), a date and time as it is."""
    return DateTime(value, MIDNIGHT_UTC) if isinstance(value, Date) else value


def day_of(value: Date | DateTime) -> Date:
    """Return the day of a date or a date and time."""
    return value if isinstance(value, Date) else value.date


def months_later(day: Date, months: int) -> Date:
    """Return the day so many months later, the last of the month when that month is shorter."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    month += 1
    return Date(year, month, min(day.day, month_length(year, month)))


def later(value: Date | Time | DateTime, nanoseconds: int) -> Date | Time | DateTime:
    """Return the value so many nanoseconds later; a date stays a date, a time stays within its day."""
    if isinstance(value, Date):
        return date_of_number((value.number * DAY + nanoseconds) // DAY)
    if isinstance(value, Time):
        return time_of_nanoseconds(value.clock_nanoseconds() + nanoseconds, value.zone)
    days, rest = divmod(value.local() + nanoseconds, DAY)
    return DateTime(date_of_number(days), time_of_nanoseconds(rest, value.time.zone))


_NO_ZONES = frozenset({"localtime", "posixrules", "Factory"})  # what the machine makes of them is its own affair


@lru_cache(1024)
def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """Return a zone of the IANA database. Raises Undefined."""
    try:
        if _ZONE.fullmatch(name) and name not in _NO_ZONES:
            return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise Undefined("invalid_zone", found=f"“{name[:40]}”")


def _zone_text(zone: int | str | None) -> str:
    if zone is None:
        return ""
    if isinstance(zone, str):
        return "@" + zone
    if zone == 0:
        return "Z"
    minutes, seconds = divmod(abs(zone), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' if zone < 0 else '+'}{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
