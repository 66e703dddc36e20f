"""The words for what a check of a model finds; the same for the command line and the pages (R10)."""

from flask_babel import gettext

from engine.domain.problems import Problem
from web.language import later
from web.wording_feel import feel_words

PROBLEMS = {
    "xml.limits": later("The file is nested too deeply, or has too many elements or attributes."),
    "xml.encoding": later("The file is not UTF-8; save it as UTF-8."),
    "xml.malformed": later("The file is no well-formed XML."),
    "xml.size": later("The file is too large."),
    "xml.schema": later("The file does not follow the BPMN 2.0 schema."),
    "xml.root": later("The file is no BPMN diagram."),
    "xml.instruction": later("Processing instructions are not allowed in the file."),
    "xml.include": later("The file wants to include another one; that is not allowed."),
    "xml.empty": later("The file is empty."),
    "xml.doctype": later("A DOCTYPE or an entity is not allowed in the file."),
    "element.unknown": later("This kind of element is not run by this version."),
    "element.event": later("This event may not stand here."),
    "id.reserved": later("The id is reserved."),
    "id.duplicate": later("The id is used twice."),
    "process.not_executable": later("No process in the file is executable."),
    "flow.start": later("There must be exactly one start event."),
    "flow.start_event": later("A start event of this kind is not run here."),
    "flow.end": later("There is no end event."),
    "flow.default": later("The default flow does not leave this element."),
    "flow.no_default": later("There is no default flow: a case could be stuck here."),
    "flow.no_condition": later("The flow has no condition and is not the default."),
    "flow.unreachable": later("No case ever gets here."),
    "flow.dead_end": later("No flow leaves this element."),
    "flow.dangling": later("The flow leads from or to something that is not there."),
    "flow.conditional": later("Only a gateway may have flows with conditions."),
    "flow.boundary": later("The boundary event is attached to nothing."),
    "flow.endless": later("It is in a loop that waits for nobody."),
    "expression.language": later("Expressions are written in FEEL."),
    "expression.invalid": later("The expression cannot be used."),
    "clock.unit": later("The limit needs its unit."),
    "clock.start": later("It is not said what the limit starts with."),
    "clock.limit": later("The limit must be a whole number."),
    "timer.unreadable": later("The timer's time cannot be read."),
    "timer.none": later("The timer needs one deadline, duration or date."),
    "timer.natural_days": later("This counts natural days; use a gov:deadline for working days."),
    "timer.moment": later("The timer's moment within the limit cannot be read."),
    "timer.clock": later("The timer belongs to a limit that is not there."),
    "task.lane": later("The task lies in no lane with a role."),
    "task.form": later("The task has no form."),
    "task.form_unknown": later("The task's form is not there."),
    "task.candidates": later("It is not said who may do the task."),
    "decision.none": later("The business rule task has no decision."),
    "decision.unknown": later("The decision is not there."),
    "decision.inputs": later("The decision is given too little or too much."),
    "decision.result": later("The answer of the decision needs a variable."),
    "operation.none": later("The service task has no operation."),
    "operation.unknown": later("The service task's operation is not there."),
    "operation.clock": later("The operation belongs to a limit that is not there."),
    "id.missing": later("The element needs an id."),
    "element.script": later("A script may only set values, as a FEEL context."),
    "flow.link": later("The link event lacks its one counterpart."),
    "flow.direction": later("A flow may not lead into a start or out of an end."),
    "flow.compensation": later("The compensation lacks its handler, or the handler lies in the flow."),
    "flow.twin": later("Another flow joins the same two nodes."),
    "flow.event_gateway": later("An event-based gateway must lead to events that catch something."),
    "flow.activation": later("A complex gateway that joins needs its condition."),
    "timer.flood": later("The timer repeats too often."),
    "clock.edges": later("It is not said in a known way when the limit starts or ends."),
    "attribute.number": later("The number is out of its range."),
    "attribute.unknown": later("The attribute asks for something that is not run here."),
    "call.unknown": later("It calls a process that is not in the file, or that calls it back."),
    "event.unheard": later("Nobody would hear this event, or nobody sends it."),
    "gov.attribute": later("An attribute of ours is mistyped or missing."),
    "gov.misplaced": later("One of our elements means nothing here, or stands here twice."),
    "loop.instances": later("It has more instances than are run."),
    "loop.invalid": later("The loop or multi-instance says too little or too much."),
    "markup.active": later("The text contains markup or a link that could act."),
    "markup.bidi": later("The text contains characters that turn it round."),
    "markup.colour": later("The colour is none."),
    "reference.dangling": later("It refers to something that is not there."),
}


def problem_text(problem: Problem) -> str:
    """Return where a problem is and what it is; in the check's own English where we have no words for it."""
    place = [f"{problem.line}" if problem.line else "", problem.element or ""]
    known = PROBLEMS.get(problem.code)
    detail = feel_words(problem.cause) if problem.cause else problem.message
    text = gettext("%(known)s (%(detail)s)", known=gettext(known), detail=detail) if known else problem.message
    return "  ".join([*filter(None, place), f"[{problem.code}]", text])
