"""What may stand behind the dot of a value that is no context (DMN 1.5, table 65)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel.errors import Undefined
from engine.feel.temporal import (
    DAY,
    HOUR,
    MIDNIGHT_UTC,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    MonthsDuration,
    Time,
    TimeDuration,
)
from engine.feel.values import Range, Value, kind_of

Property = Callable[[Any], Value]


def property_of(value: Value, name: str) -> Value:
    """Return a property. Raises Undefined when the kind has none of this name."""
    found = _PROPERTIES.get(type(value), {}).get(name)
    if found is None:
        raise Undefined("no_property", kind=kind_of(value), name=name)
    return found(value)


def _signed(amount: int, unit: int, wrap: int | None = None) -> Decimal:
    """Return the whole units in an amount, in the place of a larger unit of `wrap` units, with the amount's sign."""
    units = abs(amount) // unit
    units = units % wrap if wrap else units
    return Decimal(-units if amount < 0 else units)


def _day_properties(day: Callable[[Any], Date]) -> dict[str, Property]:
    return {
        "year": lambda value: Decimal(day(value).year),
        "month": lambda value: Decimal(day(value).month),
        "day": lambda value: Decimal(day(value).day),
        "weekday": lambda value: Decimal((day(value).number + 3) % 7 + 1),
    }


def _clock_properties(clock: Callable[[Any], Time], day: Callable[[Any], Date | None]) -> dict[str, Property]:
    def offset(value: Any) -> Value:
        seconds = clock(value).offset(day(value))
        return None if seconds is None else TimeDuration(seconds * SECOND)

    def zone(value: Any) -> Value:
        name = clock(value).zone
        return name if isinstance(name, str) else None

    return {
        "hour": lambda value: Decimal(clock(value).hour),
        "minute": lambda value: Decimal(clock(value).minute),
        "second": lambda value: Decimal(clock(value).second),
        "time offset": offset,
        "timezone": zone,
    }


def _date_clock() -> dict[str, Property]:
    """Return what a date says of its time: it is midnight in UTC, and has no zone to name."""
    clock = _clock_properties(lambda _: MIDNIGHT_UTC, lambda value: value)
    del clock["timezone"]
    return clock


_PROPERTIES: dict[type, dict[str, Property]] = {
    Date: _day_properties(lambda value: value) | _date_clock(),
    DateTime: _day_properties(lambda value: value.date)
    | _clock_properties(lambda value: value.time, lambda value: value.date),
    Time: _clock_properties(lambda value: value, lambda _: None),
    MonthsDuration: {
        "years": lambda value: _signed(value.months, 12),
        "months": lambda value: _signed(value.months, 1, 12),
    },
    TimeDuration: {
        "days": lambda value: _signed(value.nanoseconds, DAY),
        "hours": lambda value: _signed(value.nanoseconds, HOUR, 24),
        "minutes": lambda value: _signed(value.nanoseconds, MINUTE, 60),
        "seconds": lambda value: _signed(value.nanoseconds, SECOND, 60),
    },
    Range: {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_closed,
        "end included": lambda value: value.high_closed,
    },
}
