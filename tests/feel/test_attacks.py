"""Attempts to escape and to exhaust: each is refused, or has a harmless value, within the limits."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.feel import (
    FeelError,
    compile_expression,
    compile_unary_tests,
    kind_of,
    to_json,
)
from engine.feel.limits import STANDARD
from engine.feel.run import Run
from engine.feel.surroundings import NOWHERE
from engine.feel.values import KINDS

ATTACKS = [
    pytest.param(attack, id=f"{file.stem}-{number}")
    for file in sorted((Path(__file__).parent / "attacks").glob("*.json"))
    for number, attack in enumerate(json.loads(file.read_text("utf-8")))
]
DATA = {"a": 1, "s": "x" * 1000, "l": list(range(100))}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused_or_harmless(attack: dict[str, Any]) -> None:
    outcome = _outcome(attack["text"], attack["kind"])

    assert isinstance(outcome, FeelError) or _is_plain(outcome)


def _outcome(text: str, kind: str) -> Any:
    """Return the value, or the refusal."""
    try:
        compiled = compile_unary_tests(text) if kind == "tests" else compile_expression(text)
        return compiled.evaluate(DATA)
    except FeelError as error:
        return error


def _is_plain(value: Any) -> bool:
    """Say whether a value is a FEEL value of modest size, and holds nothing else."""
    try:
        return kind_of(value) in {"function", "range"} or json.dumps(to_json(value)) != ""
    except FeelError:
        return type(value) in KINDS


def test_there_are_attacks_enough_and_each_says_why() -> None:
    attacks = [param.values[0] for param in ATTACKS]

    assert len(attacks) >= 150
    assert all(set(attack) == {"text", "kind", "why"} and attack["why"] for attack in attacks)


def test_no_evaluation_spends_more_than_its_steps() -> None:
    run = Run({}, NOWHERE)

    with pytest.raises(FeelError):
        run.spend(STANDARD.steps + 1)
