"""
What this runtime runs faithfully, and what it therefore refuses: by code, element and line (R12).

An allow-list: whatever is not named here is refused, because the library underneath turns much of BPMN silently into
something else. The codes are stable; the web words them.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator

from engine.domain.errors import DiagramRefused
from engine.domain.problems import Problem
from engine.runtime import lint_flow, lint_gov
from engine.runtime.intake import BPMN, GOV, bpmn, read_model

DI_NAMESPACES = {
    "http://www.omg.org/spec/BPMN/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DC",
    "http://www.omg.org/spec/DD/20100524/DI",
    "http://bpmn.io/schema/bpmn/biocolor/1.0",
    "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
}
RUN = frozenset(
    [
        "definitions",
        "collaboration",
        "participant",
        "process",
        "laneSet",
        "lane",
        "flowNodeRef",
        "extensionElements",
        "documentation",
        "startEvent",
        "endEvent",
        "boundaryEvent",
        "intermediateCatchEvent",
        "userTask",
        "serviceTask",
        "subProcess",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "sequenceFlow",
        "incoming",
        "outgoing",
        "conditionExpression",
        "timerEventDefinition",
        "terminateEventDefinition",
        "timeDuration",
        "timeDate",
        "textAnnotation",
        "text",
        "association",
    ]
)
GOV_ELEMENTS = frozenset(
    ["clock", "extension", "pausable", "deadline", "form", "candidates", "operation", "param", "pause"]
)
RESERVED = frozenset({"Start", "End", "Root"})


def check(
    xml: bytes, *, forms: Collection[str] | None = None, operations: Collection[str] | None = None
) -> list[Problem]:
    """Return every problem of a model in document order; `forms` and `operations` are the names there are, if known."""
    try:
        root = read_model(xml)
    except DiagramRefused as error:
        return [problem for problem in _listed(error) if isinstance(problem, Problem)]
    problems = [*_elements(root), *_ids(root)]
    if problems:
        return problems  # the later rules would only trip over the same elements
    process = next((p for p in root.findall(bpmn("process")) if p.get("isExecutable") == "true"), None)
    if process is None:
        return [Problem("process.not_executable", None, root.sourceline, "No process in the file is executable.")]
    problems += lint_flow.check(process)
    problems += lint_gov.check(process, forms, operations)
    return problems or list(_schema(root))


def _listed(error: DiagramRefused) -> list[Any]:
    found = error.facts.get("problems")
    return list(found) if isinstance(found, list) else []


def _elements(root: Any) -> Iterator[Problem]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element)
        known = (
            (name.namespace == BPMN and name.localname in RUN)
            or (name.namespace == GOV and name.localname in GOV_ELEMENTS)
            or name.namespace in DI_NAMESPACES
        )
        if not known:
            message = f"<{name.localname}> is not run by this version."
            yield Problem("element.unknown", _owner(element), element.sourceline, message)
        elif name.localname == "subProcess" and element.get("triggeredByEvent") == "true":
            yield Problem("element.event_subprocess", element.get("id"), element.sourceline, "Event sub-process.")


def _owner(element: Any) -> str | None:
    while element is not None and not element.get("id"):
        element = element.getparent()
    return element.get("id") if element is not None else None


def _ids(root: Any) -> Iterator[Problem]:
    seen: set[str] = set()
    for element in root.iter():
        element_id = element.get("id") if isinstance(element.tag, str) else None
        if element_id is None:
            continue
        if element_id in RESERVED:
            yield Problem("id.reserved", element_id, element.sourceline, f"The id {element_id} is reserved.")
        if element_id in seen:
            yield Problem("id.duplicate", element_id, element.sourceline, f"The id {element_id} is used twice.")
        seen.add(element_id)


@lru_cache(maxsize=1)
def _validator() -> Any:
    return BpmnValidator()


def _schema(root: Any) -> Iterator[Problem]:
    """Yield what the OMG's own schema has against the file."""
    validator = _validator()
    try:
        validator.validate(root, "diagram")
    except Exception as error:  # the library raises its own kinds, with the schema's words
        yield Problem("xml.schema", None, root.sourceline, f"The file does not follow the BPMN 2.0 schema: {error}")
