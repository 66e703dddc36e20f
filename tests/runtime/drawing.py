"""Small diagrams for the tests of this room, written as lists of nodes and flows."""

from itertools import pairwise

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:gov="urn:banjie:bpmn:1" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:test">'
)
START = '<startEvent id="begin"/>'
END = '<endEvent id="finish"/>'


def diagram(*parts: str, extensions: str = "", declared: str = "") -> bytes:
    """Return a model with one executable process of these parts, and what else the file declares."""
    added = f"<extensionElements>{extensions}</extensionElements>" if extensions else ""
    return f"{HEAD}{declared}{process('p', added, *parts)}</definitions>".encode()


def process(key: str, *parts: str) -> str:
    """Return an executable process."""
    return f'<process id="{key}" isExecutable="true">{"".join(parts)}</process>'


def simple(*parts: str, extensions: str = "") -> bytes:
    """Return begin → a → finish with more parts beside it."""
    return diagram(START, user("a"), END, line("begin", "a", "finish"), *parts, extensions=extensions)


def user(key: str, inside: str = "", attributes: str = "") -> str:
    """Return a user task with form and candidates."""
    rules = f'<gov:form key="{key}_form"/><gov:candidates role="coordinator"/>'
    return f'<userTask id="{key}" {attributes}><extensionElements>{rules}</extensionElements>{inside}</userTask>'


def service(key: str, operation: str = "notify", **parameters: str) -> str:
    """Return a service task with an operation."""
    params = "".join(f'<gov:param name="{name}" value="{value}"/>' for name, value in parameters.items())
    asked = f'<gov:operation name="{operation}">{params}</gov:operation>'
    return f'<serviceTask id="{key}"><extensionElements>{asked}</extensionElements></serviceTask>'


def rule(key: str, decision: str = "d", model: str = "m", result: str = "answer", **inputs: str) -> str:
    """Return a business rule task; `inputs` are expressions by the names the decision asks for."""
    given = "".join(f'<gov:input name="{name}" value="{value}"/>' for name, value in inputs.items())
    asked = f'<gov:decision model="{model}" decision="{decision}" result="{result}">{given}</gov:decision>'
    return f'<businessRuleTask id="{key}"><extensionElements>{asked}</extensionElements></businessRuleTask>'


def gateway(kind: str, key: str, attributes: str = "") -> str:
    """Return a gateway: exclusive, parallel or inclusive."""
    return f'<{kind}Gateway id="{key}" {attributes}/>'


def end(key: str, inside: str = "") -> str:
    """Return an end event."""
    return f'<endEvent id="{key}">{inside}</endEvent>'


def flow(source: str, target: str, condition: str = "", key: str = "") -> str:
    """Return a sequence flow with the id `source-target`."""
    asked = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    identity = key or f"{source}-{target}"
    return f'<sequenceFlow id="{identity}" sourceRef="{source}" targetRef="{target}">{asked}</sequenceFlow>'


def line(*keys: str) -> str:
    """Return flows that lead through these elements one after the other."""
    return "".join(flow(source, target) for source, target in pairwise(keys))


def timer(key: str, host: str, interrupting: bool, inside: str = "<timeDuration>PT8H</timeDuration>") -> str:
    """Return a boundary timer."""
    definition = f"<timerEventDefinition>{inside}</timerEventDefinition>"
    kind = str(interrupting).lower()
    return f'<boundaryEvent id="{key}" attachedToRef="{host}" cancelActivity="{kind}">{definition}</boundaryEvent>'


def catch(key: str, inside: str = "<timeDuration>PT8H</timeDuration>") -> str:
    """Return a timer in the flow."""
    definition = f"<timerEventDefinition>{inside}</timerEventDefinition>"
    return f'<intermediateCatchEvent id="{key}">{definition}</intermediateCatchEvent>'


def deadline(attributes: str) -> str:
    """Return what makes a timer follow a clock."""
    return f"<extensionElements><gov:deadline {attributes}/></extensionElements>"


def inner(key: str, *parts: str, kind: str = "subProcess", attributes: str = "") -> str:
    """Return an embedded sub-process."""
    return f'<{kind} id="{key}" {attributes}>{"".join(parts)}</{kind}>'


def scope(key: str, *middle: str) -> tuple[str, ...]:
    """Return start, user tasks and end of a sub-process, in a row; `key` makes their ids its own."""
    begin, finish = f"{key}_b", f"{key}_e"
    return (f'<startEvent id="{begin}"/>', *(user(task) for task in middle), end(finish), line(begin, *middle, finish))


def handler(key: str, definition: str, task: str, interrupting: bool = True) -> str:
    """Return an event sub-process with one user task."""
    begin = f'<startEvent id="{key}_b" isInterrupting="{str(interrupting).lower()}">{definition}</startEvent>'
    parts = (begin, user(task), end(f"{key}_e"), line(f"{key}_b", task, f"{key}_e"))
    return inner(key, *parts, attributes='triggeredByEvent="true"')


def on(kind: str, name: str = "") -> str:
    """Return an event definition that refers to what is declared under its name, or to nothing."""
    refers = f'{kind}Ref="{name}"' if name else ""
    return f"<{kind}EventDefinition {refers}/>"


def when(condition: str) -> str:
    """Return a conditional event definition."""
    return f"<conditionalEventDefinition><condition>{condition}</condition></conditionalEventDefinition>"


def boundary(key: str, host: str, definition: str, interrupting: bool = True) -> str:
    """Return a boundary event."""
    kind = str(interrupting).lower()
    return f'<boundaryEvent id="{key}" attachedToRef="{host}" cancelActivity="{kind}">{definition}</boundaryEvent>'


def throw(key: str, definition: str) -> str:
    """Return a throwing event in the flow."""
    return f'<intermediateThrowEvent id="{key}">{definition}</intermediateThrowEvent>'


def wait(key: str, definition: str, attributes: str = "") -> str:
    """Return a catching event in the flow."""
    return f'<intermediateCatchEvent id="{key}" {attributes}>{definition}</intermediateCatchEvent>'


def several(inside: str, attributes: str = "") -> str:
    """Return the marks of a multi-instance activity."""
    return f"<multiInstanceLoopCharacteristics {attributes}>{inside}</multiInstanceLoopCharacteristics>"
