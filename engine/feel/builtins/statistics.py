"""Functions that make one value of many."""

from decimal import Decimal
from typing import Any

from engine.feel.decimals import CONTEXT, ONE, ZERO
from engine.feel.equality import compare
from engine.feel.errors import Undefined
from engine.feel.run import Run
from engine.feel.signatures import GATHERED, builtin
from engine.feel.temporal import MonthsDuration, TimeDuration
from engine.feel.values import Value

_TWO = Decimal(2)
_SAMPLE = 2


@builtin("min", "list: list", by_position=GATHERED)
def _min(run: Run, items: list[Value]) -> Value:
    return _extreme(run, items, "min", -1)


@builtin("max", "list: list", by_position=GATHERED)
def _max(run: Run, items: list[Value]) -> Value:
    return _extreme(run, items, "max", 1)


def _extreme(run: Run, items: list[Value], function: str, sign: int) -> Value:
    run.spend(len(items) >> 1)
    if not items:
        return None
    best = items[0]
    for item in items:
        order = compare(item, best)
        if order is None:
            raise Undefined("bad_argument", function=function, reason="the values have no order")
        if order * sign > 0:
            best = item
    return best


def numbers(run: Run, items: list[Value], function: str) -> list[Decimal]:
    """Return the items, which must all be numbers. Raises Undefined."""
    run.spend(len(items) >> 1)
    if any(type(item) is not Decimal for item in items):
        raise Undefined("bad_argument", function=function, reason="only numbers can be counted")
    return items


@builtin("sum", "list: list", by_position=GATHERED)
def _sum(run: Run, items: list[Value]) -> Value:
    if not items:
        return None
    kind: Any = type(items[0])
    if kind in {TimeDuration, MonthsDuration} and all(type(item) is kind for item in items):
        return kind(sum(_amount(item) for item in items))
    return _total(numbers(run, items, "sum"))


def _amount(duration: MonthsDuration | TimeDuration) -> int:
    return duration.months if isinstance(duration, MonthsDuration) else duration.nanoseconds


def _total(items: list[Decimal]) -> Decimal:
    total = ZERO
    for item in items:
        total = CONTEXT.add(total, item)
    return total


@builtin("mean", "list: list", by_position=GATHERED)
def _mean(run: Run, items: list[Value]) -> Value:
    return _average(numbers(run, items, "mean")) if items else None


def _average(items: list[Decimal]) -> Decimal:
    return CONTEXT.divide(_total(items), Decimal(len(items)))


@builtin("product", "list: list", by_position=GATHERED)
def _product(run: Run, items: list[Value]) -> Value:
    product = ONE
    for item in numbers(run, items, "product"):
        product = CONTEXT.multiply(product, item)
    return product if items else None


@builtin("median", "list: list", by_position=GATHERED)
def _median(run: Run, items: list[Value]) -> Value:
    if not items:
        return None
    ordered = sorted(numbers(run, items, "median"))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return CONTEXT.divide(CONTEXT.add(ordered[middle - 1], ordered[middle]), _TWO)


@builtin("stddev", "list: list", by_position=GATHERED)
def _stddev(run: Run, items: list[Value]) -> Value:
    values = numbers(run, items, "stddev")
    if len(values) < _SAMPLE:
        return None
    average = _average(values)
    distances = [CONTEXT.subtract(value, average) for value in values]
    squares = [CONTEXT.multiply(distance, distance) for distance in distances]
    return CONTEXT.sqrt(CONTEXT.divide(_total(squares), Decimal(len(values) - 1)))


@builtin("mode", "list: list", by_position=GATHERED)
def _mode(run: Run, items: list[Value]) -> Value:
    counts: dict[Decimal, int] = {}
    for value in numbers(run, items, "mode"):
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(value for value, count in counts.items() if count == most)
