"""Diagrams with a text at each place where SpiffWorkflow evaluates one (by its own file and line), and at ours."""

from collections.abc import Callable

from tests.runtime.drawing import (
    END,
    START,
    boundary,
    catch,
    diagram,
    end,
    flow,
    gateway,
    inner,
    line,
    process,
    rule,
    scope,
    service,
    several,
    timer,
    user,
    when,
)

SPIFF = 'xmlns:s="http://spiffworkflow.org/bpmn/schema/1.0/core"'
CAMUNDA = 'xmlns:c="http://camunda.org/schema/1.0/bpmn"'


def task(inside: str, attributes: str = "") -> bytes:
    """Return begin → a → finish, where the user task has more inside."""
    return diagram(START, user("a", inside, attributes), END, line("begin", "a", "finish"))


def extended(kind: str, extensions: str, declared: str = "") -> bytes:
    """Return begin → a → finish, where an element has another product's extensions."""
    added = f"<extensionElements>{extensions}</extensionElements>"
    return diagram(START, f'<{kind} id="a">{added}</{kind}>', END, line("begin", "a", "finish"), declared=declared)


def attached(definition: str) -> bytes:
    """Return a user task with a boundary event."""
    event = boundary("t", "a", definition)
    return diagram(START, user("a"), END, event, end("e2"), line("begin", "a", "finish"), line("t", "e2"))


def correlated(text: str) -> bytes:
    """Return a receive task whose message is told by a correlation."""
    path = f'<messagePath xsi:type="tFormalExpression">{text}</messagePath>'
    found = f'<correlationPropertyRetrievalExpression messageRef="m">{path}</correlationPropertyRetrievalExpression>'
    declared = f'<message id="m" name="m"/><correlationProperty id="cp">{found}</correlationProperty>'
    waiting = '<receiveTask id="a" messageRef="m"/>'
    return diagram(START, waiting, END, line("begin", "a", "finish"), declared=declared)


SITES: dict[str, Callable[[str], bytes]] = {
    "bpmn_task_spec.py:15, gateway condition": lambda text: diagram(
        START, gateway("exclusive", "x", 'default="x-b"'), user("a"), user("b"), END, line("begin", "x"),
        flow("x", "a", text), flow("x", "b"), line("a", "finish"), line("b", "finish")),
    "the same, inclusive": lambda text: diagram(
        START, gateway("inclusive", "x", 'default="x-b"'), user("a"), user("b"), END, line("begin", "x"),
        flow("x", "a", text), flow("x", "b"), line("a", "finish"), line("b", "finish")),
    "the same, out of an activity": lambda text: diagram(
        START, user("a", "", 'default="a-b"'), user("b"), END, line("begin", "a"), flow("a", "finish", text),
        flow("a", "b"), line("b", "finish")),
    "complex activation": lambda text: diagram(
        START, gateway("parallel", "f"), user("a"), user("b"), END,
        f'<complexGateway id="j"><activationCondition>{text}</activationCondition></complexGateway>',
        line("begin", "f", "a", "j", "finish"), line("f", "b", "j")),
    "multiinstance_task.py:85, loop condition": lambda text: task(
        f"<standardLoopCharacteristics><loopCondition>{text}</loopCondition></standardLoopCharacteristics>"),
    "multiinstance_task.py:167, completion condition": lambda text: task(
        several(f"<loopCardinality>2</loopCardinality><completionCondition>{text}</completionCondition>")),
    "multiinstance_task.py:216, cardinality": lambda text: task(
        several(f"<loopCardinality>{text}</loopCardinality>")),
    "multiinstance_task.py:339, collection": lambda text: task(
        several(f"<loopDataInputRef>{text}</loopDataInputRef>")),
    "script_task.py:46": lambda text: diagram(
        START, f'<scriptTask id="a"><script>{text}</script></scriptTask>', END, line("begin", "a", "finish")),
    "the same, as Python": lambda text: diagram(
        START, f'<scriptTask id="a" scriptFormat="python"><script>{text}</script></scriptTask>', END,
        line("begin", "a", "finish")),
    "the same, called": lambda text: diagram(
        START, '<callActivity id="a" calledElement="g"/>', END, line("begin", "a", "finish"),
        declared=f'<globalScriptTask id="g"><script>{text}</script></globalScriptTask>'),
    "timer.py:150, date": lambda text: attached(
        f"<timerEventDefinition><timeDate>{text}</timeDate></timerEventDefinition>"),
    "timer.py:166, duration": lambda text: diagram(
        START, user("a"), END, timer("t", "a", False, f"<timeDuration>{text}</timeDuration>"), end("e2"),
        line("begin", "a", "finish"), line("t", "e2")),
    "timer.py:184, cycle": lambda text: diagram(
        START, catch("t", f"<timeCycle>{text}</timeCycle>"), END, line("begin", "t", "finish")),
    "conditional.py:12": lambda text: attached(when(text)),
    "message.py:68, correlation": correlated,
    "bpmn_process_spec.py:103, ad-hoc": lambda text: diagram(
        START, inner("a", user("u"), f"<completionCondition>{text}</completionCondition>", kind="adHocSubProcess"), END,
        line("begin", "a", "finish")),
    "the same, called process": lambda text: diagram(
        START, '<callActivity id="a" calledElement="q"/>', END, line("begin", "a", "finish"),
        declared=process("q", '<startEvent id="qb"/>', gateway("exclusive", "qx", 'default="qx-qe"'), end("qe"),
                         end("q2"), line("qb", "qx"), flow("qx", "q2", text), flow("qx", "qe"))),
    "spiff_task.py:34, preScript": lambda text: extended("userTask", f"<s:preScript {SPIFF}>{text}</s:preScript>"),
    "spiff_task.py:34, postScript": lambda text: extended("task", f"<s:postScript {SPIFF}>{text}</s:postScript>"),
    "service_task.py:51, operator parameter": lambda text: extended("serviceTask", (
        f'<s:serviceTaskOperator {SPIFF} id="http/Get"><s:parameters><s:parameter id="u" type="str" value="{text}"/>'
        "</s:parameters></s:serviceTaskOperator>")),
    "service_task.py:57, call": lambda text: extended(
        "serviceTask", f'<s:serviceTaskOperator {SPIFF} id="{text}" resultVariable="r"/>'),
    "event_definitions.py:39, payload": lambda text: diagram(
        START, '<sendTask id="a" messageRef="m"/>', END, line("begin", "a", "finish"),
        declared=f'<message id="m" name="m"><extensionElements><s:messagePayload {SPIFF}>{text}</s:messagePayload>'
                 "</extensionElements></message>"),
    "event_definitions.py:73, signal payload": lambda text: diagram(
        START, '<intermediateThrowEvent id="a"><signalEventDefinition signalRef="g"/></intermediateThrowEvent>', END,
        line("begin", "a", "finish"),
        declared=f'<signal id="g" name="g"><extensionElements><s:payloadExpression {SPIFF}>{text}</s:payloadExpression>'
                 "</extensionElements></signal>"),
    "camunda multiinstance_task.py:45, collection": lambda text: task(
        several("<loopCardinality>2</loopCardinality>", f'{CAMUNDA} c:collection="{text}"')),
    "camunda event_definitions.py:40, payload": lambda text: extended(
        "intermediateThrowEvent", f"<c:expression {CAMUNDA}>{text}</c:expression>"),
    "an input of our business rule task": lambda text: diagram(
        START, rule("a", "d", "m", "r", n=text), END, line("begin", "a", "finish")),
    "a parameter of our operations": lambda text: diagram(
        START, service("a", f"notify{text}"), END, line("begin", "a", "finish")),
    "nested in a sub-process": lambda text: diagram(
        START, inner("sub", *scope("i", "u"), boundary("t", "u", when(text)), end("e3"), line("t", "e3")), END,
        line("begin", "sub", "finish")),
}  # fmt: skip
