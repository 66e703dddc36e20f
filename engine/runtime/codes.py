"""The codes of a refusal, each with what it means; they are stable, and the web words them in Chinese."""

from typing import Any

from engine.domain.problems import Problem
from engine.feel import FeelError, Finding

CODES = {
    "xml.empty": "nothing in the file",
    "xml.size": "a file larger than 2 MiB",
    "xml.encoding": "not UTF-8",
    "xml.malformed": "not well-formed",
    "xml.doctype": "a DOCTYPE or an entity",
    "xml.instruction": "a processing instruction",
    "xml.include": "another file is to be included",
    "xml.limits": "too deep, too many or too long",
    "xml.root": "no BPMN 2.0 model",
    "xml.schema": "against the schema of the OMG",
    "element.unknown": "an element this runtime does not run",
    "element.script": "a script that is more than assignments",
    "element.event": "an event that may not stand here",
    "attribute.unknown": "an attribute that would ask for what is not run",
    "attribute.number": "a number out of its range",
    "id.missing": "an element without an id",
    "id.reserved": "an id that has another meaning",
    "id.duplicate": "an id used twice",
    "reference.dangling": "a reference to nothing",
    "markup.active": "active markup or links in a text",
    "markup.bidi": "characters that turn a text round",
    "markup.colour": "a colour that is none",
    "process.not_executable": "a drawing only",
    "flow.start": "not one start event",
    "flow.start_event": "a start event of a kind that is not run here",
    "flow.end": "no end event",
    "flow.dangling": "a flow from or to nothing",
    "flow.direction": "a flow into a start or out of an end",
    "flow.twin": "two flows between the same nodes",
    "flow.conditional": "a condition where none is asked",
    "flow.dead_end": "a node that no flow leaves",
    "flow.boundary": "a boundary event attached to what cannot have it",
    "flow.no_condition": "a way of a choice without condition",
    "flow.no_default": "a choice without a default way",
    "flow.default": "a default that is no flow of the node, or has a condition",
    "flow.unreachable": "a node no token reaches",
    "flow.endless": "a loop that waits for nobody",
    "event.message": "a message that says what does not fit its event",
    "event.unheard": "an event that nobody would hear, or that nobody sends",
    "flow.event_gateway": "an event-based gateway that leads to what is no event",
    "flow.link": "link events without their one counterpart",
    "flow.compensation": "compensation without a handler, or a handler in the flow",
    "flow.activation": "a complex gateway that joins without a condition",
    "loop.invalid": "a loop or multi-instance that says too little or too much",
    "loop.instances": "more instances than are run",
    "call.unknown": "a call of a process that is not in the file, or of itself",
    "expression.language": "another language than FEEL",
    "expression.invalid": "an expression that cannot be read, or never has an answer",
    "gov.misplaced": "one of our elements where it means nothing, or twice",
    "gov.attribute": "an attribute of ours that is mistyped or missing",
    "clock.unit": "a limit without its unit",
    "clock.limit": "a limit that is no whole number above 0",
    "clock.edges": "an unknown end or start policy",
    "clock.start": "a clock that starts with nothing",
    "timer.none": "a timer without a time",
    "timer.natural_days": "P…D without saying which days",
    "timer.unreadable": "a time that cannot be read",
    "timer.flood": "a timer that repeats too often",
    "timer.clock": "a deadline of a clock that is not there",
    "timer.moment": "an unknown moment or offset",
    "task.form": "a user task without a form",
    "task.form_unknown": "a form that is not there",
    "task.candidates": "a user task without candidates",
    "task.lane": "a user task beside the lanes",
    "decision.none": "a business rule task without a decision",
    "decision.unknown": "a decision that is not in the bundle",
    "decision.inputs": "a decision that is given too little or too much",
    "decision.result": "no variable for the answer",
    "operation.none": "a service task without an operation",
    "operation.unknown": "an operation that is not there",
    "operation.parameter": "a parameter that is missing, unknown, given twice or out of place",
    "operation.clock": "an operation on a clock that is not there",
}


def problem(  # noqa: PLR0913  # what a problem has
    code: str,
    element: Any,
    message: str,
    *,
    owner: str | None = None,
    refused: bool = True,
    cause: FeelError | Finding | None = None,
) -> Problem:
    """Return a problem with an element; `owner` names it where it has no id, `cause` is what an expression has."""
    if code not in CODES:
        raise KeyError(code)
    return Problem(code, owner or owner_of(element), element.sourceline, message, refused, cause)


def owner_of(element: Any) -> str | None:
    """Return the id of an element, or of the nearest one around it that has one."""
    while element is not None and not element.get("id"):
        element = element.getparent()
    return element.get("id") if element is not None else None
