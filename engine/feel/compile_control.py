"""if, for, some, every, and function literals."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.feel.compiler import Compiler, compiles
from engine.feel.errors import FeelLimitExceeded, Undefined
from engine.feel.iteration import Source, frames
from engine.feel.run import Code, Frame, Run, refused
from engine.feel.syntax import Conditional, For, FunctionLiteral, Iteration, Quantified
from engine.feel.trees import cost_of, names_in
from engine.feel.values import Function, Value, kind_of


@compiles(Conditional)
def _conditional(node: Conditional, compiler: Compiler) -> Code:
    condition, yes, no = compiler.codes((node.condition, node.yes, node.no))

    def chosen(run: Run, scope: Frame | None) -> Value:
        verdict = condition(run, scope)
        if verdict is True:
            return yes(run, scope)
        if verdict is not False:
            run.warn("condition_not_boolean", found=kind_of(verdict))
        return no(run, scope)

    return chosen


def _sources(
    iterations: Sequence[Iteration], compiler: Compiler, body: Callable[[], Code]
) -> tuple[list[Source], Code]:
    """Compile iterations, each inside the ones before it, and the body inside all."""
    if not iterations:
        return [], body()
    first, *rest = iterations
    source = Source(first.name, compiler.code(first.source), compiler.code(first.end) if first.end else None)
    with compiler.binding({first.name}):
        sources, code = _sources(rest, compiler, body)
    return [source, *sources], code


@compiles(For)
def _for(node: For, compiler: Compiler) -> Code:
    with compiler.binding({"partial"}):
        sources, body = _sources(node.iterations, compiler, lambda: compiler.code(node.body))
    cost = cost_of(node.body)
    partial = "partial" in names_in(node.body)

    def gone_through(run: Run, scope: Frame | None) -> Value:
        made: list[Value] = []
        base = Frame({"partial": made}, scope) if partial else scope
        most = run.surroundings.limits.items
        try:
            for frame in frames(sources, run, base, cost):
                if partial and base is not None:
                    base.values["partial"] = run.kept_list(list(made))  # a snapshot, so that no list contains itself
                made.append(body(run, frame))
                if len(made) > most:
                    raise FeelLimitExceeded("items", most)
        except Undefined as error:
            return refused(run, error)
        return made

    return gone_through


@compiles(Quantified)
def _quantified(node: Quantified, compiler: Compiler) -> Code:
    sources, body = _sources(node.iterations, compiler, lambda: compiler.code(node.body))
    decisive = not node.every
    cost = cost_of(node.body)

    def tested(run: Run, scope: Frame | None) -> Value:
        decided = True
        try:
            for frame in frames(sources, run, scope, cost):
                verdict = body(run, frame)
                if verdict is decisive:
                    return decisive
                decided = decided and type(verdict) is bool
        except Undefined as error:
            return refused(run, error)
        return (not decisive) if decided else None

    return tested


@compiles(FunctionLiteral)
def _function(node: FunctionLiteral, compiler: Compiler) -> Code:
    names = tuple(name for name, _ in node.parameters)
    types = tuple(type_ for _, type_ in node.parameters)
    with compiler.binding(names):
        body = compiler.code(node.body)
    cost = cost_of(node.body)

    def made(run: Run, scope: Frame | None) -> Value:
        context, given = run.context, run.given

        def called(caller: Run, arguments: Sequence[Value]) -> Value:
            caller.spend(cost)
            frame = Frame(dict(zip(names, arguments, strict=True)), scope)
            if caller.context is context:
                return body(caller, frame)
            return _elsewhere(caller, context, given, lambda: body(caller, frame))

        return Function(names, called, types if any(types) else ())

    return made


def _elsewhere(run: Run, context: Mapping[str, Any], given: Value, body: Callable[[], Value]) -> Value:
    """Run a body over the data among which its function was made, not those among which it is called."""
    kept = run.context, run.converted, run.given
    run.context, run.converted, run.given = context, None, given
    try:
        return body()
    finally:
        run.context, run.converted, run.given = kept
