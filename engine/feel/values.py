"""The values of FEEL, and the word for the kind of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.feel.syntax import TypeNode
from engine.feel.temporal import Date, DateTime, MonthsDuration, Time, TimeDuration

Value = Any  # None, bool, str, Decimal, a temporal value, a duration, list, dict[str, Value], Range or Function


@dataclass(frozen=True, slots=True)
class Range:
    """
    All values between two end points; None is an end that is open to all.

    `operator` is that of a test of one end point (`< 10`), "" for a range with brackets; = and != test `low`.
    """

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool
    operator: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function as a value. `body` gets the `Run` (which knows values) and as many arguments as parameters."""

    parameters: tuple[str, ...]
    body: Callable[[Any, Sequence[Value]], Value]
    types: tuple[TypeNode | None, ...] = ()
    name: str = "function"


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    MonthsDuration: "years and months duration",
    TimeDuration: "days and time duration",
    Range: "range",
    Function: "function",
}


def kind_of(value: Value) -> str:
    """Return FEEL's word for the kind of a value, Python's for what is none."""
    return KINDS.get(type(value)) or type(value).__name__


def test_range(operator: str, point: Value) -> Range:
    """Return the range of a test like `< 10`."""
    low = point if operator in {">", ">=", "=", "!="} else None
    high = point if operator in {"<", "<=", "="} else None
    return Range(low, high, operator in {">=", "="}, operator in {"<=", "="}, operator)
