"""Boxed iterations: for, some, every."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.dmn import language
from engine.dmn.boxed import Boxed
from engine.dmn.errors import DecisionFailed
from engine.dmn.places import Place
from engine.dmn.run import Scope

MOST_ITEMS = 20_000


@dataclass(frozen=True)
class Iteration:
    """A variable that takes each item of a list or range in turn."""

    variable: str
    source: Boxed
    place: Place

    def scopes(self, scope: Scope) -> Iterator[Scope] | None:
        """Return a scope for each item; None, with a doubt, where there is nothing to walk through."""
        source = self.source.value(scope)
        items = scope.run.evaluate(language.fixed("for i in v return i"), {"v": source}, self.place)
        if not isinstance(items, list):
            return scope.run.doubt("wrong_type", "there is no list to go through", self.place)
        if len(items) > MOST_ITEMS:
            raise DecisionFailed("limit", f"the list is longer than {MOST_ITEMS} items", self.place)
        return (scope.extended({self.variable: item}) for item in items)


@dataclass(frozen=True)
class For:
    """A list made of one value per item; `partial` is the list so far, for a body that names it."""

    iteration: Iteration
    body: Boxed
    partial: bool

    def value(self, scope: Scope) -> object:
        """Return the list."""
        scopes = self.iteration.scopes(scope)
        if scopes is None:
            return None
        made: list[object] = []
        for each in scopes:
            seen = each.extended({"partial": list(made)}) if self.partial else each
            made.append(self.body.value(seen))
        return scope.run.kept(made, self.iteration.place)


@dataclass(frozen=True)
class Quantified:
    """Whether some, or every, item satisfies a condition (three-valued)."""

    iteration: Iteration
    condition: Boxed
    every: bool

    def value(self, scope: Scope) -> object:
        """Return true, false or null."""
        scopes = self.iteration.scopes(scope)
        if scopes is None:
            return None
        sure = True
        for each in scopes:
            verdict = self.condition.value(each)
            if verdict is not self.every and isinstance(verdict, bool):
                return verdict
            sure = sure and isinstance(verdict, bool)
        return self.every if sure else None
