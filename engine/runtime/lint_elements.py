"""Rules about what may stand in a file at all: elements, attributes, ids, references, texts."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

from engine.domain.problems import Problem
from engine.runtime.codes import problem
from engine.runtime.intake import BPMN, GOV, bpmn

DI_NAMESPACES = {
    "http://www.omg.org/spec/BPMN/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DC",
    "http://www.omg.org/spec/DD/20100524/DI",
}
COLOUR_NAMESPACES = {
    "http://bpmn.io/schema/bpmn/biocolor/1.0",
    "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
}
XSI = "http://www.w3.org/2001/XMLSchema-instance"
RUN = frozenset(
    """
    definitions collaboration participant participantMultiplicity interfaceRef messageFlow interface operation
    inMessageRef outMessageRef operationRef itemDefinition message signal error escalation process globalScriptTask
    laneSet lane flowNodeRef extensionElements documentation startEvent endEvent boundaryEvent intermediateCatchEvent
    intermediateThrowEvent userTask task manualTask serviceTask scriptTask script businessRuleTask sendTask receiveTask
    callActivity
    subProcess transaction adHocSubProcess completionCondition exclusiveGateway parallelGateway inclusiveGateway
    complexGateway activationCondition eventBasedGateway sequenceFlow incoming outgoing conditionExpression
    timerEventDefinition messageEventDefinition signalEventDefinition errorEventDefinition escalationEventDefinition
    conditionalEventDefinition condition compensateEventDefinition cancelEventDefinition terminateEventDefinition
    linkEventDefinition eventDefinitionRef timeDuration timeDate timeCycle source target
    multiInstanceLoopCharacteristics loopCardinality loopDataInputRef loopDataOutputRef inputDataItem outputDataItem
    standardLoopCharacteristics loopCondition dataObject dataObjectReference property ioSpecification dataInput
    dataOutput inputSet outputSet dataInputRefs dataOutputRefs dataInputAssociation dataOutputAssociation sourceRef
    targetRef textAnnotation text association group category categoryValue
    """.split()  # noqa: SIM905  # a list of 90 names is read in lines
)
GOV_ELEMENTS = frozenset(
    "clock extension pausable deadline form candidates operation param decision input pause message".split()  # noqa: SIM905
)
RESERVED = frozenset({"__proto__", "constructor", "prototype", "hasOwnProperty", "toString", "valueOf"})
REFERENCES = ["sourceRef", "targetRef", "attachedToRef", "bpmnElement", "processRef", "messageRef", "signalRef",
              "errorRef", "escalationRef", "activityRef", "dataObjectRef", "noneBehaviorEventRef",
              "oneBehaviorEventRef", "operationRef"]  # fmt: skip
REFERRING = ("flowNodeRef", "eventDefinitionRef", "interfaceRef", "operationRef", "inMessageRef", "outMessageRef",
             "sourceRef", "targetRef", "dataInputRefs", "dataOutputRefs")  # fmt: skip
MUST_BE = {  # which kind of element a reference leads to, where it matters
    "messageRef": "message",
    "signalRef": "signal",
    "errorRef": "error",
    "escalationRef": "escalation",
    "processRef": "process",
    "dataObjectRef": "dataObject",
    "eventDefinitionRef": "[a-z]+EventDefinition",
    "noneBehaviorEventRef": "signalEventDefinition",
    "oneBehaviorEventRef": "signalEventDefinition",
}
FLOW_ENDS = (bpmn("sequenceFlow"), bpmn("boundaryEvent"))  # lint_flow says more about these
FLAGS = ("isExecutable", "triggeredByEvent", "cancelActivity", "isInterrupting", "parallelMultiple", "isSequential",
         "testBefore", "isForCompensation", "cancelRemainingInstances")  # fmt: skip
NUMBERS = ("startQuantity", "completionQuantity", "loopMaximum")
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}|[a-zA-Z]{1,30}|rgba?\([0-9., %]{1,40}\)")
ACTIVE = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|svg|math|img|link|meta|style|base|form|input|video|audio)\b"
    r"|<[^>]{0,200}\bon[a-z]{3,20}\s*=|(?:java|vb)script:|(?<![\w/])data:[\w.+-]{1,40}/|\bfile:/|\\\\\\\\",
    re.IGNORECASE,
)
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def check(root: Any) -> Iterator[Problem]:
    """Yield the problems of a whole file."""
    ids = {e.get("id"): etree.QName(e).localname for e in root.iter() if isinstance(e.tag, str) and e.get("id")}
    seen: set[str] = set()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        yield from _element(element)
        yield from _attributes(element)
        yield from _id(element, seen)
        yield from _references(element, ids)
        yield from _texts(element)


def _element(element: Any) -> Iterator[Problem]:
    name = etree.QName(element)
    known = (
        (name.namespace == BPMN and name.localname in RUN)
        or (name.namespace == GOV and name.localname in GOV_ELEMENTS)
        or name.namespace in DI_NAMESPACES
    )
    if not known:
        yield problem("element.unknown", element, f"<{name.localname}> is not run by this version.")


def _attributes(element: Any) -> Iterator[Problem]:
    for key, value in element.attrib.items():
        name = etree.QName(key)
        if name.namespace in COLOUR_NAMESPACES:
            if not COLOUR.fullmatch(value):
                yield problem("markup.colour", element, f"{value[:40]!r} is no colour.")
        elif name.namespace not in (None, XSI, *DI_NAMESPACES):
            yield problem("attribute.unknown", element, f"The attribute {name.localname} is of another product.")
        else:
            yield from _own_attribute(element, name.localname, value)


def _own_attribute(element: Any, name: str, value: str) -> Iterator[Problem]:
    if name in FLAGS and value not in ("true", "false"):
        yield problem("attribute.unknown", element, f"{name} is true or false.")
    if name in NUMBERS and not re.fullmatch("[1-9][0-9]{0,2}", value):
        yield problem("attribute.number", element, f"{name} is a whole number from 1.")
    if name == "implementation" and not value.startswith("##"):
        yield problem("attribute.unknown", element, "implementation names a job of another engine.")


def _id(element: Any, seen: set[str]) -> Iterator[Problem]:
    key = element.get("id")
    if key is None:
        if element.tag in NEED_IDS:
            yield problem("id.missing", element, "It needs an id.")
        return
    if key in RESERVED:
        yield problem("id.reserved", element, f"The id {key} is reserved.")
    if key in seen:
        yield problem("id.duplicate", element, f"The id {key} is used twice.")
    seen.add(key)


def _references(element: Any, ids: dict[Any, str]) -> Iterator[Problem]:
    named = [] if element.tag in FLOW_ENDS else [(name, element.get(name)) for name in REFERENCES]
    local = etree.QName(element).localname
    if local in REFERRING:
        named.append((local, (element.text or "").strip()))
    for name, key in named:
        if key is None:
            continue
        kind = ids.get(key.rpartition(":")[2])
        if kind is None or not re.fullmatch(MUST_BE.get(name, ".*"), kind):
            yield problem("reference.dangling", element, f"{name} names {key[:60]}, which is not there or is no such.")


def _texts(element: Any) -> Iterator[Problem]:
    for text in (element.text, *element.attrib.values()):
        if not text:
            continue
        plain = "".join(c for c in text if not unicodedata.category(c).startswith("C"))
        if ACTIVE.search(plain):
            yield problem("markup.active", element, "A text contains markup or a link that could act.")
        if TURNING.search(text):
            yield problem("markup.bidi", element, "A text contains characters that turn it round.")


NEED_IDS = frozenset(
    bpmn(name)
    for name in RUN
    if name.endswith(("Event", "Task", "Gateway", "Process")) or name in ("process", "task", "callActivity",
                                                                         "transaction", "sequenceFlow")
)  # fmt: skip
