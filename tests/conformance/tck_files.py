"""
Read the DMN technology compatibility kit: the cases whose decision is one literal expression.

What stands around them (tables, boxed contexts, business knowledge, services) belongs to the runner of the DMN room.
"""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.feel import Surroundings, compile_expression, is_instance, parse_type
from engine.feel.temporal_text import date_of_text, date_time_of_text, duration_of_text, time_of_text

Element = ET.Element
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
NOW = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
TOLERANCE = Decimal("1e-8")
READERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "boolean": lambda text: text == "true",
    "decimal": Decimal,
    "double": Decimal,
    "integer": Decimal,
    "int": Decimal,
    "long": Decimal,
    "float": Decimal,
    "date": date_of_text,
    "dateTime": date_time_of_text,
    "time": time_of_text,
    "duration": duration_of_text,
}


@dataclass(frozen=True)
class Case:
    """A result that a model must have for inputs."""

    id: str
    model: "Model"
    decision: str
    inputs: dict[str, Any]
    expected: Any


@dataclass
class Model:
    """What of a model the literal expressions of its decisions need."""

    root: Element
    names: frozenset[str] = frozenset()
    decisions: dict[str, Element] = field(default_factory=dict[str, Element])
    ids: dict[str, str] = field(default_factory=dict[str, str])
    types: dict[str, Element] = field(default_factory=dict[str, Element])

    def surroundings(self) -> Surroundings:
        """Return surroundings that know the model's own types."""
        return Surroundings(now=NOW, types={name: self._predicate(element) for name, element in self.types.items()})

    def _predicate(self, element: Element) -> Callable[[Any], bool]:
        return lambda value: self.conforms(value, element)

    def conforms(self, value: Any, definition: Element) -> bool:
        """Say whether a value is of an item definition."""
        if definition.get("isCollection") == "true":
            return isinstance(value, list) and all(self._single(item, definition) for item in value)
        return self._single(value, definition)

    def _single(self, value: Any, definition: Element) -> bool:
        components = children(definition, "itemComponent")
        if components:
            return isinstance(value, dict) and all(self._has(value, part) for part in components)
        if children(definition, "functionItem"):
            return is_instance(value, parse_type("function"), {})
        type_name = text_of_child(definition, "typeRef").split(":")[-1]
        return self.is_named(value, type_name)

    def _has(self, value: dict[str, Any], part: Element) -> bool:
        name = part.get("name") or ""
        return name in value and (value[name] is None or self.conforms(value[name], part))

    def is_named(self, value: Any, type_name: str) -> bool:
        """Say whether a value is of a built-in type or one of the model's."""
        return is_instance(value, parse_type(type_name, self.names), self.surroundings().types)


def children(element: Element, name: str) -> list[Element]:
    """Return the child elements of a local name."""
    return [child for child in element if child.tag.rsplit("}", 1)[-1] == name]


def text_of_child(element: Element, name: str) -> str:
    """Return the text of the first such child, "" without one."""
    found = children(element, name)
    return (found[0].text or "").strip() if found else ""


def read_model(path: Path) -> Model:
    """Return the model of a DMN file."""
    root = ET.parse(path).getroot()  # noqa: S314  # the kit's own files
    model = Model(root)
    names = {e.get("name") or "" for e in root.iter() if e.tag.rsplit("}", 1)[-1] in NAMED}
    model.names = frozenset(names)
    for decision in children(root, "decision"):
        model.decisions[decision.get("name") or ""] = decision
        model.ids[decision.get("id") or ""] = decision.get("name") or ""
    model.types = {item.get("name") or "": item for item in children(root, "itemDefinition")}
    return model


NAMED = {"inputData", "decision", "itemComponent", "itemDefinition", "variable", "businessKnowledgeModel"}


def read_value(element: Element) -> Any:
    """Return the value that a test file writes."""
    if (lists := children(element, "list")) and lists[0].get(XSI + "nil") != "true":
        return [read_value(item) for item in children(lists[0], "item")]
    if components := children(element, "component"):
        return {part.get("name") or "": read_value(part) for part in components}
    values = children(element, "value")
    if not values or values[0].get(XSI + "nil") == "true":
        return None
    kind = (values[0].get(XSI + "type") or "xsd:string").split(":")[-1]
    return READERS[kind](values[0].text or "")


def cases_in(folder: Path) -> Iterator[Case]:
    """Yield the cases of a folder whose decision, and all it requires, are literal expressions."""
    models: dict[Path, Model] = {}
    for tests in sorted(folder.rglob("*-test-*.xml")):
        root = ET.parse(tests).getroot()  # noqa: S314  # the kit's own files
        path = tests.parent / text_of_child(root, "modelName")
        if not path.exists():
            continue
        model = models.setdefault(path, read_model(path))
        for case in children(root, "testCase"):
            yield from _cases_of(case, model, f"{tests.parent.name}/{tests.stem}")


def _cases_of(case: Element, model: Model, where: str) -> Iterator[Case]:
    inputs = {node.get("name") or "": read_value(node) for node in children(case, "inputNode")}
    for result in children(case, "resultNode"):
        name = result.get("name") or ""
        if case.get("type", "decision") == "decision" and name in model.decisions and is_literal(model, name):
            expected = children(result, "expected")
            yield Case(f"{where}/{case.get('id')}/{name}", model, name, inputs, read_value(expected[0]))


def is_literal(model: Model, name: str) -> bool:
    """Say whether a decision and all that it requires are literal expressions."""
    decision = model.decisions[name]
    if children(decision, "knowledgeRequirement") or not children(decision, "literalExpression"):
        return False
    return all(required in model.decisions and is_literal(model, required) for required in requirements(model, name))


def requirements(model: Model, name: str) -> list[str]:
    """Return the names of the decisions that a decision requires."""
    found = [
        required.get("href") or ""
        for requirement in children(model.decisions[name], "informationRequirement")
        for required in children(requirement, "requiredDecision")
    ]
    return [model.ids.get(href.split("#")[-1], "") for href in found]


def result_of(case: Case) -> Any:
    """Return what our evaluator says, as the decision's variable takes it."""
    return _decided(case.model, case.decision, case.inputs)


def _decided(model: Model, name: str, inputs: dict[str, Any]) -> Any:
    decision = model.decisions[name]
    context = dict(inputs)
    for required in requirements(model, name):
        context[required] = _decided(model, required, inputs)
    text = text_of_child(children(decision, "literalExpression")[0], "text")
    compiled = compile_expression(text, names=model.names)
    value, _ = compiled.evaluate_with_warnings(context, surroundings=model.surroundings())
    variables = children(decision, "variable")
    return fitted(model, value, (variables[0].get("typeRef") or "").split(":")[-1] if variables else "")


def fitted(model: Model, value: Any, type_name: str) -> Any:
    """Return a result as its type takes it: lists of one and elements for each other, null for anything else."""
    if value is None or type_name in {"", "Any"} or model.is_named(value, type_name):
        return value
    if isinstance(value, list) and len(value) == 1 and model.is_named(value[0], type_name):
        return value[0]
    return [value] if model.is_named([value], type_name) else None


def agrees(expected: Any, got: Any) -> bool:
    """Say whether a result is the expected one; numbers may differ beyond the eighth place."""
    if isinstance(expected, Decimal) and isinstance(got, Decimal):
        return abs(expected - got) <= TOLERANCE * max(1, abs(expected))
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(agrees, expected, got))
    if isinstance(expected, dict) and isinstance(got, dict):
        return expected.keys() == got.keys() and all(agrees(expected[key], got[key]) for key in expected)
    if isinstance(expected, str) and not isinstance(got, str):
        return expected == str(got)
    return type(expected) is type(got) and (expected == got or str(expected) == str(got))
