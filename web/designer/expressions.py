"""The bench for expressions: checked while typed, evaluated on demand, over data that the designer makes up."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.feel import (
    FeelError,
    FeelSyntaxError,
    Finding,
    Vocabulary,
    check_expression,
    compile_expression,
    names_in_data,
    to_json,
)
from engine.feel.rendering import quoted, text_of
from engine.feel.signatures import BUILTINS
from web.designer.asked import Unreadable, data_of, surroundings_at
from web.wording_feel import feel_words

MOST_SHOWN = 20_000  # characters of a value on the page


@dataclass(frozen=True)
class Mark:
    """A place in the expression and what is wrong there; line and column count from 1, 0 where no place is known."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Answer:
    """What the page shows: marks in the expression, a sentence about the data, or the value."""

    marks: tuple[Mark, ...] = ()
    unreadable: str = ""
    done: bool = False
    as_json: str = ""
    as_feel: str = ""
    steps: int = 0
    warnings: tuple[str, ...] = ()


def checked(typed: Mapping[str, str]) -> Answer:
    """Return what is wrong with the expression: grammar, names, functions and their arguments."""
    try:
        data = data_of(typed.get("data", ""))
    except Unreadable as error:
        return replace(Answer(_marks(typed.get("expression", ""), None)), unreadable=error.sentence)
    return Answer(_marks(typed.get("expression", ""), data))


def evaluated(typed: Mapping[str, str]) -> Answer:
    """Return the value of the expression over the data at the instant, or what is wrong."""
    answer = checked(typed)
    if answer.marks or answer.unreadable:
        return answer
    data, text = data_of(typed.get("data", "")), typed.get("expression", "")
    try:
        surroundings = surroundings_at(typed.get("instant", ""))
        outcome = compile_expression(text, names=names_in_data(data)).observe(data, surroundings=surroundings)
        written = json.dumps(to_json(outcome.value), ensure_ascii=False, indent=2)
        feel = quoted(outcome.value) if isinstance(outcome.value, str) else text_of(outcome.value)
    except Unreadable as error:
        return replace(answer, unreadable=error.sentence)
    except FeelError as error:
        return replace(answer, marks=(_mark(error),))
    return Answer(
        done=True,
        as_json=_shown(written),
        as_feel=_shown(feel),
        steps=outcome.steps,
        warnings=tuple(dict.fromkeys(feel_words(warning) for warning in outcome.warnings)),
    )


def function_names() -> list[str]:
    """Return the names of the built-in functions, for the editor's completion."""
    return sorted(BUILTINS)


def _marks(text: str, data: Mapping[str, Any] | None) -> tuple[Mark, ...]:
    known = Vocabulary() if data is None else Vocabulary(names=tuple(data), inner=tuple(names_in_data(data)))
    try:
        return tuple(map(_mark, check_expression(text, known)))
    except FeelError as error:
        return (_mark(error),)


def _mark(problem: FeelError | Finding) -> Mark:
    placed = isinstance(problem, FeelSyntaxError | Finding)
    return Mark(problem.line if placed else 0, problem.column if placed else 0, feel_words(problem))


def _shown(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"
