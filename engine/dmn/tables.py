"""Decision tables: which rules fire, and the record of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.dmn import language
from engine.dmn.boxed import Boxed
from engine.dmn.hit_policies import HitPolicy, combine
from engine.dmn.language import UnaryTests
from engine.dmn.outputs import Fired, Output
from engine.dmn.places import Place
from engine.dmn.record import Step
from engine.dmn.run import Scope


@dataclass(frozen=True)
class Column:
    """An input column: the expression it asks, and the values that may come (None: any)."""

    label: str
    expression: Boxed
    allowed: UnaryTests | None
    place: Place

    def value(self, scope: Scope) -> object:
        """Return the value that the cells are compared with; one that may not come fails in strict mode."""
        value = self.expression.value(scope)
        if value is not None and self.allowed is not None and not _all_pass(self.allowed, value, scope):
            scope.run.doubt(
                "value_unlisted", f"{language.shown(value)} is not among the values of the column", self.place
            )
        return value


def _all_pass(allowed: UnaryTests, value: object, scope: Scope) -> bool:
    """Return whether a value, or each item of a list, is allowed."""
    if scope.run.passes(allowed, value):
        return True
    return isinstance(value, list) and all(scope.run.passes(allowed, each) for each in value)


@dataclass(frozen=True)
class Cell:
    """An input cell: unary tests on the column's value; None for a dash."""

    tests: UnaryTests | None
    place: Place


@dataclass(frozen=True)
class Rule:
    """A row of a table."""

    number: int  # from 1
    id: str | None
    cells: tuple[Cell, ...]
    outputs: tuple[Boxed, ...]
    annotations: tuple[tuple[str, str], ...]

    def fires(self, values: Sequence[object], scope: Scope) -> bool:
        """Return whether all cells accept the values of their columns."""
        return all(
            cell.tests is None or scope.run.matches(cell.tests, value, scope.values, cell.place)
            for cell, value in zip(self.cells, values, strict=True)
        )

    def fired(self, scope: Scope) -> Fired:
        """Return what the rule gives out."""
        return Fired(self.number, self.id, tuple(each.value(scope) for each in self.outputs))


@dataclass(frozen=True)
class Table:
    """A decision table."""

    policy: HitPolicy
    columns: tuple[Column, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    place: Place

    def value(self, scope: Scope) -> object:
        """Return what the hit policy makes of the rules that fire."""
        values = [column.value(scope) for column in self.columns]
        fired: list[Fired] = []
        for rule in self.rules:
            if rule.fires(values, scope):
                fired.append(rule.fired(scope))
                if self.policy.takes_first:
                    break
        self._record(values, fired, scope)
        return scope.run.kept(combine(self.policy, self.outputs, fired, scope, self.place), self.place)

    def _record(self, values: Sequence[object], fired: Sequence[Fired], scope: Scope) -> None:
        asked: list[Step] = [
            {"column": column.label, "value": language.plain(value)}
            for column, value in zip(self.columns, values, strict=True)
        ]
        scope.run.record.table(self.policy.name, asked, [self._step(each) for each in fired])

    def _step(self, fired: Fired) -> Step:
        rule = self.rules[fired.rule - 1]
        outputs = {
            output.label: language.plain(value) for output, value in zip(self.outputs, fired.values, strict=True)
        }
        step: Step = {"rule": fired.rule, "id": fired.id, "outputs": outputs}
        if rule.annotations:
            step["annotations"] = dict(rule.annotations)
        return step
