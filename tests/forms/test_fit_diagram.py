"""The diagrams decide by what the forms ask: every form, field and value that a diagram names is there."""

import json
import re

import pytest
from lxml import etree

from tests.forms.samples import ROOT, shipped

WORKFLOWS = ROOT.parent / "workflows"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
COMPARED = re.compile(r'(?P<form>\w+)\.(?P<field>\w+) = "(?P<value>\w+)"')
FED = re.compile(r'unitFrom="(?P<form>\w+)\.(?P<field>\w+)"')
DIAGRAMS = sorted(WORKFLOWS.glob("*/*.bpmn"))


def compared() -> list[tuple[str, str, str, str]]:
    """Return (process, form, field, value) of every comparison in the diagrams we ship."""
    conditions = [
        (diagram.parent.name, condition.text or "")
        for diagram in DIAGRAMS
        for condition in etree.parse(diagram).iter(f"{BPMN}conditionExpression")
    ]
    return [(process, *match.groups()) for process, text in conditions for match in COMPARED.finditer(text)]


@pytest.mark.parametrize(("process", "form", "field", "value"), compared())
def test_what_a_diagram_decides_by_can_be_chosen_in_its_form(process: str, form: str, field: str, value: str):
    asked = next(f for f in shipped(f"{process}/{form}.json").fields if f.key == field)

    assert asked.routing
    assert value in dict(asked.options)


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda path: path.stem)
def test_the_units_a_task_goes_to_are_chosen_in_a_form(diagram):
    named = [match.groups() for match in FED.finditer(diagram.read_text(encoding="utf-8"))]

    kinds = [
        next(f for f in shipped(f"{diagram.parent.name}/{form}.json").fields if f.key == field).type
        for form, field in named
    ]
    assert kinds == ["units"] * len(named)


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda path: path.stem)
def test_a_process_names_exactly_the_forms_that_are_there(diagram):
    manifest = json.loads((diagram.parent / "process.json").read_text(encoding="utf-8"))

    assert sorted(manifest["forms"].values()) == sorted(
        str(path.relative_to(ROOT)) for path in (ROOT / diagram.parent.name).glob("*.json")
    )
