"""Values → the text that string() gives."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel.decimals import text_of_number
from engine.feel.equality import Walk
from engine.feel.names import KEYWORDS, parts_of
from engine.feel.values import Function, Range, Value


def text_of(value: Value, walk: Walk | None = None) -> str:
    """Return the text of a value: a string as it is, everything else as FEEL writes it. Raises FeelLimitExceeded."""
    return value if type(value) is str else _written(value, walk or Walk())


def quoted(text: str) -> str:
    """Return a text as a string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _written(value: Value, walk: Walk) -> str:
    walk.step()
    write = _WRITERS.get(type(value))
    return str(value) if write is None else write(value, walk)


def _list_text(items: list[Value], walk: Walk) -> str:
    return "[" + ", ".join([_written(item, walk) for item in items]) + "]"


def _context_text(context: dict[str, Value], walk: Walk) -> str:
    return "{" + ", ".join([f"{_key(key)}: {_written(item, walk)}" for key, item in context.items()]) + "}"


def _key(key: str) -> str:
    return key if len(parts_of(key)) == 1 and key not in KEYWORDS and key.isidentifier() else quoted(key)


def _range_text(span: Range, walk: Walk) -> str:
    if span.operator:
        point = span.high if span.low is None else span.low
        return f"{span.operator} {_written(point, walk)}"
    ends = f"{_written(span.low, walk)}..{_written(span.high, walk)}"
    return f"{'[' if span.low_closed else '('}{ends}{']' if span.high_closed else ')'}"


def _null_text(value: None, walk: Walk) -> str:
    return "null"


def _boolean_text(value: bool, walk: Walk) -> str:
    return "true" if value else "false"


def _number_text(value: Decimal, walk: Walk) -> str:
    return text_of_number(value)


def _string_text(value: str, walk: Walk) -> str:
    return quoted(value)


def _function_text(value: Function, walk: Walk) -> str:
    return value.name


_WRITERS: dict[type, Callable[[Any, Walk], str]] = {
    type(None): _null_text,
    bool: _boolean_text,
    Decimal: _number_text,
    str: _string_text,
    list: _list_text,
    dict: _context_text,
    Range: _range_text,
    Function: _function_text,
}
