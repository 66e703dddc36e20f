"""What an event waits for or brings about, read from its definitions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

from engine.runtime.intake import bpmn

KINDS = {
    "messageEventDefinition": "message",
    "signalEventDefinition": "signal",
    "errorEventDefinition": "error",
    "escalationEventDefinition": "escalation",
    "conditionalEventDefinition": "conditional",
    "timerEventDefinition": "timer",
    "cancelEventDefinition": "cancel",
    "compensateEventDefinition": "compensation",
    "terminateEventDefinition": "terminate",
    "linkEventDefinition": "link",
}
REFERENCES = {"message": "messageRef", "signal": "signalRef", "error": "errorRef", "escalation": "escalationRef"}
CODES = {"error": "errorCode", "escalation": "escalationCode"}


@dataclass(frozen=True)
class Trigger:
    """One event definition. `name` is what thrower and catcher must share; None catches every one of its kind."""

    kind: str
    name: str | None = None  # of a message, signal or link; the code of an error or escalation
    condition: str | None = None  # of a conditional event
    activity: str | None = None  # what a compensation throw is about; None for all of its scope

    def meets(self, thrown: "Trigger") -> bool:
        """Return whether this, waiting, is met by what was thrown."""
        return self.kind == thrown.kind and (self.name is None or self.name == thrown.name)


def definitions_of(element: Any) -> list[Any]:
    """Return the event definitions of an event, those it only refers to as well."""
    found: list[Any] = []
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if etree.QName(child).localname in KINDS:
            found.append(child)
        elif child.tag == bpmn("eventDefinitionRef"):
            referred = by_id(element, (child.text or "").strip())
            if referred is not None and etree.QName(referred).localname in KINDS:
                found.append(referred)
    return found


def triggers_of(element: Any) -> tuple[Trigger, ...]:
    """Return what an event waits for or throws; () for a plain one, one message for a send or receive task."""
    if etree.QName(element).localname in ("sendTask", "receiveTask"):
        return (Trigger("message", name_of(element, "message")),)
    return tuple(trigger_of(definition) for definition in definitions_of(element))


def trigger_of(definition: Any) -> Trigger:
    """Return what one event definition says."""
    kind = KINDS[etree.QName(definition).localname]
    condition = definition.findtext(bpmn("condition")) if kind == "conditional" else None
    return Trigger(kind, name_of(definition, kind), condition and condition.strip(), definition.get("activityRef"))


def name_of(definition: Any, kind: str) -> str | None:
    """Return the name or code that an event definition, or a task that sends or receives, refers to."""
    if kind == "link":
        return definition.get("name")
    referred = by_id(definition, definition.get(REFERENCES[kind], "") if kind in REFERENCES else "")
    if referred is None:
        return None
    return referred.get(CODES.get(kind, "name")) or referred.get("name") or referred.get("id")


def by_id(element: Any, element_id: str) -> Any | None:
    """Return the element of the same file that has an id (a prefix before a colon is left out), or None."""
    wanted = element_id.rpartition(":")[2]
    return next(_with_id(element.getroottree().getroot(), wanted), None) if wanted else None


def _with_id(root: Any, wanted: str) -> Iterator[Any]:
    return (element for element in root.iter() if isinstance(element.tag, str) and element.get("id") == wanted)
