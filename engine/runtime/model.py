"""What a diagram says beyond the token game: clocks, forms, candidates, operations, timers, names and flows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

from engine.domain.operations import is_outside
from engine.runtime.contract import ClockRule, Wait
from engine.runtime.intake import bpmn, gov
from engine.runtime.triggers import definitions_of, triggers_of

SCOPES = ("subProcess", "transaction", "adHocSubProcess")
Element = Any  # lxml's element; its stubs name it privately


@dataclass(frozen=True)
class TimerMeta:
    """A timer event: which clock and moment, or an ISO 8601 text."""

    element_id: str
    name: str
    host: str | None  # the activity it is attached to
    interrupting: bool
    clock: str | None
    moment: str
    offset: int
    iso: str | None


@dataclass(frozen=True)
class OperationMeta:
    """What a service task asks for; a parameter that begins with "=" is an expression."""

    name: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    result: str = ""  # the variable that gets the answer of an operation outside

    @property
    def is_outside(self) -> bool:
        """Return whether its token waits for the answer."""
        return is_outside(self.name, self.parameters)


@dataclass(frozen=True)
class MessageMeta:
    """What gov:message says of an event or task that sends or receives: expressions, and a time to live."""

    key: str = ""
    payload: str = ""
    ttl: str = ""


@dataclass
class Model:
    """One executable process of a file, read once."""

    process_id: str
    name: str
    start_element: str = ""
    start_form: str | None = None
    names: dict[str, str] = field(default_factory=dict[str, str])
    lanes: dict[str, str] = field(default_factory=dict[str, str])
    forms: dict[str, str] = field(default_factory=dict[str, str])
    documentation: dict[str, str] = field(default_factory=dict[str, str])
    candidates: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    operations: dict[str, OperationMeta] = field(default_factory=dict[str, OperationMeta])
    timers: dict[str, TimerMeta] = field(default_factory=dict[str, TimerMeta])
    clocks: dict[str, ClockRule] = field(default_factory=dict[str, ClockRule])
    starts: tuple[Wait, ...] = ()


def read_process(root: Element, process_id: str | None = None) -> Model:
    """Return an executable process of a checked file, by default the first."""
    processes = [p for p in root.findall(bpmn("process")) if p.get("isExecutable") == "true"]
    process = next(p for p in processes if process_id in (None, p.get("id")))
    model = Model(process.get("id"), process.get("name") or process.get("id"))
    together = _with_called(root, process)
    for part in together:
        _read_lanes(part, model)
        for element in part.iter():
            if isinstance(element.tag, str) and element.get("id"):
                _read_element(element, model)
    starts = sorted(process.findall(bpmn("startEvent")), key=lambda event: bool(triggers_of(event)))
    model.start_element = starts[0].get("id") if starts else ""
    model.start_form = model.forms.get(model.start_element)
    model.forms = {key: form for key, form in model.forms.items() if key in model.candidates}
    model.starts = tuple(_starts(process, model))
    for part in together:
        _read_clocks(part, model)
    model.clocks = {key: _with_hosts(rule, model) for key, rule in model.clocks.items()}
    return model


def _starts(process: Element, model: Model) -> Iterator[Wait]:
    """Yield what starts a process from outside: messages, signals, and times as ISO texts."""
    receiving = (e for e in process.findall(bpmn("receiveTask")) if e.get("instantiate") == "true")
    for element in (*process.findall(bpmn("startEvent")), *receiving):
        for trigger in triggers_of(element):
            timer = model.timers.get(element.get("id"))
            name = (timer.iso or "") if trigger.kind == "timer" and timer is not None else trigger.name
            yield Wait(trigger.kind, name or "", element.get("id"))


def _with_called(root: Element, process: Element) -> list[Element]:
    """Return a process and all that it calls, directly or not."""
    by_id = {p.get("id"): p for p in root.findall(bpmn("process"))}
    found: dict[str, Element] = {process.get("id"): process}
    work = [process]
    while work:
        for call in work.pop().iter(bpmn("callActivity")):
            called = (call.get("calledElement") or "").rpartition(":")[2]
            if called in by_id and called not in found:
                found[called] = by_id[called]
                work.append(by_id[called])
    return list(found.values())


def _read_lanes(process: Element, model: Model) -> None:
    for lane in process.iter(bpmn("lane")):
        for reference in lane.findall(bpmn("flowNodeRef")):
            model.lanes[(reference.text or "").strip()] = lane.get("name") or ""
    for inner in (element for kind in SCOPES for element in process.iter(bpmn(kind))):
        for node in inner.iter():
            if node is not inner and node.get("id"):
                model.lanes.setdefault(node.get("id"), model.lanes.get(inner.get("id"), ""))


def _read_element(element: Element, model: Model) -> None:
    element_id, kind = element.get("id"), etree.QName(element).localname
    if element.get("name"):
        model.names[element_id] = element.get("name")
    documentation = element.find(bpmn("documentation"))
    if documentation is not None:
        model.documentation[element_id] = (documentation.text or "").strip()
    form = extension(element, "form")
    if form is not None:
        model.forms[element_id] = form.get("key")
    if kind == "userTask":
        found = extension(element, "candidates")
        model.candidates[element_id] = dict(found.attrib) if found is not None else {}
    operation = extension(element, "operation")
    if operation is not None:
        model.operations[element_id] = operation_of(operation)
    timer = next((d for d in definitions_of(element) if d.tag == bpmn("timerEventDefinition")), None)
    if timer is not None:
        model.timers[element_id] = _timer(element, timer)


def operation_of(operation: Element) -> OperationMeta:
    """Return what a gov:operation says."""
    parameters = {p.get("name"): p.get("value") for p in operation.findall(gov("param"))}
    return OperationMeta(operation.get("name"), parameters, operation.get("result") or "")


def message_of(element: Element) -> MessageMeta:
    """Return what an event or task says of the message it sends or receives."""
    said = extension(element, "message")
    return MessageMeta() if said is None else MessageMeta(*(said.get(n) or "" for n in ("key", "payload", "ttl")))


def extension(element: Element, name: str) -> Element | None:
    """Return one of our extension elements of a BPMN element, or None."""
    return element.find(f"{bpmn('extensionElements')}/{gov(name)}")


def _timer(element: Element, timer: Element) -> TimerMeta:
    deadline = extension(timer, "deadline")
    iso = next(
        (
            timer.findtext(bpmn(tag))
            for tag in ("timeDuration", "timeDate", "timeCycle")
            if timer.find(bpmn(tag)) is not None
        ),
        None,
    )
    clock = moment = None
    offset = 0
    if deadline is not None:
        clock = deadline.get("clock") or element.get("id")
        moment = deadline.get("at")
        offset = int(deadline.get("offset") or 0)
        iso = None
    return TimerMeta(
        element_id=element.get("id"),
        name=element.get("name") or "",
        host=element.get("attachedToRef"),
        interrupting=element.get("cancelActivity", "true") != "false" and element.get("isInterrupting") != "false",
        clock=clock,
        moment=moment or "due",
        offset=offset,
        iso=iso.strip() if iso else None,
    )


def _read_clocks(process: Element, model: Model) -> None:
    for clock in process.findall(f"{bpmn('extensionElements')}/{gov('clock')}"):
        rule = _rule(clock, clock.get("id"), clock.get("name") or clock.get("id"), clock.get("startsOn"))
        model.clocks[rule.id] = rule
    for timer in process.iter(bpmn("timerEventDefinition")):
        deadline, event = extension(timer, "deadline"), timer.getparent()
        if deadline is not None and deadline.get("limit"):
            name = model.names.get(event.get("attachedToRef"), event.get("name") or "")
            model.clocks[event.get("id")] = _rule(deadline, event.get("id"), name, f"private:{event.get('id')}")


def _with_hosts(rule: ClockRule, model: Model) -> ClockRule:
    hosts = {timer.host or timer.element_id for timer in model.timers.values() if timer.clock == rule.id}
    if rule.starts_on.startswith("enter:"):
        hosts.add(rule.starts_on.removeprefix("enter:"))
    return replace(rule, hosts=tuple(sorted(hosts)))


def _rule(element: Element, key: str, name: str, starts_on: str) -> ClockRule:
    more = element.find(gov("extension"))
    pausable = element.find(gov("pausable"))
    warn = element.get("warn")
    return ClockRule(
        id=key,
        name=name,
        limit=int(element.get("limit")),
        unit=element.get("unit"),
        starts_on=starts_on,
        end=element.get("end") or "24:00",
        start_policy=element.get("startPolicy") or "event-day",
        warn=int(warn) if warn else None,
        setting=element.get("setting"),
        basis=element.get("basis") or "",
        extension_limit=int(more.get("limit")) if more is not None else None,
        extension_times=int(more.get("times") or 1) if more is not None else 0,
        extension_setting=more.get("setting") if more is not None else None,
        extension_basis=(more.get("basis") or "") if more is not None else "",
        pausable=tuple((pausable.get("kinds") or "").split()) if pausable is not None else (),
    )
