"""
Every place at which SpiffWorkflow evaluates text, attacked through a diagram, a decision table or a stored state.

Each attack is refused at deployment with its element and line; and brought past the check by force, it does not run.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from engine.dmn.decide import inputs_of
from engine.dmn.errors import DmnRefused
from engine.domain.errors import EngineError, Refused, StateDamaged
from engine.runtime import advance as advancing
from engine.runtime import state
from engine.runtime.advance import Runtime
from engine.runtime.contract import Advance, Definition, Running, StoredState
from engine.runtime.house import There
from engine.runtime.no_python import NO_PYTHON
from engine.runtime.state import _mac
from tests.dmn.models import decision, model
from tests.runtime.drawing import END, START, diagram, line, user
from tests.runtime.evaluation_sites import SITES
from tests.runtime.walking import KEY, NOW

RAN: list[str] = []  # what the interpreter was asked to compile from a text, while we watch
WATCHING: list[bool] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if WATCHING and event == "compile" and arguments[1] in ("<string>", "<unknown>"):
        RAN.append(str(arguments[0]))
    if WATCHING and event in ("os.system", "subprocess.Popen", "pickle.find_class", "marshal.loads"):
        RAN.append(event)


sys.addaudithook(_hear)  # it cannot be taken out again, and does nothing while nobody watches


@contextmanager
def watching() -> Iterator[list[str]]:
    """Give a list of all Python that is compiled from text, and of shells and pickles, meanwhile."""
    RAN.clear()
    WATCHING.append(True)
    try:
        yield RAN
    finally:
        WATCHING.clear()


DMN_CELLS = ("input", "cell", "output")  # dmn/engine/DMNEngine.py:92-135, dmn/specs/model.py:110, DMNParser.py:200


def attack(path: Path) -> str:
    """Return Python that leaves a file behind."""
    return f"__import__('os').system('touch {path}')"


@pytest.mark.parametrize("site", SITES)
def test_python_at_any_site_is_refused_at_deployment_with_its_element_and_line(site: str, tmp_path: Path):
    xml = SITES[site](escape(attack(tmp_path / "ran"), {'"': "&quot;"}))

    with watching() as ran:
        refused = [problem for problem in Runtime(KEY).check(xml, ALL_THERE) if problem.refused]

    assert refused
    assert all(problem.line and problem.message for problem in refused)
    assert any(problem.element for problem in refused)
    assert (ran, list(tmp_path.iterdir())) == ([], [])


ALL_THERE = There({"a_form", "b_form", "u_form"}, {"notify"}, None, {"m": {"d": ("n",)}})
FEEL_ATTACKS = [
    "n.__class__.__mro__",
    "get value(n, &quot;__globals__&quot;).os",
    "eval(&quot;1&quot;)",
    "n.__init__(1)",
]


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("text", [None, *FEEL_ATTACKS])
def test_brought_past_the_check_by_force_it_does_not_run(
    site: str, text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(advancing.linting, "check", lambda *_, **__: [])
    xml = SITES[site](text or escape(attack(tmp_path / "ran"), {'"': "&quot;"}))

    with watching() as ran:
        forced(xml)

    assert (ran, list(tmp_path.iterdir())) == ([], [])


def forced(xml: bytes) -> None:
    """Run a model as far as it goes, each task done and each timer fired."""
    runtime = Runtime(KEY)
    with suppress(EngineError, LookupError):  # what the check would have said is missing
        definition = replace(runtime.define(xml), decisions={"m": b""})
        last = runtime.start(definition, "i1", {"n": 1, "a": {"x": 1}}, NOW)
        for _ in range(3):
            last = gone_on(runtime, definition, last)
    advancing._parsed.cache_clear()  # noqa: SLF001  # what was never checked must not stay


def gone_on(runtime: Runtime, definition: Definition, last: Advance) -> Advance:
    """Fire what waits for time, then complete what waits for people."""
    for waiting in last.timers:
        last = runtime.fire(definition, Running("i1", last.state), waiting.id, NOW)
    for opened in runtime.open_tasks(definition, Running("i1", last.state)):
        last = runtime.complete(definition, Running("i1", last.state), opened.id, {"x": {"y": 1}}, NOW)
    return last


@pytest.mark.parametrize("place", DMN_CELLS)
def test_python_in_a_decision_table_is_refused(place: str, tmp_path: Path):
    texts = {"input": "n", "cell": "-", "output": '"x"'} | {place: attack(tmp_path / "ran")}

    with watching() as ran, pytest.raises(DmnRefused):
        inputs_of({"m": table(**texts)})

    assert (ran, list(tmp_path.iterdir())) == ([], [])


def table(**texts: str) -> bytes:
    """Return a model of one decision table with one rule."""
    asked, cell, output = (f"<text>{escape(texts[name])}</text>" for name in DMN_CELLS)
    row = f"<rule><inputEntry>{cell}</inputEntry><outputEntry>{output}</outputEntry></rule>"
    asked = f"<input><inputExpression>{asked}</inputExpression></input>"
    return model(decision("d", f"<decisionTable>{asked}<output/>{row}</decisionTable>"))


def test_a_table_without_an_attack_is_read():
    assert inputs_of({"m": table(input="n", cell="-", output='"x"')}) == {"m": {"d": ("n",)}}


def test_a_state_of_an_older_version_is_not_read_even_with_a_mac_that_fits(tmp_path: Path):
    runtime = Runtime(KEY)
    definition = runtime.define(diagram(START, user("a"), END, line("begin", "a", "finish")))
    spec = {"name": "t", "event_definition": {"typename": "TimerEventDefinition", "dateTime": attack(tmp_path / "ran")}}
    text = json.dumps({"serializer_version": "1.1", "spec": {"task_specs": {"t": spec}}, "tasks": {}})
    stored = StoredState(text=text, version="1.1", mac=_mac(KEY, "i1", "1.1", text))

    with watching() as ran, pytest.raises(StateDamaged):
        runtime.open_tasks(definition, Running("i1", stored))

    assert (ran, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize("call", ["evaluate", "execute", "call_service"])
def test_the_librarys_own_engine_and_environment_refuse(call: str):
    with pytest.raises(Refused):
        getattr(NO_PYTHON, call)(None, "1")
    with pytest.raises(Refused):
        getattr(NO_PYTHON.environment, call)("1", {})


def test_every_running_instance_has_that_engine_also_when_it_was_read_again():
    definition, _, specs = advancing._parsed(diagram(START, user("a"), END, line("begin", "a", "finish")))  # noqa: SLF001
    last = Runtime(KEY).start(definition, "i1", {}, NOW)

    assert state.opened(specs).script_engine is NO_PYTHON
    assert state.restored(Running("i1", last.state), specs, KEY).script_engine is NO_PYTHON


def test_the_watch_hears_what_it_should():
    with watching() as ran:
        exec("1 + 1")  # noqa: S102  # to see that it would be noticed

    assert ran
