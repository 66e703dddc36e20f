"""The examples of docs/feel.md are true."""

import re
from pathlib import Path

import pytest

from engine.feel.limits import STANDARD
from engine.feel.signatures import BUILTINS
from tests.feel.office import said

PAGE = (Path(__file__).parents[2] / "docs" / "feel.md").read_text("utf-8")
EXAMPLES = re.findall(r"^(\S.*?) +→ (.*)$", "\n".join(re.findall(r"```feel\n(.*?)```", PAGE, re.DOTALL)), re.MULTILINE)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_an_example_has_the_value_that_the_page_says(text: str, expected: str) -> None:
    assert said(text) == expected


def test_the_page_names_every_function() -> None:
    assert len(EXAMPLES) > 30
    assert [name for name in BUILTINS if f"`{name}" not in PAGE] == []


def test_the_page_says_the_limits_as_they_are() -> None:
    numbers = [STANDARD.text, STANDARD.nesting, STANDARD.steps, STANDARD.items, STANDARD.characters, STANDARD.nodes]

    assert [number for number in numbers if f"| {number:,} |" not in PAGE] == []
