"""Python and JSON values ↔ FEEL values."""

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from typing import Any
from zoneinfo import ZoneInfo

from engine.feel.decimals import CONTEXT, is_whole
from engine.feel.equality import Walk
from engine.feel.errors import FeelRuntimeError, Undefined
from engine.feel.temporal import DAY, SECOND, Date, DateTime, MonthsDuration, Time, TimeDuration
from engine.feel.values import KINDS, Value, kind_of

_DEEPEST = 40
_TEMPORAL = (Date, Time, DateTime, MonthsDuration, TimeDuration)
_DIGITS = 34
_SAFE = 10**34  # whole numbers below it need no rounding


def from_json(value: Any) -> Value:
    """
    Return a Python value as a FEEL value.

    Accepts None, bool, int, float, Decimal, str, the types of datetime, lists, tuples, mappings, and FEEL values.
    A float is taken by its shortest text; NaN and infinity become null. Raises FeelRuntimeError for anything else,
    FeelLimitExceeded for data of too many values.
    """
    kind = type(value)
    if kind is int:
        return Decimal(value) if -_SAFE < value < _SAFE else _number(value)
    return value if kind is str or value is None else _imported(value, 0, Walk())


def _imported(value: Any, depth: int, walk: Walk) -> Value:
    walk.step()
    kind = type(value)
    if kind is list or kind is tuple or isinstance(value, Mapping):
        if depth > _DEEPEST:
            raise FeelRuntimeError("too_deep")
        if isinstance(value, Mapping):
            return {str(key): _imported(item, depth + 1, walk) for key, item in value.items()}
        return [_imported(item, depth + 1, walk) for item in value]
    if kind is Decimal or kind is int or kind is float:
        return _number(value)
    if kind in KINDS:
        return value
    try:
        return _python_temporal(value)
    except Undefined as error:  # a zone or an offset that FEEL does not have
        raise FeelRuntimeError(error.warning.code, error.warning.facts) from error


def _number(value: Decimal | float) -> Decimal | None:
    if isinstance(value, float):
        return CONTEXT.create_decimal(repr(value)) if math.isfinite(value) else None
    try:
        number = CONTEXT.create_decimal(value)
    except DecimalException as error:
        raise FeelRuntimeError("number_out_of_range") from error
    return number if number.is_finite() else None


def _python_temporal(value: Any) -> Value:
    match value:
        case datetime():
            return DateTime(Date(value.year, value.month, value.day), _time(value.time(), _zone(value)))
        case date():
            return Date(value.year, value.month, value.day)
        case time():
            return _time(value, _zone(value))
        case timedelta():
            return TimeDuration(value.days * DAY + value.seconds * SECOND + value.microseconds * 1000)
        case str():  # an enum's or another subclass of text
            return str.__str__(value)
        case _:
            raise FeelRuntimeError("unsupported_value", {"kind": kind_of(value)})


def _time(value: time, zone: int | str | None) -> Time:
    return Time(value.hour, value.minute, value.second, value.microsecond * 1000, zone)


def _zone(value: datetime | time) -> int | str | None:
    if isinstance(value.tzinfo, ZoneInfo) and value.tzinfo.key:
        return value.tzinfo.key
    offset = value.utcoffset()
    return None if offset is None else int(offset.total_seconds())


def to_json(value: Value) -> Any:
    """
    Return a FEEL value as JSON knows it: whole numbers as int, others as float, temporal values as ISO 8601 text.

    Raises FeelRuntimeError for ranges, functions and numbers beyond a float, FeelLimitExceeded for values too large.
    """
    return _exported(value, Walk())


def _exported(value: Value, walk: Walk) -> Any:
    walk.step()
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Decimal):
        return _json_number(value)
    if isinstance(value, list):
        return [_exported(item, walk) for item in value]
    if isinstance(value, dict):
        return {key: _exported(item, walk) for key, item in value.items()}
    if isinstance(value, _TEMPORAL):
        return str(value)
    raise FeelRuntimeError("not_storable", {"kind": kind_of(value)})


def _json_number(value: Decimal) -> int | float:
    if value.adjusted() < _DIGITS and is_whole(value):
        return int(value)
    number = float(value)
    if not math.isfinite(number):
        raise FeelRuntimeError("number_out_of_range")
    return number
