"""Expressions as a designer of a service centre writes them, with Chinese names."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.feel import compile_expression, to_json
from tests.feel.office import DATA, NAMES, SURROUNDINGS

EXAMPLES = json.loads((Path(__file__).parent / "everyday.json").read_text("utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"])
def test_an_everyday_expression_has_its_value(example: dict[str, Any]) -> None:
    compiled = compile_expression(example["text"], names=NAMES)

    value = to_json(compiled.evaluate(DATA, surroundings=SURROUNDINGS))

    assert value == example["expected"]


def test_there_are_everyday_expressions_enough() -> None:
    assert len(EXAMPLES) >= 51
