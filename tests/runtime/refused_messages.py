"""The failing models of operations and messages, as in refused.py."""

from tests.runtime.drawing import END, START, diagram, end, line, on, service, simple, user, wait

DECLARED = '<message id="m" name="m"/><signal id="s" name="s"/>'


def _served(task: str) -> bytes:
    return diagram(START, task, END, line("begin", "a", "finish"))


def _said(event: str, said: str) -> str:
    """Return an event with a gov:message."""
    head, _, rest = event.partition(">")
    return f"{head}><extensionElements><gov:message {said}/></extensionElements>{rest}"


def _sending(said: str, kind: str = "message") -> bytes:
    last = _said(end("e", on(kind, kind[0])), said)
    return diagram(START, user("a"), last, line("begin", "a", "e"), declared=DECLARED)


def _receiving(said: str) -> bytes:
    event = _said(wait("w", on("message", "m")), said)
    return diagram(START, event, user("a"), END, line("begin", "w", "a", "finish"), declared=DECLARED)


def _started(said: str) -> bytes:
    event = _said(f'<startEvent id="begin">{on("message", "m")}</startEvent>', said)
    return diagram(event, user("a"), END, line("begin", "a", "finish"), declared=DECLARED)


REFUSED_MESSAGES = [
    ("operation.parameter", _served(service("a", "notify", to="applicant")), "one too few"),
    ("operation.parameter", _served(service("a", "notify", to="", template="t")), "an empty one"),
    ("operation.parameter", _served(service("a", "notify", to="x", template="t", colour="r")), "an unknown one"),
    ("operation.parameter", _served(service("a", "notify", to="x", template="t").replace(
        "</gov:operation>", '<gov:param name="to" value="y"/></gov:operation>')), "one twice"),
    ("operation.parameter", _served(service("a", "notify", to="x", template="t").replace(
        'name="notify"', 'name="notify" result="r"')), "a result of what gives none"),
    ("expression.invalid", _served(service("a", "notify", to="x", template="=1 +")), "a parameter"),
    ("event.message", _sending('key="1"', "signal"), "a signal with a key"),
    ("event.message", _sending('ttl="P3D"'), "days of which kind?"),
    ("event.message", _receiving('payload="{}"'), "a receiver that sends"),
    ("event.message", _started('key="1"'), "a start with a key"),
    ("event.message", simple().replace(b'<startEvent id="begin"/>', b'<startEvent id="begin"><extensionElements>'
        b"<gov:message/></extensionElements></startEvent>"), "a plain start"),
    ("expression.invalid", _sending('payload="{a: }"'), "a payload"),
    ("expression.invalid", _receiving('key="1 +"'), "a key"),
    ("gov.attribute", _sending('to="x"'), "an unknown attribute"),
]  # fmt: skip
