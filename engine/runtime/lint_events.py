"""Rules about events, loops, calls and expressions."""

import re
from collections.abc import Iterator
from typing import Any

from engine.domain.problems import Problem
from engine.runtime.codes import problem
from engine.runtime.expressions import is_assignments, mistakes_in
from engine.runtime.graph import ACTIVITIES, Scope, kind_of
from engine.runtime.intake import bpmn
from engine.runtime.loops import MOST_INSTANCES
from engine.runtime.parsing import is_event_sub_process
from engine.runtime.triggers import definitions_of, trigger_of, triggers_of

WAITED_FOR = {"message", "signal", "conditional", "timer"}
MAY = {
    "start": {"message", "signal", "timer"},
    "inner start": set[str](),
    "event start": WAITED_FOR | {"error", "escalation", "compensation"},
    "boundaryEvent": WAITED_FOR | {"error", "escalation", "cancel", "compensation"},
    "intermediateCatchEvent": WAITED_FOR | {"link"},
    "intermediateThrowEvent": {"message", "signal", "escalation", "compensation", "link"},
    "endEvent": {"message", "signal", "error", "escalation", "cancel", "compensation", "terminate"},
}
LITERAL = re.compile("-?[0-9]{1,18}")
NEED_NAMES = ("message", "signal", "link")
EXPRESSIONS = ("conditionExpression", "condition", "loopCondition", "loopCardinality", "completionCondition",
               "activationCondition")  # fmt: skip
FEEL = ("", "feel", "https://www.omg.org/spec/dmn/20191111/feel/", "http://www.omg.org/spec/feel/20140401")


def check(scope: Scope) -> Iterator[Problem]:
    """Yield the problems of the events and loops in one process or sub-process."""
    for node in scope.nodes.values():
        if kind_of(node).endswith("Event"):
            yield from _event(scope, node)
        elif kind_of(node) in ACTIVITIES:
            yield from _loop(node)
            yield from _handler(scope, node)
    yield from _links(scope)


def check_file(root: Any) -> Iterator[Problem]:
    """Yield the problems of the expressions and calls in a file."""
    if (root.get("expressionLanguage") or "").lower() not in (*FEEL, "http://www.w3.org/1999/xpath"):
        yield problem("expression.language", root, "Expressions are FEEL.")
    for name in EXPRESSIONS:
        for element in root.iter(bpmn(name)):
            yield from expression(element)
    callable_ids = {e.get("id") for e in (*root.findall(bpmn("process")), *root.findall(bpmn("globalScriptTask")))}
    for call in root.iter(bpmn("callActivity")):
        called = (call.get("calledElement") or "").rpartition(":")[2]
        if called not in callable_ids or not _starts_plainly(root, called) or _calls(root, called, _process_of(call)):
            yield problem(
                "call.unknown",
                call,
                f"It calls {called[:60]!r}: not in the file, without a plain start, or calling it back.",
            )


def expression(element: Any) -> Iterator[Problem]:
    """Yield what is wrong with an expression."""
    if (element.get("language") or "").lower() not in FEEL:
        yield problem("expression.language", element, "Expressions are FEEL.")
        return
    yield from _mistakes(element, element.text or "")


def scripts(root: Any) -> Iterator[Problem]:
    """Yield what is wrong with the scripts of a file: a script is a FEEL context, whose entries it sets."""
    for kind in ("scriptTask", "globalScriptTask"):
        for task in root.iter(bpmn(kind)):
            text = task.findtext(bpmn("script")) or ""
            found = list(_mistakes(task, text)) if text.strip() and _is_feel(task) else []
            yield from found
            if not found and not (text.strip() and _is_feel(task) and is_assignments(text)):
                yield problem("element.script", task, "A script is a FEEL context, like {total: price * 2}.")


def _is_feel(task: Any) -> bool:
    language = (task.get("scriptFormat") or task.get("scriptLanguage") or "").lower()
    return language.removeprefix("application/").removeprefix("text/") in FEEL


def _mistakes(element: Any, text: str) -> Iterator[Problem]:
    for mistake in mistakes_in(text):
        yield problem("expression.invalid", element, f"The expression cannot be used: {mistake}.", cause=mistake)


def _event(scope: Scope, node: Any) -> Iterator[Problem]:
    definitions, place = definitions_of(node), _place(scope, node)
    kinds = [trigger_of(definition).kind for definition in definitions]
    for definition in definitions:
        yield from _definition(node, definition, MAY[place])
    if place in ("boundaryEvent", "intermediateCatchEvent", "event start") and not definitions:
        yield problem("element.event", node, "It waits for nothing.")
    if "compensation" in kinds and place == "event start" and scope.element.getparent().tag == bpmn("process"):
        yield problem("flow.compensation", node, "There is no activity around it that it could compensate.")
    if set(kinds) & {"compensation", "link", "cancel"} and len(definitions) > 1:
        yield problem("element.event", node, "This event stands alone.")
    if kinds.count("timer") > 1:
        yield problem("element.event", node, "Two timers in one event are not told apart.")
    yield from _boundary(scope, node, set(kinds))


def _place(scope: Scope, node: Any) -> str:
    if kind_of(node) != "startEvent":
        return kind_of(node)
    if is_event_sub_process(scope.element):
        return "event start"
    return "start" if scope.is_process else "inner start"


def _definition(node: Any, definition: Any, may: set[str]) -> Iterator[Problem]:
    trigger = trigger_of(definition)
    if trigger.kind not in may:
        code = "flow.start_event" if kind_of(node) == "startEvent" else "element.event"
        yield problem(code, node, f"A {trigger.kind} event is not run here.")
    if trigger.kind in NEED_NAMES and not trigger.name:
        yield problem("reference.dangling", node, "It does not say which message, signal or link.")
    if trigger.kind == "cancel" and kind_of(node) == "endEvent" and not _can_be_cancelled(node):
        yield problem("element.event", node, "Only a transaction with a cancel event at its boundary can be cancelled.")
    if trigger.kind == "conditional" and not trigger.condition:
        yield problem("expression.invalid", node, "A conditional event needs a condition.")
    if definition.get("waitForCompletion") == "false":
        yield problem("attribute.unknown", node, "Compensation is always waited for.")


def _boundary(scope: Scope, node: Any, kinds: set[str]) -> Iterator[Problem]:
    if kind_of(node) != "boundaryEvent":
        return
    host = scope.nodes.get(node.get("attachedToRef"))
    if "cancel" in kinds and kind_of(host) != "transaction":
        yield problem("element.event", node, "Only a transaction can be cancelled.")
    if kinds & {"error", "cancel"} and node.get("cancelActivity") == "false":
        yield problem("element.event", node, "An error or cancel event always interrupts.")
    if "compensation" in kinds and not _handlers(scope, node):
        yield problem("flow.compensation", node, "An association must lead to what compensates.")


def _handlers(scope: Scope, event: Any) -> list[Any]:
    links = [e for e in scope.element.findall(bpmn("association")) if e.get("sourceRef") == event.get("id")]
    targets = [scope.nodes.get(link.get("targetRef")) for link in links]
    return [target for target in targets if target is not None and target.get("isForCompensation") == "true"]


def _handler(scope: Scope, node: Any) -> Iterator[Problem]:
    if node.get("isForCompensation") != "true":
        return
    events = [e for e in scope.of_kind("boundaryEvent") if node in _handlers(scope, e)]
    if not events or scope.leaving(node) or scope.arriving(node):
        yield problem("flow.compensation", node, "What compensates hangs on a boundary event and on no flow.")


def _links(scope: Scope) -> Iterator[Problem]:
    ends: dict[str, list[Any]] = {"intermediateThrowEvent": [], "intermediateCatchEvent": []}
    for kind, found in ends.items():
        found += [n for n in scope.of_kind(kind) if n.find(bpmn("linkEventDefinition")) is not None]
    names = [n.find(bpmn("linkEventDefinition")).get("name") for n in ends["intermediateCatchEvent"]]
    thrown = {n.find(bpmn("linkEventDefinition")).get("name") for n in ends["intermediateThrowEvent"]}
    for node in ends["intermediateThrowEvent"]:
        if names.count(node.find(bpmn("linkEventDefinition")).get("name")) != 1:
            yield problem("flow.link", node, "There must be one catching link event of its name.")
    for node in ends["intermediateCatchEvent"]:
        if node.find(bpmn("linkEventDefinition")).get("name") not in thrown or scope.arriving(node):
            yield problem("flow.link", node, "It needs a throwing link event of its name, and no flow.")


def _loop(node: Any) -> Iterator[Problem]:
    again = node.find(bpmn("standardLoopCharacteristics"))
    several = node.find(bpmn("multiInstanceLoopCharacteristics"))
    if again is not None and again.get("loopMaximum") is None and again.find(bpmn("loopCondition")) is None:
        yield problem("loop.invalid", node, "A loop needs a condition or a maximum.")
    if several is None:
        return
    has_number, has_items = (several.find(bpmn(n)) is not None for n in ("loopCardinality", "loopDataInputRef"))
    if has_number == has_items:
        yield problem("loop.invalid", node, "It needs either a number or a collection.")
    if (several.find(bpmn("loopDataOutputRef")) is None) != (several.find(bpmn("outputDataItem")) is None):
        yield problem("loop.invalid", node, "It collects results only with both their list and their item.")
    behaviour = several.get("behavior", "All")
    if behaviour == "Complex" or (behaviour != "All" and several.get(f"{behaviour.lower()}BehaviorEventRef") is None):
        yield problem("loop.invalid", node, f"The behaviour {behaviour} is not run so.")
    literal = (several.findtext(bpmn("loopCardinality")) or "").strip()
    if LITERAL.fullmatch(literal) and not 0 <= int(literal) <= MOST_INSTANCES:
        yield problem("loop.instances", node, f"From none to {MOST_INSTANCES} instances are run.")


def _can_be_cancelled(node: Any) -> bool:
    transaction = next(node.iterancestors(bpmn("transaction")), None)
    if transaction is None:
        return False
    events = transaction.getparent().findall(bpmn("boundaryEvent"))
    attached = (e for e in events if e.get("attachedToRef") == transaction.get("id"))
    return any(trigger.kind == "cancel" for event in attached for trigger in triggers_of(event))


def _starts_plainly(root: Any, process_id: str) -> bool:
    process = next((p for p in root.findall(bpmn("process")) if p.get("id") == process_id), None)
    return process is None or any(not triggers_of(start) for start in process.findall(bpmn("startEvent")))


def _process_of(element: Any) -> str | None:
    return next((a.get("id") for a in element.iterancestors(bpmn("process"))), None)


def _calls(root: Any, begin: str, goal: str | None) -> bool:
    """Return whether a process, by its own calls, comes to call `goal`."""
    seen: set[str] = set()
    work = [begin]
    while work:
        here = work.pop()
        if here == goal:
            return True
        if here in seen:
            continue
        seen.add(here)
        calls = (c for c in root.iter(bpmn("callActivity")) if _process_of(c) == here)
        work += [(c.get("calledElement") or "").rpartition(":")[2] for c in calls]
    return False
