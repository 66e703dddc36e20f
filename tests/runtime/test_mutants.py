"""Diagrams damaged at random: each is refused with reasons or runs; none breaks the check."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import etree

from engine.domain.errors import Invalid
from tests.runtime.walking import NOW, RUNTIME

ROOT = Path(__file__).parents[2]
SOUND = [*sorted((ROOT / "workflows").glob("*/*.bpmn")), *sorted((ROOT / "tests/runtime/data/good").glob("*.bpmn"))]
SEEDS = 150
VALUES = ["true", "false", "0", "-1", "x y", "", "Start", "typename"]
TEXTS = ["", "x", "1", "true", "PT1S", "P1D", "R3/PT1S", "a.b = 1", "()"]


def damaged(seed: int) -> bytes:
    """Return a sound diagram after one to three random changes."""
    chance = Random(seed)  # noqa: S311  # no secret: a change
    root = etree.fromstring(chance.choice(SOUND).read_bytes(), etree.XMLParser(remove_comments=True))
    for _ in range(chance.randint(1, 3)):
        change(chance, [e for e in root.iter() if isinstance(e.tag, str)])
    return etree.tostring(root)


def change(chance: Random, elements: list[Any]) -> None:
    """Take something away, set an attribute or a text, copy or rename an element."""
    element, other = chance.choice(elements[1:]), chance.choice(elements[1:])
    kind = chance.choice(["remove", "attribute", "text", "copy", "rename"])
    if kind == "remove":
        element.getparent().remove(element)
    elif kind == "attribute" and element.attrib:
        ids = [e.get("id") for e in elements if e.get("id")]
        element.set(chance.choice(sorted(element.attrib)), chance.choice([*VALUES, *ids]))
    elif kind == "text":
        element.text = chance.choice(TEXTS)
    elif kind == "copy":
        element.append(etree.fromstring(etree.tostring(other)))
    else:
        element.tag = other.tag


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_damaged_diagram_is_refused_with_reasons_or_starts(seed: int):
    model = damaged(seed)

    refused = [problem for problem in RUNTIME.check(model) if problem.refused]

    assert all(problem.code and problem.message for problem in refused)
    assert refused or starts(model)


def starts(model: bytes) -> bool:
    """Return whether a model starts, or says itself why it cannot."""
    try:
        return RUNTIME.start(RUNTIME.define(model), "i1", {}, NOW).state.text != ""
    except Invalid as error:
        return bool(error.facts["reason"])
