"""Boxed expressions: each knows how to give its value in a scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.dmn import language
from engine.dmn.places import Place
from engine.dmn.run import Scope
from engine.dmn.types import DataType


class Boxed(Protocol):
    """Anything with a value: a literal expression, a table, a context."""

    def value(self, scope: Scope) -> object:
        """Return the FEEL value in this scope; raises DecisionFailed."""
        ...


@dataclass(frozen=True)
class Literal:
    """One FEEL expression, as text in a box."""

    text: str
    compiled: language.Expression
    place: Place

    def value(self, scope: Scope) -> object:
        """Return what the expression says."""
        return scope.run.evaluate(self.compiled, scope.values, self.place)


@dataclass(frozen=True)
class Broken:
    """An expression that does not compile: null in lenient mode, refused otherwise."""

    detail: str
    place: Place

    def value(self, scope: Scope) -> object:
        """Return null, with a warning."""
        return scope.run.doubt("expression", self.detail, self.place)


@dataclass(frozen=True)
class Typed:
    """An expression with a type: its value is made to fit."""

    inner: Boxed
    type: DataType
    place: Place

    def value(self, scope: Scope) -> object:
        """Return the value as the type."""
        return scope.run.fit(self.inner.value(scope), self.type, self.place)


@dataclass(frozen=True)
class Entries:
    """A boxed context; the last entry without a name, if any, is its result."""

    entries: tuple[tuple[str, Boxed], ...]
    result: Boxed | None
    place: Place

    def value(self, scope: Scope) -> object:
        """Return the context, or its result; each entry sees the ones before it."""
        found: dict[str, object] = {}
        for name, entry in self.entries:
            found[name] = entry.value(scope.extended(found))
        return scope.run.kept(found, self.place) if self.result is None else self.result.value(scope.extended(found))


@dataclass(frozen=True)
class Items:
    """A boxed list."""

    items: tuple[Boxed, ...]
    place: Place

    def value(self, scope: Scope) -> object:
        """Return the list."""
        return scope.run.kept([item.value(scope) for item in self.items], self.place)


@dataclass(frozen=True)
class Relation:
    """A table of contexts: one per row, keyed by column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Boxed, ...], ...]
    place: Place

    def value(self, scope: Scope) -> object:
        """Return the rows as a list of contexts."""
        rows = [{name: cell.value(scope) for name, cell in zip(self.columns, row, strict=True)} for row in self.rows]
        return scope.run.kept(rows, self.place)


@dataclass(frozen=True)
class Conditional:
    """if, then, else."""

    condition: Boxed
    then: Boxed
    otherwise: Boxed
    place: Place

    def value(self, scope: Scope) -> object:
        """Return the value of a branch; null, with a doubt, where the condition is neither true nor false."""
        condition = self.condition.value(scope)
        if not isinstance(condition, bool):
            return scope.run.doubt("wrong_type", "the condition is neither true nor false", self.place)
        return (self.then if condition else self.otherwise).value(scope)


@dataclass(frozen=True)
class Filter:
    """The items of a list that match; a number takes the item at that position."""

    source: Boxed
    match: Boxed
    place: Place

    def value(self, scope: Scope) -> object:
        """Return the matching items."""
        source = self.source.value(scope)
        items = source if isinstance(source, list) else [] if source is None else [source]
        kept: list[object] = []
        for position, item in enumerate(items):
            seen: dict[str, object] = {"item": item}
            verdict = self.match.value(scope.extended(item | seen if isinstance(item, dict) else seen))
            if position == 0 and language.kind(verdict) == "number":
                return self._at(items, language.whole(verdict), scope)
            if not isinstance(verdict, bool | None):
                return scope.run.doubt("wrong_type", "the condition is neither true nor false", self.place)
            if verdict:
                kept.append(item)
        return kept

    def _at(self, items: list[object], position: int, scope: Scope) -> object:
        if position != 0 and abs(position) <= len(items):
            return items[position - 1 if position > 0 else position]
        return scope.run.doubt("expression", "there is no item at this position", self.place)


@dataclass(frozen=True)
class Function:
    """A function definition; its value is a FEEL function that remembers the scope it was made in."""

    parameters: tuple[tuple[str, DataType], ...]
    body: Boxed
    result: DataType
    place: Place

    def value(self, scope: Scope) -> object:
        """Return the function."""

        def call(arguments: list[object]) -> object:
            return self.call(arguments, scope)

        return language.function([name for name, _ in self.parameters], call)

    def call(self, arguments: list[object], scope: Scope) -> object:
        """Return the body's value for arguments in the order of the parameters; null where one does not fit."""
        given = scope.run.arguments(self.parameters, arguments, self.place)
        return None if given is None else self.apply(given, scope)

    def apply(self, given: Mapping[str, object], scope: Scope) -> object:
        """Return the body's value for arguments by name, made to fit."""
        run = scope.run
        with run.deeper(self.place):
            return run.fit(self.body.value(scope.extended(given)), self.result, self.place)


@dataclass(frozen=True)
class Invocation:
    """A call of a function by parameter names."""

    called: Boxed
    bindings: tuple[tuple[str, Boxed], ...]
    place: Place

    def value(self, scope: Scope) -> object:
        """Return what the function returns."""
        run = scope.run
        function = self.called.value(scope)
        arguments = {name: binding.value(scope) for name, binding in self.bindings}
        if not language.is_function(function):
            return run.doubt("call", "what is called is not a function", self.place)
        run.spend(self.place)
        value, warnings = language.invoke(function, arguments, run.surroundings)
        for warning in warnings:
            run.doubt("call", warning, self.place)
        return value
