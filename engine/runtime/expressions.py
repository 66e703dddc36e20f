"""
Conditions in diagrams: a small, whitelisted part of FEEL, compiled to closures. No Python is ever evaluated.

    comparison  = != < <= > >= · in (a, b, …)
    logic       and · or · not(…) · ( … )
    values      numbers, "text", true, false, null, dotted names (Chinese ones too): triage.decision
    functions   contains(text, text) · count(list)

A name that is not there is an error, never a silent false. The whole language comes with its own room later.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.domain.errors import Invalid

LONGEST = 4096  # characters
DEEPEST = 64  # brackets

Values = Mapping[str, Any]
Compiled = Callable[[Values], Any]

TOKEN = re.compile(
    r"""\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<text>"[^"\\]*")|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)"""
    r"""|(?P<symbol><=|>=|!=|=|<|>|\(|\)|,))"""
)
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
CONSTANTS = {"true": True, "false": False, "null": None}
WORDS = frozenset({"and", "or", "not", "in", *CONSTANTS})


class ExpressionInvalid(Invalid):
    """A condition that cannot be read, or that names what is not there; `text`, `reason`, `at` (character)."""

    code = "expression_invalid"


@lru_cache(maxsize=8192)
def compiled(text: str) -> Compiled:
    """Return the condition ready to be asked; raises ExpressionInvalid."""
    stripped = text.strip().removeprefix("=") if not text.strip().startswith("==") else text
    if not stripped.strip() or len(stripped) > LONGEST:
        raise ExpressionInvalid(text=text[:80], reason="empty" if not stripped.strip() else "too_long", at=0)
    return _Reader(stripped).whole()


def evaluate(text: str, values: Values, *, now: datetime | None = None) -> Any:  # noqa: ARG001  # see below
    """
    Return an expression's value; raises ExpressionInvalid, also for a name that is not there.

    `now` is the instant of the step, UTC, for a language that can ask for it; this part of FEEL cannot.
    """
    return compiled(text)(values)


def truth(value: Any) -> bool:
    """Return a condition's value; raises ExpressionInvalid when it is neither true nor false."""
    if not isinstance(value, bool):
        raise ExpressionInvalid(text=repr(value)[:80], reason="not_a_condition", at=0)
    return value


class _Reader:
    """Reads one expression from left to right, one rule of the grammar a method."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_tokens(text))
        self._place = 0
        self._depth = 0

    def whole(self) -> Compiled:
        value = self._either()
        if self._place < len(self._tokens):
            raise self._wrong("unexpected")
        return value

    def _either(self) -> Compiled:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong("too_deep")
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else lambda values: any(truth(part(values)) for part in parts)

    def _both(self) -> Compiled:
        parts = [self._comparison()]
        while self._take("and"):
            parts.append(self._comparison())
        return parts[0] if len(parts) == 1 else lambda values: all(truth(part(values)) for part in parts)

    def _comparison(self) -> Compiled:
        left = self._value()
        if self._take("in"):
            return self._membership(left)
        symbol = self._peek()
        if symbol not in COMPARISONS:
            return left
        self._place += 1
        right = self._value()
        return lambda values: _compared(symbol, left(values), right(values))

    def _membership(self, left: Compiled) -> Compiled:
        if not self._take("("):
            raise self._wrong("list_expected")
        options = [self._value()]
        while self._take(","):
            options.append(self._value())
        if not self._take(")"):
            raise self._wrong("bracket_missing")
        return lambda values: any(_compared("=", left(values), option(values)) for option in options)

    def _value(self) -> Compiled:
        if self._take("not"):
            inner = self._bracket()
            return lambda values: not truth(inner(values))
        if self._peek() == "(":
            return self._bracket()
        return self._leaf()

    def _bracket(self) -> Compiled:
        if not self._take("("):
            raise self._wrong("bracket_expected")
        inner = self._either()
        if not self._take(")"):
            raise self._wrong("bracket_missing")
        return inner

    def _leaf(self) -> Compiled:
        if self._place >= len(self._tokens):
            raise self._wrong("value_expected")
        kind, token, _at = self._tokens[self._place]
        if kind == "symbol" or (kind == "name" and token in WORDS - set(CONSTANTS)):
            raise self._wrong("value_expected")
        self._place += 1
        if token in FUNCTIONS and self._peek() == "(":
            return self._call(token)
        if kind == "name" and token not in CONSTANTS:
            path = token.split(".")
            return lambda values: _looked_up(values, path)
        constant = _constant(kind, token)
        return lambda _values: constant

    def _call(self, name: str) -> Compiled:
        function, arity = FUNCTIONS[name]
        self._place += 1
        arguments = [self._value()]
        while self._take(","):
            arguments.append(self._value())
        if not self._take(")") or len(arguments) != arity:
            raise self._wrong("arguments")
        return lambda values: function(*(argument(values) for argument in arguments))

    def _peek(self) -> str | None:
        return self._tokens[self._place][1] if self._place < len(self._tokens) else None

    def _take(self, wanted: str) -> bool:
        taken = self._peek() == wanted
        self._place += taken
        return taken

    def _wrong(self, reason: str) -> ExpressionInvalid:
        at = self._tokens[self._place][2] if self._place < len(self._tokens) else len(self._text)
        return ExpressionInvalid(text=self._text[:80], reason=reason, at=at)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    place = 0
    end = len(text.rstrip())
    while place < end:
        match = TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise ExpressionInvalid(text=text[:80], reason="unreadable", at=place)
        yield match.lastgroup, match.group(match.lastgroup), match.start(match.lastgroup)
        place = match.end()


def _constant(kind: str, token: str) -> Any:
    if kind == "number":
        return float(token) if "." in token else int(token)
    return token[1:-1] if kind == "text" else CONSTANTS[token]


def _looked_up(values: Values, path: list[str]) -> Any:
    found: Any = values
    for name in path:
        if not isinstance(found, Mapping) or name not in found:
            raise ExpressionInvalid(text=".".join(path), reason="unknown_name", at=0)
        found = found[name]
    return found


def _compared(symbol: str, left: Any, right: Any) -> bool:
    kinds = {_kind(left), _kind(right)}
    is_equality = symbol in ("=", "!=")
    if len(kinds - {"null"} if is_equality else kinds) > 1 or (not is_equality and kinds - {"number", "text"}):
        raise ExpressionInvalid(text=f"{left!r} {symbol} {right!r}"[:80], reason="not_comparable", at=0)
    return bool(COMPARISONS[symbol](left, right))


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return "text" if isinstance(value, str) else type(value).__name__


def _contains(text: Any, part: Any) -> bool:
    if not isinstance(text, str) or not isinstance(part, str):
        raise ExpressionInvalid(text=f"contains({text!r}, {part!r})"[:80], reason="not_comparable", at=0)
    return part in text


def _count(values: Any) -> int:
    if not isinstance(values, list):
        raise ExpressionInvalid(text=f"count({values!r})"[:80], reason="not_comparable", at=0)
    return len(values)


FUNCTIONS: dict[str, tuple[Callable[..., Any], int]] = {"contains": (_contains, 2), "count": (_count, 1)}
