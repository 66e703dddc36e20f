"""From a checked file to task specs: SpiffWorkflow's parser with our kinds for every element."""

from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.BpmnParser import full_tag
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser

from engine.runtime import catching, decisions, gateways, loops, nodes, subprocesses, tasks, throwing
from engine.runtime.intake import bpmn, gov
from engine.runtime.model import SCOPES, extension, message_of, operation_of
from engine.runtime.triggers import by_id, definitions_of, trigger_of, triggers_of

KINDS = {
    "startEvent": nodes.Start,
    "endEvent": throwing.End,
    "boundaryEvent": catching.Boundary,
    "intermediateCatchEvent": catching.IntermediateCatch,
    "intermediateThrowEvent": throwing.Throw,
    "userTask": tasks.User,
    "task": tasks.Step,
    "manualTask": tasks.Step,
    "serviceTask": tasks.Operation,
    "scriptTask": tasks.Script,
    "businessRuleTask": decisions.Decision,
    "sendTask": throwing.Send,
    "receiveTask": catching.Receive,
    "subProcess": subprocesses.SubProcess,
    "transaction": subprocesses.Transaction,
    "adHocSubProcess": subprocesses.AdHoc,
    "callActivity": subprocesses.Call,
    "exclusiveGateway": gateways.Exclusive,
    "parallelGateway": gateways.Parallel,
    "inclusiveGateway": gateways.Inclusive,
    "complexGateway": gateways.Complex,
    "eventBasedGateway": gateways.EventBased,
}


class NodeParser(TaskParser):
    """Makes the node of one element; flows are drawn when all nodes are there."""

    def parse_node(self) -> Any:
        """Return the node."""
        node = self._kind()(self.spec, self.bpmn_id, lane=self.lane)
        if isinstance(node, (catching.Catching, throwing.Throw, throwing.Send)):
            node.triggers = triggers_of(_event_of(self.node))
        if isinstance(node, nodes.Start):
            node.is_plain = not triggers_of(self.node)
        if isinstance(node, catching.Catching):
            _read_catching(node, _event_of(self.node))
        if isinstance(node, nodes.Activity):
            _read_activity(node, self.node)
        if isinstance(node, subprocesses.SubProcess):
            self._read_scope(node)
        _read_expressions(node, self.node)
        return node

    def _kind(self) -> Any:
        if is_event_sub_process(self.node):
            return subprocesses.EventSubProcess
        if is_link(self.node):
            return throwing.LinkThrow if self.node.tag == bpmn("intermediateThrowEvent") else tasks.Step
        return self.spec_class

    def _read_scope(self, node: subprocesses.SubProcess) -> None:
        owner = self.process_parser.parser
        if isinstance(node, subprocesses.Call):
            node.spec = (self.node.get("calledElement") or "").rpartition(":")[2]
            return
        owner.create_parser(self.node, filename=self.filename, lane=self.lane)
        if isinstance(node, subprocesses.AdHoc):
            node.completion = self.node.findtext(bpmn("completionCondition"))
            node.in_turn = self.node.get("ordering") == "Sequential"
            node.cancels_rest = self.node.get("cancelRemainingInstances") != "false"


class ScopeParser(ProcessParser):
    """Makes the nodes of one process or sub-process, then the flows between them."""

    spec: Any

    def create_spec(self) -> nodes.ScopeSpec:
        """Return the empty spec."""
        return nodes.ScopeSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)

    def add_tasks(self) -> None:
        """Fill the spec."""
        spec = self.spec
        spec.is_embedded = self.node.tag in {bpmn(kind) for kind in SCOPES}
        kinds = {bpmn(kind) for kind in KINDS}
        made = {e.get("id"): self.parse_node(e) for e in self.node if e.tag in kinds}
        if self.node.tag == bpmn("globalScriptTask"):
            made["script"] = tasks.Script(spec, self.node.get("id"))
            made["script"].script = (self.node.findtext(bpmn("script")) or "").strip()
        for flow in self.node.findall(bpmn("sequenceFlow")):
            _draw(flow, made, self.node)
        self._attach(made)
        handlers = [n for n in made.values() if isinstance(n, subprocesses.EventSubProcess)]
        spec.listeners = [n.name for n in handlers if not n.compensates]
        spec.compensator = next((n.name for n in handlers if n.compensates), None)
        spec.beginnings = _beginnings(made)

    def _attach(self, made: dict[str, Any]) -> None:
        for event in self.node.findall(bpmn("boundaryEvent")):
            host, node = made[event.get("attachedToRef")], made[event.get("id")]
            if any(trigger.kind == "compensation" for trigger in node.triggers):
                host.handler = _handler(self.node, event.get("id"), made)
            else:
                host.boundary.append(node.name)
        links = {e.get("id"): definitions_of(e)[0].get("name") for e in self.node if is_link(e)}
        catches = {name: key for key, name in links.items() if not isinstance(made[key], throwing.LinkThrow)}
        for key, name in links.items():
            if isinstance(made[key], throwing.LinkThrow):
                _connect(made[key], made[catches[name]], nodes.Flow(None, made[catches[name]].name))


class Parser(BpmnParser):
    """The library's parser with our kinds."""

    PROCESS_PARSER_CLASS = ScopeParser
    OVERRIDE_PARSER_CLASSES = {full_tag(name): (NodeParser, kind) for name, kind in KINDS.items()}

    def _add_processes(self, bpmn: Any, filename: str | None = None) -> None:
        super()._add_processes(bpmn, filename)
        for task in bpmn.iter(full_tag("globalScriptTask")):
            self.create_parser(task, filename)


def is_event_sub_process(element: Any) -> bool:
    """Return whether an element is a sub-process that an event starts."""
    return bool(element.tag == bpmn("subProcess") and element.get("triggeredByEvent") == "true")


def is_link(element: Any) -> bool:
    """Return whether an element is a link event."""
    return isinstance(element.tag, str) and element.find(bpmn("linkEventDefinition")) is not None


def _event_of(element: Any) -> Any:
    return element.find(bpmn("startEvent")) if is_event_sub_process(element) else element


def _read_expressions(node: Any, element: Any) -> None:
    match node:
        case tasks.Operation():
            asked = extension(element, "operation")
            node.asks = operation_of(asked) if asked is not None else node.asks
        case throwing.Throw() | throwing.Send():
            node.sends = message_of(element)
        case tasks.Script():
            node.script = (element.findtext(bpmn("script")) or "").strip()
        case decisions.Decision():
            _read_decision(node, element)
        case gateways.Complex():
            node.activation = element.findtext(bpmn("activationCondition"))
        case _:
            pass


def _read_decision(node: decisions.Decision, element: Any) -> None:
    asked = extension(element, "decision")
    if asked is not None:
        node.model, node.decision, node.result = (asked.get(name) or "" for name in ("model", "decision", "result"))
        node.asked = {i.get("name"): i.get("value") for i in asked.findall(gov("input"))}


def _read_catching(node: Any, event: Any) -> None:
    node.event_id = event.get("id")
    node.key = message_of(event).key or None
    node.is_conditional = any(trigger.kind == "conditional" for trigger in node.triggers)
    node.needs_all = event.get("parallelMultiple") == "true" and len(node.triggers) > 1
    node.interrupting = event.get("cancelActivity", "true") != "false" and event.get("isInterrupting") != "false"
    for definition in definitions_of(event):
        cycle = definition.findtext(bpmn("timeCycle"))
        node.cycle = cycle.strip() if cycle else node.cycle


def _read_activity(node: nodes.Activity, element: Any) -> None:
    node.start_quantity = int(element.get("startQuantity") or 1)
    node.completion_quantity = int(element.get("completionQuantity") or 1)
    node.is_handler = element.get("isForCompensation") == "true"
    again = element.find(bpmn("standardLoopCharacteristics"))
    several = element.find(bpmn("multiInstanceLoopCharacteristics"))
    if again is not None:
        most = again.get("loopMaximum")
        node.loop = loops.Standard(
            again.findtext(bpmn("loopCondition")), int(most) if most else None, again.get("testBefore") == "true"
        )
    elif several is not None:
        node.loop = _multiple(several)


def _multiple(several: Any) -> loops.Multiple:
    item, result = several.find(bpmn("inputDataItem")), several.find(bpmn("outputDataItem"))
    throws = several.get("behavior") or "All"
    thrown = by_id(several, several.get(f"{throws.lower()}BehaviorEventRef") or "")
    return loops.Multiple(
        in_turn=several.get("isSequential") == "true",
        cardinality=several.findtext(bpmn("loopCardinality")),
        collection=several.findtext(bpmn("loopDataInputRef")),
        item=item.get("name") or item.get("id") if item is not None else None,
        results=several.findtext(bpmn("loopDataOutputRef")),
        result=result.get("name") or result.get("id") if result is not None else None,
        completion=several.findtext(bpmn("completionCondition")),
        throws=throws,
        thrown=trigger_of(thrown) if thrown is not None else None,
    )


def _draw(flow: Any, made: dict[str, Any], scope: Any) -> None:
    source, target = made[flow.get("sourceRef")], made[flow.get("targetRef")]
    condition = flow.findtext(bpmn("conditionExpression"))
    element = next(e for e in scope if e.get("id") == flow.get("sourceRef"))
    is_default = element.get("default") == flow.get("id")
    drawn = nodes.Flow(flow.get("id"), target.name, None if is_default else condition and condition.strip(), is_default)
    _connect(source, target, drawn)


def _connect(source: nodes.Node, target: nodes.Node, flow: nodes.Flow) -> None:
    source.flows.append(flow)
    target.arriving.append(flow.id)
    source.connect(target)


def _handler(scope: Any, event_id: str, made: dict[str, Any]) -> str | None:
    links = scope.findall(bpmn("association"))
    target = next((link.get("targetRef") for link in links if link.get("sourceRef") == event_id), None)
    return made[target].name if target in made else None


def _beginnings(made: dict[str, Any]) -> list[str]:
    starts = sorted((n for n in made.values() if isinstance(n, nodes.Start)), key=lambda node: not node.is_plain)
    return [node.name for node in starts[:1]] or [node.name for node in made.values() if _begins(node)]


def _begins(node: Any) -> bool:
    if node.arriving or isinstance(node, (catching.Boundary, subprocesses.EventSubProcess)):
        return False
    return not (isinstance(node, nodes.Activity) and node.is_handler)
