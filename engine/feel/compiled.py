"""Compiled expressions, and the cache that keeps them by their text."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import DecimalException
from functools import lru_cache
from typing import Any, NamedTuple

from engine.feel import builtins, compile_access, compile_calls, compile_control, compile_operators, compile_tests
from engine.feel.compiler import Compiler
from engine.feel.conversions import from_json
from engine.feel.errors import FeelLimitExceeded, FeelRuntimeError, FeelWarning, StrictNull
from engine.feel.limits import STANDARD
from engine.feel.names import spaced
from engine.feel.parser import parse_expression, parse_tests
from engine.feel.run import FATAL, Code, Run
from engine.feel.surroundings import NOWHERE, Surroundings
from engine.feel.syntax import Node
from engine.feel.values import Value

COMPILERS_LOADED = (builtins, compile_access, compile_calls, compile_control, compile_operators, compile_tests)
_CACHE = 8192


class Outcome(NamedTuple):
    """A value, why parts of the expression were null, and the steps it took."""

    value: Value
    warnings: tuple[FeelWarning, ...]
    steps: int


class Compiled:
    """
    An expression or unary tests, ready to be evaluated over any data.

    `names` are the names that only the data can explain; `possible_names` those in a filter, where an element of the
    list may explain them as well, and those of which the expression asks whether they are there.
    """

    __slots__ = ("_code", "names", "possible_names", "text", "tree")

    def __init__(self, text: str, tree: Node) -> None:
        """Compile the tree."""
        compiler = Compiler()
        self._code: Code = compiler.code(tree)
        self.text = text
        self.tree = tree
        self.names = frozenset(compiler.free)
        self.possible_names = frozenset(compiler.possible - compiler.free)

    def evaluate(
        self, context: Mapping[str, Any], *, surroundings: Surroundings = NOWHERE, strict: bool = True
    ) -> Value:
        """
        Return the value over the data in `context` (Python, JSON or FEEL values).

        When strict, an unknown name, a missing entry, a condition that is neither true nor false, and a null with a
        warning raise StrictNull. Raises FeelLimitExceeded; FeelRuntimeError for data that FEEL has no value for.
        """
        run = Run(context, surroundings)
        value = self._value(run)
        if strict and run.warnings is not None:
            demand(value, run.warnings)
        return value

    def evaluate_with_warnings(
        self, context: Mapping[str, Any], *, surroundings: Surroundings = NOWHERE
    ) -> tuple[Value, Sequence[FeelWarning]]:
        """Return the value, and why parts of the expression are null."""
        run = Run(context, surroundings)
        return self._value(run), tuple(run.warnings or ())

    def observe(self, context: Mapping[str, Any], *, surroundings: Surroundings = NOWHERE) -> Outcome:
        """Return the value as `evaluate` does when strict, with the warnings and the steps that it took."""
        run = Run(context, surroundings)
        value = self._value(run)
        warnings = tuple(run.warnings or ())
        if warnings:
            demand(value, warnings)
        return Outcome(value, warnings, run.spent)

    def test(self, value: Any, context: Mapping[str, Any], surroundings: Surroundings, *, strict: bool) -> bool:
        """Return whether the input `value` passes these tests; see evaluate_test."""
        run = Run(context, surroundings)
        run.given = from_json(value)
        verdict = self._value(run)
        if strict and run.warnings is not None:
            demand(verdict, run.warnings)
        return verdict is True

    def _value(self, run: Run) -> Value:
        """Return the value; what Python itself cannot hold is a FeelError too."""
        try:
            return self._code(run, None)
        except RecursionError:
            raise FeelLimitExceeded("nesting", STANDARD.nesting) from None
        except DecimalException as error:  # the data hold a number that is none: NaN
            raise FeelRuntimeError("number_out_of_range") from error

    def __repr__(self) -> str:
        """Return the text that was compiled."""
        return f"Compiled({self.text!r})"


def demand(value: Value, warnings: Sequence[FeelWarning]) -> None:
    """Raise StrictNull when a value is null for a reason, or rests on a name that there is not."""
    fatal = [warning for warning in warnings if warning.code in FATAL]
    if value is None or fatal:
        raise StrictNull(fatal or warnings)


def compile_expression(text: str, *, names: Iterable[str] = ()) -> Compiled:
    """
    Return an expression compiled, from the cache when the text has been compiled before.

    `names` are the names in the data, also those inside contexts; only names of several words or with signs in them
    matter. Raises FeelSyntaxError, and FeelLimitExceeded for a text too long or nested too deeply.
    """
    return _expression(text, spaced(names) if names else frozenset())


def compile_unary_tests(text: str, *, names: Iterable[str] = ()) -> Compiled:
    """Return unary tests compiled, as compile_expression does; the input is evaluated under the name `?`."""
    return _tests(text, spaced(names) if names else frozenset())


def evaluate_test(
    tests: Compiled,
    value: Any,
    context: Mapping[str, Any],
    *,
    surroundings: Surroundings = NOWHERE,
    strict: bool = True,
) -> bool:
    """
    Return whether a value passes unary tests.

    An empty (null) value does not pass a comparison; a value of another kind than the test's raises StrictNull when
    strict, as everything does that Compiled.evaluate refuses.
    """
    return tests.test(value, context, surroundings, strict=strict)


@lru_cache(_CACHE)
def _expression(text: str, names: frozenset[str]) -> Compiled:
    return Compiled(text, _parsed(parse_expression, text, names))


@lru_cache(_CACHE)
def _tests(text: str, names: frozenset[str]) -> Compiled:
    return Compiled(text, _parsed(parse_tests, text, names))


def _parsed(parse: Any, text: str, names: frozenset[str]) -> Node:
    try:
        return parse(text, names)
    except RecursionError:
        raise FeelLimitExceeded("nesting", STANDARD.nesting) from None
