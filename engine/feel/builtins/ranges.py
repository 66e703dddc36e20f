"""Functions of ranges and points (DMN 1.5, table 78, Allen's interval algebra), and range() from a text."""

import re
from collections.abc import Callable
from typing import Any

from engine.feel.equality import checked_range, compare
from engine.feel.errors import FeelError, Undefined
from engine.feel.literals import literal_value
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.values import Range, Value, kind_of

Relation = Callable[[Any, Any], bool]
_RANGE = re.compile(r"\s*([\[\](])(.*?)\.\.(.*?)([\]\[)])\s*", re.DOTALL)


def _order(left: Value, right: Value) -> int:
    order = compare(left, right)
    if order is None:
        raise Undefined("not_comparable", left=kind_of(left), right=kind_of(right))
    return order


def _relation(name: str, shapes: dict[str, Relation], parameters: tuple[tuple[str, str], ...]) -> None:
    """Register a relation: a body for each shape, `pr` being a point and a range."""

    def related(run: Run, first: Value, second: Value) -> Value:
        shape = _shape(first, name) + _shape(second, name)
        if shape not in shapes:
            raise Undefined("wrong_arguments", function=name, found=f"{kind_of(first)}, {kind_of(second)}")
        return shapes[shape](first, second)

    for left, right in parameters:
        builtin(name, f"{left}: any, {right}: any")(related)


def _shape(value: Value, function: str) -> str:
    if type(value) is not Range:
        if value is None:
            raise Undefined("bad_argument", function=function, reason="an argument is null")
        return "p"
    if value.low is None or value.high is None:
        raise Undefined("bad_argument", function=function, reason="the range has an open end")
    return "r"


def _is_before(order: int, *, touching: bool) -> bool:
    """Say whether an end lies before a start: less, or equal without both belonging."""
    return order < 0 or (order == 0 and not touching)


def _point_before_range(a: Value, b: Range) -> bool:
    return _is_before(_order(a, b.low), touching=b.low_closed)


def _range_before_point(a: Range, b: Value) -> bool:
    return _is_before(_order(a.high, b), touching=a.high_closed)


def _range_before_range(a: Range, b: Range) -> bool:
    return _is_before(_order(a.high, b.low), touching=a.high_closed and b.low_closed)


def _meets(a: Range, b: Range) -> bool:
    return a.high_closed and b.low_closed and _order(a.high, b.low) == 0


def _overlaps(a: Range, b: Range) -> bool:
    return not _range_before_range(a, b) and not _range_before_range(b, a)


def _starts_earlier(a: Range, b: Range) -> bool:
    """Say whether the first value of `a` lies before that of `b`."""
    order = _order(a.low, b.low)
    return order < 0 or (order == 0 and a.low_closed and not b.low_closed)


def _ends_no_later(a: Range, b: Range) -> bool:
    order = _order(a.high, b.high)
    return order < 0 or (order == 0 and (b.high_closed or not a.high_closed))


def _overlaps_before(a: Range, b: Range) -> bool:
    return _starts_earlier(a, b) and not _range_before_range(a, b) and _ends_no_later(a, b)


def _overlaps_after(a: Range, b: Range) -> bool:
    order = _order(b.high, a.high)
    return (
        _starts_earlier(b, a)
        and not _range_before_range(b, a)
        and (order < 0 or (order == 0 and (not b.high_closed or a.high_closed)))
    )


def _point_finishes(a: Value, b: Range) -> bool:
    return b.high_closed and _order(b.high, a) == 0


def _finishes(a: Range, b: Range) -> bool:
    return a.high_closed == b.high_closed and _order(a.high, b.high) == 0 and not _starts_earlier(a, b)


def _includes_point(a: Range, b: Value) -> bool:
    low, high = _order(a.low, b), _order(a.high, b)
    return (low < 0 or (low == 0 and a.low_closed)) and (high > 0 or (high == 0 and a.high_closed))


def _includes(a: Range, b: Range) -> bool:
    return not _starts_earlier(b, a) and _ends_no_later(b, a)


def _point_starts(a: Value, b: Range) -> bool:
    return b.low_closed and _order(b.low, a) == 0


def _starts(a: Range, b: Range) -> bool:
    return a.low_closed == b.low_closed and _order(a.low, b.low) == 0 and _ends_no_later(a, b)


def _coincides(a: Range, b: Range) -> bool:
    same = a.low_closed == b.low_closed and a.high_closed == b.high_closed
    return same and _order(a.low, b.low) == 0 and _order(a.high, b.high) == 0


def _swapped(relation: Relation) -> Relation:
    return lambda a, b: relation(b, a)


_ANY_TWO = (("point1", "point2"), ("point", "range"), ("range", "point"), ("range1", "range2"))
_TWO_RANGES = (("range1", "range2"),)
_POINT_FIRST = (("point", "range"), ("range1", "range2"))
_RANGE_FIRST = (("range", "point"), ("range1", "range2"))

_BEFORE: dict[str, Relation] = {
    "pp": lambda a, b: _order(a, b) < 0,
    "pr": _point_before_range,
    "rp": _range_before_point,
    "rr": _range_before_range,
}
_relation("before", _BEFORE, _ANY_TWO)
_relation("after", {shape[::-1]: _swapped(body) for shape, body in _BEFORE.items()}, _ANY_TWO)
_relation("meets", {"rr": _meets}, _TWO_RANGES)
_relation("met by", {"rr": _swapped(_meets)}, _TWO_RANGES)
_relation("overlaps", {"rr": _overlaps}, _TWO_RANGES)
_relation("overlaps before", {"rr": _overlaps_before}, _TWO_RANGES)
_relation("overlaps after", {"rr": _overlaps_after}, _TWO_RANGES)
_relation("finishes", {"pr": _point_finishes, "rr": _finishes}, _POINT_FIRST)
_relation("finished by", {"rp": _swapped(_point_finishes), "rr": _swapped(_finishes)}, _RANGE_FIRST)
_relation("includes", {"rp": _includes_point, "rr": _includes}, _RANGE_FIRST)
_relation("during", {"pr": _swapped(_includes_point), "rr": _swapped(_includes)}, _POINT_FIRST)
_relation("starts", {"pr": _point_starts, "rr": _starts}, _POINT_FIRST)
_relation("started by", {"rp": _swapped(_point_starts), "rr": _swapped(_starts)}, _RANGE_FIRST)
_relation(
    "coincides", {"pp": lambda a, b: _order(a, b) == 0, "rr": _coincides}, (("point1", "point2"), ("range1", "range2"))
)


@builtin("range", "from: string")
def _range(run: Run, text: str) -> Value:
    """Return the range that a text writes, its end points literals; an end left out is open."""
    found = _RANGE.fullmatch(text)
    if found is None:
        raise Undefined("range_bounds")
    opening, low_text, high_text, closing = found.groups()
    try:
        low, high = (literal_value(part) if part.strip() else None for part in (low_text, high_text))
    except FeelError as error:
        raise Undefined("range_bounds") from error
    closed = opening == "[", closing == "]"
    if (low is None and closed[0]) or (high is None and closed[1]):
        raise Undefined("range_bounds")
    return checked_range(low, high, *closed)
