"""
What can go wrong with an expression.

FeelError
├── FeelSyntaxError     the text is not FEEL: line and column say where
├── FeelLimitExceeded   the text, a value or the work is larger than the limits allow
└── FeelRuntimeError    the expression has no answer in these surroundings
    └── StrictNull      an unknown name, or a null that comes with a warning, where strictness was asked for
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine.feel.messages import sentence


class FeelWarning(NamedTuple):
    """Why a part of an expression is null: a stable code and its facts."""

    code: str
    facts: Mapping[str, Any]

    def __str__(self) -> str:
        """Return the reason as an English sentence."""
        return sentence(self.code, self.facts)


class FeelError(Exception):
    """The root: a stable `code`, its `facts`, and the sentence as the text of the exception."""

    def __init__(self, code: str, facts: Mapping[str, Any] | None = None) -> None:
        """Keep code and facts."""
        self.code = code
        self.facts: dict[str, Any] = dict(facts or {})
        super().__init__(sentence(code, self.facts))


class FeelSyntaxError(FeelError):
    """The text is not FEEL. Line and column count from 1."""

    def __init__(self, code: str, facts: Mapping[str, Any] | None = None, *, line: int = 1, column: int = 1) -> None:
        """Keep the place."""
        super().__init__(code, facts)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """Return the sentence with its place in front."""
        return f"line {self.line}, column {self.column}: {sentence(self.code, self.facts)}"


class FeelLimitExceeded(FeelError):
    """The text, a value or the work is larger than `limit` (a field of Limits) allows."""

    def __init__(self, limit: str, most: int) -> None:
        """Keep which limit it was, and its value."""
        super().__init__("limit_exceeded", {"limit": limit, "most": most})
        self.limit = limit


class FeelRuntimeError(FeelError):
    """The expression has no answer in these surroundings."""


class StrictNull(FeelRuntimeError):
    """An unknown name, or a null that comes with a warning; `warnings` says every reason, the first one first."""

    def __init__(self, warnings: Sequence[FeelWarning]) -> None:
        """Keep the reasons; code and facts are those of the first."""
        first = warnings[0]
        super().__init__(first.code, first.facts)
        self.warnings = tuple(warnings)


class Undefined(Exception):
    """Inside: an operation has no value for these operands; it becomes null and a warning."""

    def __init__(self, code: str, **facts: Any) -> None:
        """Keep code and facts for the warning."""
        super().__init__(code)
        self.warning = FeelWarning(code, facts)
