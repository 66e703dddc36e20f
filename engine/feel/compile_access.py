"""Literals, names, paths, filters, and what brackets build."""

from decimal import Decimal

from engine.feel.compiler import Compiler, compiles
from engine.feel.conversions import from_json
from engine.feel.decimals import is_whole
from engine.feel.equality import checked_range
from engine.feel.errors import Undefined
from engine.feel.lexer import unknown_name
from engine.feel.properties import property_of
from engine.feel.run import MISSING, Code, Frame, Run, refused
from engine.feel.signatures import BUILTINS
from engine.feel.syntax import (
    AtLiteral,
    ContextLiteral,
    Filter,
    FunctionLiteral,
    ListLiteral,
    Literal,
    Name,
    Path,
    RangeLiteral,
)
from engine.feel.temporal_text import temporal_of_text
from engine.feel.trees import cost_of
from engine.feel.values import Value

_AS_THEY_ARE = frozenset({str, Decimal, bool, type(None)})
_INDEX = 10**9


@compiles(Literal)
def _literal(node: Literal, compiler: Compiler) -> Code:
    return compiler.constant(node.value)


@compiles(AtLiteral)
def _at_literal(node: AtLiteral, compiler: Compiler) -> Code:
    try:
        return compiler.constant(temporal_of_text(node.text))
    except Undefined as error:
        return warned(error)


def warned(error: Undefined) -> Code:
    """Return a closure that is always null, with this reason."""

    def said(run: Run, scope: Frame | None) -> Value:
        refused(run, error)

    return said


@compiles(Name)
def _name(node: Name, compiler: Compiler) -> Code:
    name = node.name
    if name == "?" and not compiler.is_bound("?"):
        return given_value
    if compiler.is_bound(name):
        return bound_name(name)
    compiler.asks_for(name)
    return bound_name(name) if compiler.in_filter() else free_name(name)


def free_name(name: str) -> Code:
    """Return a closure that reads a name from the data."""

    def read(run: Run, scope: Frame | None) -> Value:
        value = run.context.get(name, MISSING)
        kind = type(value)
        if kind is int:
            return Decimal(value)
        return value if kind in _AS_THEY_ARE else _converted(run, name, value)

    return read


def bound_name(name: str) -> Code:
    """Return a closure that reads a name from the frames, then from the data."""
    read_free = free_name(name)

    def read(run: Run, scope: Frame | None) -> Value:
        frame = scope
        while frame is not None:
            value = frame.values.get(name, MISSING)
            if value is not MISSING:
                return value
            frame = frame.outer
        return read_free(run, None)

    return read


def _converted(run: Run, name: str, value: object) -> Value:
    """Return a value of the data as a FEEL value, converted once; a missing one may be the name of a function."""
    if value is MISSING:
        function = BUILTINS.get(name)
        if function is None:
            run.warn("unknown_name", **unknown_name(name))
        return function
    if run.converted is None:
        run.converted = {}
    kept = run.converted.get(name, MISSING)
    if kept is MISSING:
        kept = run.converted[name] = from_json(value)
    return kept


def given_value(run: Run, scope: Frame | None) -> Value:
    """Return the input of unary tests."""
    if run.given is MISSING:
        run.given = from_json(run.context["?"]) if "?" in run.context else None
    return run.given


@compiles(Path)
def _path(node: Path, compiler: Compiler) -> Code:
    source, name = compiler.code(node.source), node.name

    def read(run: Run, scope: Frame | None) -> Value:
        value = source(run, scope)
        if type(value) is dict:
            found = value.get(name, MISSING)
            if found is not MISSING:
                return found
        return _entry(value, name, run)

    return compiler.folded(read, [source])


def _entry(value: Value, name: str, run: Run) -> Value:
    if value is None:
        return None
    if type(value) is dict:
        if name not in value:
            run.warn("no_entry", **unknown_name(name))
        return value.get(name)
    if type(value) is list:
        run.spend(len(value))
        return [_entry(item, name, run) for item in value]
    try:
        return property_of(value, name)
    except Undefined as error:
        return refused(run, error)


@compiles(Filter)
def _filter(node: Filter, compiler: Compiler) -> Code:
    source = compiler.code(node.source)
    with compiler.binding({"item"}, filtering=True):
        condition = compiler.code(node.condition)
    cost = cost_of(node.condition)

    def filtered(run: Run, scope: Frame | None) -> Value:
        value = source(run, scope)
        items = value if type(value) is list else [] if value is None else [value]
        if not items:
            return _filter_nothing(condition(run, Frame({"item": None}, scope)), run)
        chosen: list[Value] = []
        for place, item in enumerate(items):
            run.spend(cost)
            frame = Frame({"item": item}, scope)
            verdict = condition(run, Frame(item, frame) if type(item) is dict else frame)
            if verdict is True:
                chosen.append(item)
            elif place == 0 and type(verdict) is Decimal:
                return _element(items, verdict, run)
        return run.kept_list(chosen)

    return filtered


def _filter_nothing(verdict: Value, run: Run) -> Value:
    """Return what a filter leaves of an empty list: its condition is asked only to tell an index from a test."""
    return _element([], verdict, run) if type(verdict) is Decimal else []


def _element(items: list[Value], index: Decimal, run: Run) -> Value:
    place = int(index) if is_whole(index) and abs(index) < _INDEX else 0
    if 1 <= place <= len(items):
        return items[place - 1]
    if 1 <= -place <= len(items):
        return items[place]
    run.warn("index_out_of_range", index=index)
    return None


@compiles(ListLiteral)
def _list(node: ListLiteral, compiler: Compiler) -> Code:
    items = compiler.codes(node.items)

    def built(run: Run, scope: Frame | None) -> Value:
        return run.kept_list([item(run, scope) for item in items])

    return built


@compiles(ContextLiteral)
def _context(node: ContextLiteral, compiler: Compiler) -> Code:
    keys = [key for key, _ in node.entries]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        return warned(Undefined("duplicate_key", name=twice))
    entries: list[tuple[str, Code]] = []
    for place, (key, value) in enumerate(node.entries):
        recursive = isinstance(value, FunctionLiteral)  # a function may call itself by its key
        with compiler.binding(keys[: place + recursive]):
            entries.append((key, compiler.code(value)))

    def built(run: Run, scope: Frame | None) -> Value:
        context: dict[str, Value] = {}
        frame = Frame(context, scope)
        for key, value in entries:
            context[key] = value(run, frame)
        return context

    return built


@compiles(RangeLiteral)
def _range(node: RangeLiteral, compiler: Compiler) -> Code:
    low, high = compiler.code(node.low), compiler.code(node.high)

    def built(run: Run, scope: Frame | None) -> Value:
        try:
            return checked_range(low(run, scope), high(run, scope), node.low_closed, node.high_closed)
        except Undefined as error:
            return refused(run, error)

    return compiler.folded(built, [low, high])
