"""
What is wrong with an expression although it is FEEL: said when a model is deployed, before any case runs into it.

Each finding is certain to be an error, or null, whatever the data.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.feel.compiled import Compiled, compile_expression, compile_unary_tests
from engine.feel.errors import Undefined
from engine.feel.lexer import place, unknown_name
from engine.feel.messages import sentence
from engine.feel.regex import compiled_pattern
from engine.feel.signatures import BUILTINS, Builtin
from engine.feel.syntax import (
    AtLiteral,
    Call,
    ContextLiteral,
    For,
    FunctionLiteral,
    InstanceOf,
    Literal,
    Name,
    Node,
    Quantified,
    TypeNode,
)
from engine.feel.temporal_text import (
    date_of_text,
    date_time_of_text,
    duration_of_text,
    temporal_of_text,
    time_of_text,
)
from engine.feel.trees import nodes_in
from engine.feel.type_tests import BUILT_IN_TYPES

Mistake = tuple[str, dict[str, Any], int]  # code, facts, offset in the text


class Finding(NamedTuple):
    """A certain mistake: a stable code, its facts, and its place, counted from 1."""

    code: str
    facts: dict[str, Any]
    line: int
    column: int

    def __str__(self) -> str:
        """Return the mistake as an English sentence with its place."""
        return f"line {self.line}, column {self.column}: {sentence(self.code, self.facts)}"


@dataclass(frozen=True)
class Vocabulary:
    """What an expression may use: the names of its data (None: any), those inside it, and the types of the user."""

    names: Collection[str] | None = None
    inner: Collection[str] = ()  # names of several words inside contexts, needed to read paths and filters
    types: Collection[str] = ()


def check_expression(text: str, vocabulary: Vocabulary | None = None) -> tuple[Finding, ...]:
    """Return the certain mistakes of an expression, in their order. Raises FeelSyntaxError, FeelLimitExceeded."""
    return _checked(compile_expression, text, vocabulary or Vocabulary())


def check_tests(text: str, vocabulary: Vocabulary | None = None) -> tuple[Finding, ...]:
    """Return the certain mistakes of unary tests, in their order. Raises FeelSyntaxError, FeelLimitExceeded."""
    return _checked(compile_unary_tests, text, vocabulary or Vocabulary())


def _checked(compile_: Callable[..., Compiled], text: str, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    compiled = compile_(text, names=(*(vocabulary.names or ()), *vocabulary.inner, *vocabulary.types))
    mistakes = [*_unknown_names(compiled, vocabulary.names), *_in_tree(compiled.tree, vocabulary)]
    return tuple(
        Finding(code, facts, *place(text, offset))
        for code, facts, offset in sorted(mistakes, key=lambda mistake: mistake[2])
    )


def _unknown_names(compiled: Compiled, known: Collection[str] | None) -> Iterator[Mistake]:
    """Yield free names that the data will not explain; without a vocabulary, functions that do not exist."""
    called = {id(node.function) for node in nodes_in(compiled.tree) if isinstance(node, Call)}
    for node in nodes_in(compiled.tree):
        if not isinstance(node, Name) or node.name not in compiled.names or node.name in BUILTINS:
            continue
        if id(node) in called if known is None else node.name not in known:
            code = "unknown_function" if id(node) in called else "unknown_name"
            yield code, unknown_name(node.name), node.position


def _in_tree(tree: Node, vocabulary: Vocabulary) -> Iterator[Mistake]:
    own = set(_declared(tree))
    for node in nodes_in(tree):
        match node:
            case AtLiteral(text=text, position=position):
                yield from _read(temporal_of_text, text, position)
            case ContextLiteral():
                yield from _duplicates(node)
            case InstanceOf(type=type_, position=position):
                yield from _unknown_types(type_, vocabulary.types, position)
            case Call(function=Name(name=name)) if name in BUILTINS and name not in own:
                yield from _call(node, node.function, BUILTINS[name])
            case _:
                continue


def _declared(tree: Node) -> Iterator[str]:
    """Yield every name that the expression declares anywhere; it may stand for a function of its own."""
    for node in nodes_in(tree):
        match node:
            case ContextLiteral(entries=entries):
                yield from (key for key, _ in entries)
            case FunctionLiteral(parameters=parameters):
                yield from (name for name, _ in parameters)
            case For(iterations=iterations) | Quantified(iterations=iterations):
                yield from (each.name for each in iterations)
            case _:
                continue


def _duplicates(node: ContextLiteral) -> Iterator[Mistake]:
    keys = [key for key, _ in node.entries]
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        yield "duplicate_key", {"name": key}, node.position


def _unknown_types(node: TypeNode, types: Collection[str], position: int) -> Iterator[Mistake]:
    if node.name not in BUILT_IN_TYPES and node.name not in types:
        yield "unknown_type", {"name": node.name}, position
    parts: Iterable[TypeNode | None] = (*node.items, node.result, *(type_ for _, type_ in node.fields))
    for part in parts:
        if part is not None:
            yield from _unknown_types(part, types, position)


def _call(node: Call, function: Node, builtin: Builtin) -> Iterator[Mistake]:
    position = function.position if isinstance(function, Name) else 0
    if node.named:
        names = [name for name, _ in node.named]
        if not any(builtin.fits_names(signature, names) for signature in builtin.signatures):
            yield "wrong_parameters", {"function": builtin.name, "found": ", ".join(names)}, position
    elif not any(signature.takes(len(node.arguments)) for signature in builtin.signatures):
        yield "wrong_arguments", {"function": builtin.name, "found": len(node.arguments)}, position
    yield from _literal_argument(node, builtin.name, position)


_TEXT_READERS: dict[str, tuple[int, Callable[[str], object]]] = {
    "date": (0, date_of_text),
    "time": (0, time_of_text),
    "date and time": (0, date_time_of_text),
    "duration": (0, duration_of_text),
    "matches": (1, lambda pattern: compiled_pattern(pattern, "")),
    "replace": (1, lambda pattern: compiled_pattern(pattern, "")),
    "split": (1, lambda pattern: compiled_pattern(pattern, "")),
}
_PLAIN_CALLS = {"date": 1, "time": 1, "date and time": 1, "duration": 1, "matches": 2, "replace": 3, "split": 2}


def _literal_argument(node: Call, name: str, position: int) -> Iterator[Mistake]:
    """Check a text that stands in the call itself: a date, a duration, a pattern without flags."""
    if len(node.arguments) != _PLAIN_CALLS.get(name):
        return
    index, read = _TEXT_READERS[name]
    argument = node.arguments[index]
    if isinstance(argument, Literal) and isinstance(argument.value, str):
        yield from _read(read, argument.value, position)


def _read(read: Callable[[str], object], text: str, position: int) -> Iterator[Mistake]:
    try:
        read(text)
    except Undefined as error:
        yield error.warning.code, dict(error.warning.facts), position
