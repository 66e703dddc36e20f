"""Equality, order and membership with three values: True, False, and None where FEEL has no answer."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel.errors import FeelLimitExceeded, Undefined
from engine.feel.limits import STANDARD
from engine.feel.temporal import Date, DateTime, MonthsDuration, Time, TimeDuration
from engine.feel.values import Range, Value, kind_of

_UNORDERED = frozenset({"boolean", "list", "context", "function", "range"})
_BOTH = 2
_MILLISECOND = 1_000_000  # nanoseconds; the kit holds times equal that differ by less


class Walk:
    """Counts the values that are walked, for the evaluation that walks them: shared lists make exponential trees."""

    __slots__ = ("_spend", "left")

    def __init__(self, spend: Callable[[int], None] | None = None) -> None:
        """Start with the standard limit."""
        self.left = STANDARD.nodes
        self._spend = spend

    def step(self) -> None:
        """Count one value. Raises FeelLimitExceeded."""
        self.left -= 1
        if self._spend is not None:
            self._spend(2)
        if self.left < 0:
            raise FeelLimitExceeded("nodes", STANDARD.nodes)


def equal(left: Value, right: Value, walk: Walk | None = None) -> bool | None:
    """Return whether two values are equal; None when their kinds differ. null equals only null."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is list or kind is dict:
        walk = walk or Walk()
        return _equal_lists(left, right, walk) if kind is list else _equal_contexts(left, right, walk)
    if kind is Range:
        return _equal_ranges(left, right)
    return compare(left, right) == 0 if kind is DateTime or kind is Time else left == right


def _equal_lists(left: list[Value], right: list[Value], walk: Walk) -> bool:
    walk.step()
    return len(left) == len(right) and all(equal(a, b, walk) is True for a, b in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, Value], right: dict[str, Value], walk: Walk) -> bool:
    walk.step()
    return left.keys() == right.keys() and all(equal(left[key], right[key], walk) is True for key in left)


def _equal_ranges(left: Range, right: Range) -> bool:
    """Compare ranges; a test like `< 10` has no start, which is not the same as a start that is null."""
    if left.operator != right.operator:
        return False
    closed = left.low_closed == right.low_closed and left.high_closed == right.high_closed
    return closed and equal(left.low, right.low) is True and equal(left.high, right.high) is True


def _is_local(value: DateTime | Time) -> bool:
    return (value.zone if isinstance(value, Time) else value.time.zone) is None


def compare(left: Value, right: Value) -> int | None:
    """Return -1, 0 or 1 for less, equal or greater; None when the two have no order. Times differ by milliseconds."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is Decimal or kind is str:
        return (left > right) - (left < right)
    if (kind is DateTime or kind is Time) and _is_local(left) != _is_local(right):
        return None
    measure = _MEASURES.get(kind)
    if measure is None:
        return None
    first, second = measure(left), measure(right)
    return (first > second) - (first < second)


_MEASURES: dict[type, Callable[[Any], Any]] = {
    Date: lambda day: (day.year, day.month, day.day),
    Time: lambda time: time.instant() // _MILLISECOND,
    DateTime: lambda moment: moment.instant() // _MILLISECOND,
    MonthsDuration: lambda duration: duration.months,
    TimeDuration: lambda duration: duration.nanoseconds,
}


def within(value: Value, span: Range) -> bool | None:
    """Return whether a value lies in a range; None when that cannot be said."""
    if span.operator in {"=", "!="}:
        same = equal(value, span.low)
        return same if span.operator == "=" or same is None else not same
    if value is None or (span.low is None and span.high is None):
        return None
    if not span.operator and (span.low is None or span.high is None):
        return None
    inside = True
    for bound, sign, closed in ((span.low, 1, span.low_closed), (span.high, -1, span.high_closed)):
        if bound is None:
            continue
        order = compare(value, bound)
        if order is None:
            return None
        inside = inside and (order * sign > 0 or (order == 0 and closed))
    return inside


def checked_range(low: Value, high: Value, low_closed: bool, high_closed: bool) -> Range:
    """Return a range of two end points of one kind in their order; one may be null. Raises Undefined."""
    ends = [end for end in (low, high) if end is not None]
    if not ends or any(kind_of(end) in _UNORDERED for end in ends):
        raise Undefined("range_bounds")
    order = compare(low, high) if len(ends) == _BOTH else 0
    if order is None or order > 0:
        raise Undefined("range_bounds")
    return Range(low, high, low_closed, high_closed)


def passes(value: Value, test: Value) -> bool | None:
    """Return whether a value passes a test: it lies in the range, is in the list, or equals it."""
    if type(test) is Range:
        return equal(value, test) if type(value) is Range else within(value, test)
    if type(test) is list:
        if type(value) is list and equal(value, test) is True:
            return True
        return any((equal(value, item) if type(item) is list else passes(value, item)) is True for item in test)
    return equal(value, test)


def comparable_kinds(left: Value, right: Value) -> dict[str, str]:
    """Return the two kinds as facts of a warning."""
    return {"left": kind_of(left), "right": kind_of(right)}
