"""What a decision table gives out: its output columns, and the values of a rule that fired."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.dmn import language
from engine.dmn.boxed import Boxed
from engine.dmn.language import Expression
from engine.dmn.places import Place
from engine.dmn.run import Scope
from engine.dmn.types import DataType


@dataclass(frozen=True)
class Output:
    """An output column; `order` lists the allowed values from the highest priority down."""

    name: str  # "" for a single output without one
    type: DataType
    order: Expression | None  # None: no values are listed
    default: Boxed | None
    place: Place

    @property
    def label(self) -> str:
        """Return what a person calls the column."""
        return self.place.column or self.name

    def ranks(self, scope: Scope) -> list[object]:
        """Return the values in the order of their priority."""
        if self.order is None:
            return []
        found = scope.run.evaluate(self.order, {}, self.place)
        return list(found) if isinstance(found, list) else []


@dataclass(frozen=True)
class Fired:
    """A rule that fired, with the values of its outputs."""

    rule: int
    id: str | None
    values: tuple[object, ...]


def result_of(outputs: Sequence[Output], values: Sequence[object]) -> object:
    """Return one rule's result: the value itself for one output, a context for several."""
    if len(outputs) == 1:
        return values[0]
    return {output.name: value for output, value in zip(outputs, values, strict=True)}


def by_priority(outputs: Sequence[Output], fired: Sequence[Fired], scope: Scope) -> list[Fired]:
    """Return the rules by the priority of their outputs, the first output first; unlisted values come last."""
    ranks = [output.ranks(scope) for output in outputs]

    def rank(rule: Fired) -> list[int]:
        return [_position(value, listed) for value, listed in zip(rule.values, ranks, strict=True)]

    return sorted(fired, key=rank)


def _position(value: object, listed: Sequence[object]) -> int:
    return next((place for place, each in enumerate(listed) if language.accepts(each, value)), len(listed))
