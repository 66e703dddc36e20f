"""
What this runtime runs faithfully, and what it therefore refuses: by code, element and line (R12).

An allow-list: whatever is not named is refused, because the library underneath turns much of BPMN silently into
something else.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator

from engine.domain.errors import DiagramRefused
from engine.domain.problems import Problem
from engine.runtime import lint_elements, lint_events, lint_flow, lint_gov, lint_reach
from engine.runtime.codes import problem
from engine.runtime.graph import scopes_of
from engine.runtime.house import NOT_KNOWN, There
from engine.runtime.intake import bpmn, read_model


def check(xml: bytes, there: There = NOT_KNOWN, *, scripts_in_feel: bool = True) -> list[Problem]:
    """Return every problem of a model."""
    try:
        root = read_model(xml)
    except DiagramRefused as error:
        return [found for found in _listed(error) if isinstance(found, Problem)]
    problems = list(lint_elements.check(root))
    if problems:
        return problems  # the later rules would only trip over the same elements
    processes = [process for process in root.findall(bpmn("process")) if process.get("isExecutable") == "true"]
    if not processes:
        return [problem("process.not_executable", root, "No process in the file is executable.")]
    problems = [*lint_events.check_file(root)]
    if scripts_in_feel:
        problems += lint_events.scripts(root)
    called = {(call.get("calledElement") or "").rpartition(":")[2] for call in root.iter(bpmn("callActivity"))}
    processes += [p for p in root.findall(bpmn("process")) if p not in processes and p.get("id") in called]
    for process in processes:
        for scope in scopes_of(process):
            problems += [*lint_flow.check(scope), *lint_events.check(scope), *lint_reach.check(scope, there.carries)]
        problems += lint_gov.check(process, there)
    return [*problems, *_schema(root)]


def _listed(error: DiagramRefused) -> list[Any]:
    found = error.facts.get("problems")
    return list(found) if isinstance(found, list) else []


@lru_cache(maxsize=1)
def _validator() -> Any:
    return BpmnValidator()


def _schema(root: Any) -> Iterator[Problem]:
    """Yield what the OMG's own schema has against the file."""
    validator = _validator()
    try:
        validator.validate(root, "diagram")
    except Exception as error:  # the library raises its own kinds, with the schema's words
        yield problem("xml.schema", root, f"The file does not follow the BPMN 2.0 schema: {error}")
