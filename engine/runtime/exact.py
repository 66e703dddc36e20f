"""
FEEL values in a case's data: JSON, and exactly what they were.

A number stands as a JSON number where that gives back the same one, else as `{"#": "0.1234567890123456789"}`; a date, a
time or a duration as `{"@": "2026-03-31"}`, after FEEL's own @"…". So an amount with 34 digits, or the day a script
counted, is the same value in the next expression, whenever the case is read again. What leaves the runtime is plain.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.feel import (
    Date,
    DateTime,
    FeelRuntimeError,
    MonthsDuration,
    Time,
    TimeDuration,
    from_json,
    to_json,
)
from engine.feel.equality import Walk
from engine.feel.temporal_text import temporal_of_text

MARK, NUMBER = "@", "#"
RESERVED = "typename"  # by which the library knows objects of its own
TEMPORAL = (Date, Time, DateTime, MonthsDuration, TimeDuration)


class Seen(Mapping[str, Any]):
    """Stored data as an expression sees them; each value is read when it is asked for."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        """Take the data as they are stored."""
        self._stored = stored

    def __getitem__(self, name: str) -> Any:
        """Return a value as FEEL takes it; raises KeyError."""
        return read(self._stored[name])

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._stored)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._stored)


def kept(value: Any) -> Any:
    """Return a FEEL value as it is stored; raises FeelError for what cannot be: functions, ranges, huge trees."""
    return _kept(value, Walk())


def _kept(value: Any, walk: Walk) -> Any:
    walk.step()
    if isinstance(value, dict):
        if RESERVED in value or marked(value):
            raise FeelRuntimeError("not_storable", {"kind": "context with a reserved name"})
        return {name: _kept(inner, walk) for name, inner in value.items()}
    if isinstance(value, list):
        return [_kept(inner, walk) for inner in value]
    if isinstance(value, Decimal):
        number = _json_number(value)
        return {NUMBER: str(value)} if number is None or from_json(number) != value else number
    return {MARK: str(value)} if isinstance(value, TEMPORAL) else to_json(value)


def read(value: Any) -> Any:
    """Return a stored value as FEEL takes it."""
    if isinstance(value, dict):
        mark = marked(value)
        if mark is None:
            return {name: read(inner) for name, inner in value.items()}
        return Decimal(value[NUMBER]) if mark == NUMBER else temporal_of_text(value[MARK])
    return [read(inner) for inner in value] if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """Return a stored value as those outside take it: dates and the like, and numbers beyond a float, as text."""
    if isinstance(value, dict):
        mark = marked(value)
        if mark is None:
            return {name: plain(inner) for name, inner in value.items()}
        number = _json_number(Decimal(value[NUMBER])) if mark == NUMBER else None
        return value[mark] if number is None else number
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def marked(value: Mapping[str, Any]) -> str | None:
    """Return the mark of a context that stands for one value; None for any other."""
    mark = next(iter(value), None)
    return mark if len(value) == 1 and mark in (MARK, NUMBER) else None


def _json_number(value: Decimal) -> int | float | None:
    """Return a number as JSON has it, perhaps rounded; None beyond a float."""
    try:
        return to_json(value)
    except FeelRuntimeError:
        return None
