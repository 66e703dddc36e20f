"""Functions that look into lists."""

from decimal import Decimal

from engine.feel.equality import Walk, equal
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.values import Value


@builtin("list contains", "list: list, element: any")
def _list_contains(run: Run, items: list[Value], element: Value) -> Value:
    run.spend(len(items) >> 1)
    walk = Walk(run.spend)
    return any(equal(item, element, walk) is True for item in items)


@builtin("index of", "list: list, match: any")
def _index_of(run: Run, items: list[Value], match: Value) -> Value:
    run.spend(len(items) >> 1)
    walk = Walk(run.spend)
    return [Decimal(place) for place, item in enumerate(items, 1) if equal(item, match, walk) is True]


@builtin("count", "list: list")
def _count(run: Run, items: list[Value]) -> Value:
    return Decimal(len(items))


@builtin("is empty", "list: list")
def _is_empty(run: Run, items: list[Value]) -> Value:
    return not items
