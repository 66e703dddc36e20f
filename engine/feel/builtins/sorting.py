"""sort."""

from functools import cmp_to_key

from engine.feel.calling import call_value
from engine.feel.equality import compare
from engine.feel.errors import Undefined
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.values import Value


@builtin("sort", "list: list, precedes?: function?")
def _sort(run: Run, items: list[Value], precedes: Value) -> Value:
    """Sort, stably, by the order of the values or by what `precedes(a, b)` says."""

    def order(left: Value, right: Value) -> int:
        run.spend()
        if precedes is None:
            result = compare(left, right)
            if result is None:
                raise Undefined("bad_argument", function="sort", reason="the values have no order")
            return result
        if call_value(run, precedes, [left, right]) is True:
            return -1
        return 1 if call_value(run, precedes, [right, left]) is True else 0

    return sorted(items, key=cmp_to_key(order))
