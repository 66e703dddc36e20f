"""Functions that make lists from lists."""

from collections.abc import Iterable
from decimal import Decimal

from engine.feel.calling import call_value
from engine.feel.decimals import truncated, whole
from engine.feel.equality import Walk, equal
from engine.feel.errors import FeelLimitExceeded, Undefined
from engine.feel.run import Run
from engine.feel.signatures import AS_GIVEN, builtin
from engine.feel.values import Function, Value

_DEEPEST = 40
_MATCH_PARAMETERS = 2


def place_in(items: list[Value], position: int, function: str) -> int:
    """Return the index of a position, which counts from 1, or from -1 at the end. Raises Undefined."""
    if position == 0 or abs(position) > len(items):
        raise Undefined("bad_argument", function=function, reason="the position lies outside the list")
    return position - 1 if position > 0 else len(items) + position


@builtin("sublist", "list: list, start position: number, length?: number?")
def _sublist(run: Run, items: list[Value], start: Decimal, length: Decimal | None) -> Value:
    first = place_in(items, truncated(start, "sublist"), "sublist")
    if length is None:
        return items[first:]
    count = truncated(length, "sublist")
    if count < 1 or first + count > len(items):
        raise Undefined("bad_argument", function="sublist", reason="the length goes beyond the list")
    return items[first : first + count]


@builtin("append", "list: any, item: any", by_position=AS_GIVEN)
def _append(run: Run, items: Value = None, *added: Value) -> Value:
    return [*_joinable(items, "append"), *added]


@builtin("concatenate", "list: list", by_position=AS_GIVEN)
def _concatenate(run: Run, *lists: Value) -> Value:
    return _joined(run, lists, "concatenate")


@builtin("union", "list: list", by_position=AS_GIVEN)
def _union(run: Run, *lists: Value) -> Value:
    return distinct(run, _joined(run, lists, "union"))


def _joined(run: Run, lists: Iterable[Value], function: str) -> list[Value]:
    joined: list[Value] = []
    for items in lists:
        joined += _joinable(items, function)
        run.kept_list(joined)
    return joined


def _joinable(items: Value, function: str) -> list[Value]:
    """Return a list as it is, a value as a list of one. Raises Undefined for null."""
    if items is None:
        raise Undefined("bad_argument", function=function, reason="null is no list")
    return items if type(items) is list else [items]


@builtin("insert before", "list: list, position: number, newItem: any")
def _insert_before(run: Run, items: list[Value], position: Decimal, item: Value) -> Value:
    place = place_in(items, whole(position, "insert before"), "insert before")
    return [*items[:place], item, *items[place:]]


@builtin("remove", "list: list, position: number")
def _remove(run: Run, items: list[Value], position: Decimal) -> Value:
    place = place_in(items, whole(position, "remove"), "remove")
    return items[:place] + items[place + 1 :]


@builtin("reverse", "list: list")
def _reverse(run: Run, items: list[Value]) -> Value:
    return items[::-1]


@builtin("list replace", "list: list, position: number, newItem: any")
def _list_replace(run: Run, items: list[Value], position: Decimal, item: Value) -> Value:
    place = place_in(items, truncated(position, "list replace"), "list replace")
    return [*items[:place], item, *items[place + 1 :]]


@builtin("list replace", "list: list, match: function, newItem: any")
def _list_replace_matches(run: Run, items: list[Value], match: Value, item: Value) -> Value:
    if type(match) is Function and len(match.parameters) != _MATCH_PARAMETERS:
        raise Undefined("bad_argument", function="list replace", reason="match takes an element and the new one")
    made: list[Value] = []
    for old in items:
        verdict = call_value(run, match, [old, item])
        if type(verdict) is not bool:
            raise Undefined("bad_argument", function="list replace", reason="match must say true or false")
        made.append(item if verdict else old)
    return made


@builtin("distinct values", "list: list")
def _distinct_values(run: Run, items: list[Value]) -> Value:
    return distinct(run, items)


def distinct(run: Run, items: Iterable[Value]) -> list[Value]:
    """Return the values without repetitions, each where it is first."""
    kept: list[Value] = []
    walk = Walk(run.spend)
    for item in items:
        run.spend(1 + (len(kept) >> 1))
        if not any(equal(item, other, walk) is True for other in kept):
            kept.append(item)
    return kept


@builtin("flatten", "list: list")
def _flatten(run: Run, items: list[Value]) -> Value:
    flat: list[Value] = []
    _flatten_into(run, flat, items, 0)
    return flat


def _flatten_into(run: Run, flat: list[Value], items: list[Value], depth: int) -> None:
    if depth > _DEEPEST:
        raise FeelLimitExceeded("nesting", _DEEPEST)
    for item in items:
        run.spend()
        if type(item) is list:
            _flatten_into(run, flat, item, depth + 1)
        else:
            flat.append(item)
