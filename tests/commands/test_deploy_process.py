"""Deploying a process: what this house cannot carry is refused before anything is stored."""

import pytest

from engine.commands.deploy_process import DeployProcess
from engine.domain.errors import DiagramRefused
from tests.conftest import House
from tests.runtime.drawing import START, diagram, end, line, on, user

SENDING = diagram(START, user("a"), end("e", on("message", "m")), line("begin", "a", "e"),
                  declared='<message id="m" name="m"/>')  # fmt: skip
MANIFEST = '{"key": "sending", "title": "发消息", "forms": {}}'


def test_a_diagram_that_sends_what_nobody_carries_is_refused(house: House):
    command = DeployProcess(diagram=SENDING, manifest=MANIFEST, forms={})

    with pytest.raises(DiagramRefused) as caught:
        house.do(command, "admin")

    problems = caught.value.facts["problems"]
    assert isinstance(problems, list)
    assert {(p.code, p.element) for p in problems if p.code.startswith("event.")} == {("event.unheard", "e")}
