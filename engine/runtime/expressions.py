"""
Expressions in diagrams are FEEL (docs/feel.md). Nothing else is evaluated, and no Python ever.

Conditions, collections, cardinalities and scripts all come through here, always strict: a name that is not there, and a
null that comes with a warning, are errors and never a silent false.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from engine.domain.errors import Invalid
from engine.domain.local_time import SHANGHAI
from engine.feel import (
    Compiled,
    FeelError,
    FeelSyntaxError,
    Finding,
    Surroundings,
    Vocabulary,
    WorkingTime,
    check_expression,
    compile_expression,
    names_in_data,
)
from engine.feel.syntax import ContextLiteral
from engine.runtime.exact import Seen, kept

Values = Mapping[str, Any]
NOT_A_CONDITION, NOT_ASSIGNMENTS = "not_a_condition", "not_assignments"


class ExpressionInvalid(Invalid):
    """
    An expression that is not FEEL, or that has no answer here.

    Facts: `text`, `reason` (a code of engine.feel, or one of ours) with its `feel_facts`, `detail` (an English
    sentence), and `line` and `column` of a text that cannot be read. The FeelError is the cause.
    """

    code = "expression_invalid"


def around(now: datetime, calendar: WorkingTime | None) -> Surroundings:
    """Return what an expression may know beside its data: the command's instant in local time, and the calendar."""
    return Surroundings(now=now.astimezone(SHANGHAI), calendar=calendar)


def compiled(text: str, names: Iterable[str] = ()) -> Compiled:
    """Return the expression ready to be asked; raises ExpressionInvalid. `names` are those of several words."""
    try:
        return compile_expression(_bare(text), names=names)
    except FeelError as error:
        raise _invalid(text, error) from error


def evaluate(text: str, values: Values, surroundings: Surroundings) -> Any:
    """Return an expression's value as it is stored (engine/runtime/exact.py); raises ExpressionInvalid without one."""
    expression = compiled(text, names_in_data(values))
    try:
        return kept(expression.evaluate(Seen(values), surroundings=surroundings))
    except FeelError as error:
        raise _invalid(text, error) from error


def assigned(text: str, values: Values, surroundings: Surroundings) -> dict[str, Any]:
    """Return what a script sets: the entries of its context. Raises ExpressionInvalid, also for any other text."""
    expression = compiled(text, names_in_data(values))
    if not isinstance(expression.tree, ContextLiteral):
        raise ExpressionInvalid(text=text[:80], reason=NOT_ASSIGNMENTS, feel_facts={}, detail="no FEEL context")
    return evaluate(text, values, surroundings)


def truth(value: Any) -> bool:
    """Return a condition's value; raises ExpressionInvalid when it is neither true nor false."""
    if not isinstance(value, bool):
        raise ExpressionInvalid(text=repr(value)[:80], reason=NOT_A_CONDITION, feel_facts={}, detail="no condition")
    return value


def mistakes_in(text: str, known: Collection[str] | None = None) -> tuple[Finding | FeelSyntaxError | FeelError, ...]:
    """
    Return what is certainly wrong with an expression whatever the data; each reads as an English sentence.

    `known` are all names that the data can have, where that is known: another one is a mistake.
    """
    try:
        return check_expression(_bare(text), None if known is None else Vocabulary(known))
    except FeelError as error:
        return (error,)


def entries_of(text: str) -> frozenset[str]:
    """Return the names that a script sets; raises ExpressionInvalid where it cannot be read."""
    tree = compiled(text).tree
    return frozenset(key for key, _ in tree.entries) if isinstance(tree, ContextLiteral) else frozenset()


def is_assignments(text: str) -> bool:
    """Return whether a text that can be read is a context: what a script may be."""
    return isinstance(compiled(text).tree, ContextLiteral)


def _bare(text: str) -> str:
    """Return the text without the sign that Camunda 8 writes in front."""
    stripped = text.strip()
    return stripped.removeprefix("=") if not stripped.startswith("==") else stripped


def _invalid(text: str, error: FeelError) -> ExpressionInvalid:
    place = {"line": error.line, "column": error.column} if isinstance(error, FeelSyntaxError) else {}
    return ExpressionInvalid(text=text[:80], reason=error.code, feel_facts=error.facts, detail=str(error), **place)
