"""One evaluation: its data, its budget, and the warnings it has collected."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.feel.errors import FeelLimitExceeded, FeelWarning, Undefined
from engine.feel.surroundings import Surroundings
from engine.feel.values import Value


class Missing:
    """Stands for a name without a value."""


MISSING = Missing()


class Frame:
    """The names that a part of the expression has bound, over those of the part around it."""

    __slots__ = ("outer", "values")

    def __init__(self, values: dict[str, Value], outer: "Frame | None") -> None:
        """Keep both."""
        self.values = values
        self.outer = outer


class Run:
    """
    One evaluation. What most expressions never use is an attribute of the class, so that a run is cheap to begin.

    `converted` keeps the data that had to be converted; `given` is the input of unary tests.
    """

    warnings: list[FeelWarning] | None = None
    converted: dict[str, Value] | None = None
    given: Any = MISSING
    spent = 0
    calls = 0

    def __init__(self, context: Mapping[str, Any], surroundings: Surroundings) -> None:
        """Begin."""
        self.context = context
        self.surroundings = surroundings

    def spend(self, steps: int = 1) -> None:
        """Count work. Raises FeelLimitExceeded."""
        self.spent += steps
        if self.spent > self.surroundings.limits.steps:
            raise FeelLimitExceeded("steps", self.surroundings.limits.steps)

    def warn(self, code: str, **facts: Any) -> None:
        """Note why a value is null."""
        self.note(FeelWarning(code, facts))

    def note(self, warning: FeelWarning) -> None:
        """Note a warning; beyond a hundred they only repeat themselves."""
        if self.warnings is None:
            self.warnings = []
        if len(self.warnings) < _WARNINGS:
            self.warnings.append(warning)

    def kept_list(self, items: list[Value]) -> list[Value]:
        """Return a list that has been made. Raises FeelLimitExceeded when it is too long."""
        size = len(items)
        if size > self.surroundings.limits.items:
            raise FeelLimitExceeded("items", self.surroundings.limits.items)
        self.spend(size >> 3)
        return items

    def kept_text(self, text: str) -> str:
        """Return a string that has been made. Raises FeelLimitExceeded when it is too long."""
        size = len(text)
        if size > self.surroundings.limits.characters:
            raise FeelLimitExceeded("characters", self.surroundings.limits.characters)
        self.spend(size >> 6)
        return text


_WARNINGS = 100
# what raises where strictness is asked for, whatever the value is
FATAL = frozenset({"unknown_name", "no_entry", "no_property", "condition_not_boolean"})
Code = Callable[[Run, Frame | None], Value]  # a part of an expression, compiled


def refused(run: Run, error: Undefined) -> None:
    """Note the reason of an operation without a value; it is null."""
    run.note(error.warning)
