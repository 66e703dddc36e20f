"""Functions about truth and absence."""

from engine.feel.equality import equal
from engine.feel.run import Run
from engine.feel.signatures import GATHERED, builtin
from engine.feel.temporal import DateTime, Time
from engine.feel.values import Value, kind_of


@builtin("not", "negand: any")
def _not(run: Run, negand: Value) -> Value:
    if type(negand) is bool:
        return not negand
    if negand is not None:
        run.warn("not_boolean", found=kind_of(negand))
    return None


@builtin("is defined", "value: any")
def _is_defined(run: Run, value: Value) -> Value:
    return value is not None


@builtin("get or else", "value: any, default: any")
def _get_or_else(run: Run, value: Value, default: Value) -> Value:
    return default if value is None else value


@builtin("is", "value1?: any, value2?: any", least=2)
def _is(run: Run, first: Value, second: Value) -> Value:
    """Tell the same value: unlike `=`, it also compares how an offset or zone is written."""
    if kind_of(first) != kind_of(second):
        return False
    return equal(first, second) is True and _zone(first) == _zone(second)


def _zone(value: Value) -> int | str | None:
    if type(value) is DateTime:
        return value.time.zone
    return value.zone if type(value) is Time else None


@builtin("all", "list: list", by_position=GATHERED)
def _all(run: Run, items: list[Value]) -> Value:
    if any(item is False for item in items):
        return False
    return _undecided(run, items) if any(item is not True for item in items) else True


@builtin("any", "list: list", by_position=GATHERED)
def _any(run: Run, items: list[Value]) -> Value:
    if any(item is True for item in items):
        return True
    return _undecided(run, items) if any(item is not False for item in items) else False


def _undecided(run: Run, items: list[Value]) -> None:
    for item in items:
        if item is not None and type(item) is not bool:
            run.warn("not_boolean", found=kind_of(item))
            return
