"""Calls."""

from collections.abc import Sequence
from decimal import DecimalException

from engine.feel.calling import call_value, call_value_named
from engine.feel.compiler import Compiler, compiles
from engine.feel.errors import Undefined
from engine.feel.run import Code, Frame, Run, refused
from engine.feel.signatures import BUILTINS, Builtin
from engine.feel.syntax import Call, Name, Node
from engine.feel.values import Function, Value

_OUT_OF_RANGE = Undefined("number_out_of_range")
_TOLERANT = frozenset({"is defined", "get or else"})  # in their first argument, value, a missing name is expected


@compiles(Call)
def _call(node: Call, compiler: Compiler) -> Code:
    name = node.function.name if isinstance(node.function, Name) else ""
    known = BUILTINS.get(name)
    function = _builtin_or_own(name, known, compiler) if known else compiler.code(node.function)
    if node.named:
        return _named_call(node, function, known, compiler)
    tolerant = known is not None and name in _TOLERANT
    arguments = [
        _quiet(argument, compiler) if tolerant and place == 0 else compiler.code(argument)
        for place, argument in enumerate(node.arguments)
    ]
    code = _guarded(_positional(function, arguments))
    return compiler.folded(code, arguments) if known and known.pure and not compiler.is_bound(name) else code


def _builtin_or_own(name: str, known: Builtin, compiler: Compiler) -> Code:
    """
    Return a closure for the built-in function, unless the expression itself has a function of that name.

    The data never replace a built-in function: a field may be called `count` or `date` without changing any call.
    """
    if not compiler.is_bound(name):
        return compiler.constant(known)
    own = compiler.code(Name(name))

    def found(run: Run, scope: Frame | None) -> Value:
        value = own(run, scope)
        return value if type(value) is Function else known

    return found


def _positional(function: Code, arguments: Sequence[Code]) -> Code:
    def called(run: Run, scope: Frame | None) -> Value:
        callee = function(run, scope)
        return call_value(run, callee, [argument(run, scope) for argument in arguments])

    return called


def _named_call(node: Call, function: Code, known: Builtin | None, compiler: Compiler) -> Code:
    tolerant = known is not None and known.name in _TOLERANT
    arguments = {
        name: _quiet(value, compiler) if tolerant and name == "value" else compiler.code(value)
        for name, value in node.named
    }

    def called(run: Run, scope: Frame | None) -> Value:
        callee = function(run, scope)
        return call_value_named(run, callee, {name: value(run, scope) for name, value in arguments.items()})

    return _guarded(called)


def _guarded(called: Code) -> Code:
    """Return the call with its refusals turned into null and a warning."""

    def answered(run: Run, scope: Frame | None) -> Value:
        try:
            return called(run, scope)
        except Undefined as error:
            return refused(run, error)
        except (DecimalException, OverflowError):
            return refused(run, _OUT_OF_RANGE)

    return answered


def _quiet(node: Node, compiler: Compiler) -> Code:
    """Return an argument without the warnings that it makes: a missing name is what the function asks about."""
    with compiler.tolerating():
        argument = compiler.code(node)

    def read(run: Run, scope: Frame | None) -> Value:
        kept = run.warnings
        run.warnings = None
        try:
            return argument(run, scope)
        finally:
            run.warnings = kept

    return read
