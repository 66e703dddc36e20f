"""FEEL as this room uses it: compiling, asking, calling, and values as plain data. Nothing else here imports FEEL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, DecimalException
from functools import lru_cache
from typing import Any, TypeAlias

from engine.feel import (
    Compiled,
    FeelError,
    FeelLimitExceeded,
    Function,
    Range,
    Surroundings,
    Undefined,
    Vocabulary,
    check_expression,
    check_tests,
    compile_expression,
    compile_unary_tests,
    evaluate_test,
    from_json,
    kind_of,
    text_of,
    to_json,
)
from engine.feel import equal as compared
from engine.feel.calling import call_value_named
from engine.feel.equality import Walk, passes
from engine.feel.rendering import quoted
from engine.feel.run import Run
from engine.feel.signatures import BUILTINS, Builtin
from engine.feel.syntax import Call, Name
from engine.feel.trees import nodes_in

__all__ = [
    "Expression",
    "FeelError",
    "FeelLimitExceeded",
    "Surroundings",
    "UnaryTests",
    "from_json",
]

Expression: TypeAlias = Compiled
UnaryTests: TypeAlias = Compiled
_UNKNOWN = {"unknown_name", "unknown_function"}
_SHOWN = 80  # characters of a value in a sentence


def expression(text: str, names: Iterable[str] = ()) -> Expression:
    """Return a FEEL expression, compiled; raises FeelError."""
    return compile_expression(text, names=names)


def unary_tests(text: str, names: Iterable[str] = ()) -> UnaryTests:
    """Return unary tests, compiled; raises FeelError."""
    return compile_unary_tests(text, names=names)


NEVER = unary_tests("false")


@lru_cache(256)
def fixed(text: str) -> Expression:
    """Return an expression of this room's own, compiled once."""
    return compile_expression(text)


def constant(text: str, values: Mapping[str, object]) -> Any:
    """Return the value of an expression of this room's own; null where it has none."""
    return fixed(text).evaluate_with_warnings(values)[0]


def evaluate(
    compiled: Expression, values: Mapping[str, object], surroundings: Surroundings, *, strict: bool
) -> tuple[Any, list[str]]:
    """Return the value and, unless strict, the warnings; raises FeelError."""
    if strict:
        return compiled.evaluate(values, surroundings=surroundings), []
    value, warnings = compiled.evaluate_with_warnings(values, surroundings=surroundings)
    return value, [str(warning) for warning in warnings]


def test(
    compiled: UnaryTests, value: object, values: Mapping[str, object], surroundings: Surroundings, *, strict: bool
) -> bool:
    """Return whether a value passes unary tests; raises FeelError."""
    return evaluate_test(compiled, value, values, surroundings=surroundings, strict=strict)


def mistakes(compiled: Compiled, names: Iterable[str], types: Iterable[str], *, cell: bool) -> list[str]:
    """Return what is certain to be an error in an expression or cell, whatever the data; unknown names are left out."""
    checked = check_tests if cell else check_expression
    found = checked(compiled.text, Vocabulary([*names, *compiled.names], types=list(types)))
    return [str(finding) for finding in found if finding.code not in _UNKNOWN]


def called_names(compiled: Compiled) -> set[str]:
    """Return the names that an expression calls as functions."""
    calls = (node.function for node in nodes_in(compiled.tree) if isinstance(node, Call))
    return {function.name for function in calls if isinstance(function, Name)}


def listed(tests: UnaryTests) -> Expression | None:
    """Return what unary tests list, values and ranges, as a list in their order; None where it is no list."""
    try:
        return compile_expression(f"[{tests.text}]")
    except FeelError:
        return None


def function(parameters: Sequence[str], call: Callable[[list[object]], object]) -> Function:
    """Return a FEEL function that asks Python; it gets as many arguments as it has parameters."""
    return Function(tuple(parameters), lambda _run, arguments: call(list(arguments)))


def is_function(value: object) -> bool:
    """Return whether a value can be called."""
    return isinstance(value, Function | Builtin)


def is_builtin(name: str) -> bool:
    """Return whether FEEL itself has a function of that name."""
    return name in BUILTINS


def invoke(called: object, arguments: Mapping[str, object], surroundings: Surroundings) -> tuple[Any, list[str]]:
    """Return what a function says of arguments by name, and its warnings; raises FeelError."""
    run = Run({}, surroundings)
    try:
        value = call_value_named(run, called, arguments)
    except Undefined as error:
        return None, [str(error.warning)]
    except (DecimalException, OverflowError):
        return None, ["a number is out of range"]
    return value, [str(warning) for warning in run.warnings or ()]


def measure(value: object) -> None:
    """Walk through a value; raises FeelLimitExceeded where that would take too long (shared lists make huge trees)."""
    if isinstance(value, list | dict):
        _measure(value, Walk())


def _measure(value: object, walk: Walk) -> None:
    walk.step()
    if isinstance(value, list | dict):
        for each in value if isinstance(value, list) else value.values():
            _measure(each, walk)


def kind(value: object) -> str:
    """Return FEEL's word for the kind of a value."""
    return "function" if isinstance(value, Builtin) else kind_of(value)


def equal(left: object, right: object) -> bool:
    """Return whether two values are equal, of the same kind."""
    return compared(left, right) is True


def accepts(listed_value: object, value: object) -> bool:
    """Return whether a value equals a listed one, or lies in a listed range."""
    return passes(value, listed_value) is True


def whole(value: object) -> int:
    """Return a number as an integer, 0 where it is none."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else 0


def midnight(date: object) -> Any:
    """Return a date's midnight in UTC."""
    return constant('date and time(v, time("00:00:00Z"))', {"v": date})


def plain(value: object) -> Any:
    """Return a value as JSON types; ranges as their text, functions as "function"."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, Range):
        return text_of(value)
    return "function" if is_function(value) else to_json(value)


def shown(value: object) -> str:
    """Return the beginning of a value as FEEL writes it, for a sentence."""
    written = quoted(value) if isinstance(value, str) else text_of(value)
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


def with_types(surroundings: Surroundings, types: Mapping[str, Callable[[Any], bool]]) -> Surroundings:
    """Return the surroundings with more types that `instance of` knows."""
    return replace(surroundings, types={**surroundings.types, **types})


def code(error: FeelError) -> str:
    """Return the code of a problem with an expression."""
    return "expression.limit" if isinstance(error, FeelLimitExceeded) else "expression.invalid"


def sentence(error: FeelError) -> str:
    """Return what is wrong with an expression as an English sentence, with line and column where they are known."""
    return str(error)
