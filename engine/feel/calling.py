"""Calls of functions that are values: built-in ones, and those of the expression."""

from collections.abc import Mapping, Sequence

from engine.feel.equality import within
from engine.feel.errors import FeelLimitExceeded, Undefined
from engine.feel.run import Run
from engine.feel.signatures import Builtin
from engine.feel.type_tests import fitted
from engine.feel.values import Function, Range, Value, kind_of


def call_value(run: Run, function: Value, arguments: Sequence[Value]) -> Value:
    """Return what a function, or a range used as one, says of arguments by position. Raises Undefined."""
    run.spend(2)
    kind = type(function)
    if kind is Builtin:
        return function.call(run, arguments)
    if kind is Function:
        return _call(run, function, arguments)
    if kind is Range and len(arguments) == 1:
        return within(arguments[0], function)
    raise Undefined("not_a_function", kind=kind_of(function))


def call_value_named(run: Run, function: Value, arguments: Mapping[str, Value]) -> Value:
    """Return what a function says of arguments by name. Raises Undefined."""
    run.spend(2)
    kind = type(function)
    if kind is Builtin:
        return function.call_named(run, arguments)
    if kind is Function:
        if set(arguments) != set(function.parameters):
            raise Undefined("wrong_parameters", function=function.name, found=", ".join(arguments))
        return _call(run, function, [arguments[name] for name in function.parameters])
    raise Undefined("not_a_function", kind=kind_of(function))


def _call(run: Run, function: Function, arguments: Sequence[Value]) -> Value:
    if len(arguments) != len(function.parameters):
        raise Undefined("wrong_arguments", function=function.name, found=len(arguments))
    limits, types = run.surroundings.limits, run.surroundings.types
    if function.types:
        arguments = [
            fitted(value, type_, types, name)
            for value, type_, name in zip(arguments, function.types, function.parameters, strict=True)
        ]
    if run.calls >= limits.calls:
        raise FeelLimitExceeded("calls", limits.calls)
    run.calls += 1
    try:
        return function.body(run, arguments)
    finally:
        run.calls -= 1
