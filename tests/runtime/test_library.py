"""What we rely on in SpiffWorkflow: a new version fails here first, and says which assumption it breaks."""

import json
from importlib.metadata import version

import pytest
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import python_environment
from SpiffWorkflow.bpmn.serializer.workflow import VERSION
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task

from engine.runtime import intake, parsing, state
from engine.runtime.advance import _parsed
from tests.runtime.drawing import END, START, diagram, flow, gateway, inner, line, service, simple, timer, user
from tests.runtime.walking import Walk


def test_the_version_is_the_one_we_know():
    assert version("SpiffWorkflow") == "3.2.0"


def test_the_serializers_version_is_part_of_ours():
    assert f"banjie-2/{VERSION}" == state.OURS


@pytest.mark.parametrize("name", ["_add_child", "_set_state", "_ready", "run", "complete"])
def test_what_we_use_of_a_task_is_there(name: str):
    assert callable(getattr(Task, name))


@pytest.mark.parametrize("name", ["_predict_hook", "_update_hook", "_on_ready_hook", "_run_hook", "_on_complete_hook"])
def test_the_hooks_of_a_task_spec_that_we_fill_are_there(name: str):
    assert callable(getattr(TaskSpec, name))


def test_every_node_of_a_process_is_of_our_kind():
    nested = inner("sub", '<startEvent id="ib"/>', user("u"), '<endEvent id="ie"/>', line("ib", "u", "ie"))
    parsed = _parsed(diagram(START, nested, END, line("begin", "sub", "finish")))[2]

    made = [spec for process in (parsed.process, *parsed.inner.values()) for spec in process.task_specs.values()]
    assert all(type(spec).__module__.startswith("engine.runtime.") for spec in made)


def test_a_running_instance_holds_its_tokens_and_no_prediction():
    walk = Walk(diagram(START, user("a"), user("b"), END, line("begin", "a", "b", "finish")))

    kept = json.loads(walk.last.state.text)["tokens"]
    assert [token["spec"] for token in kept] == ["root", "node:a"]


@pytest.mark.parametrize("key", ["Start", "End", "Root", "a.BoundaryEventSplit", "p.EndJoin"])
def test_no_id_collides_with_the_librarys_own(key: str):
    walk = Walk(diagram(START, user(key), END, line("begin", key, "finish")))

    assert walk.done(key).finished


def test_nothing_of_the_library_is_patched():
    modules = {
        member.__module__.partition(".")[0]
        for kind in (Task, TaskSpec, BpmnWorkflow, BpmnParser)
        for member in vars(kind).values()
        if callable(member)
    }

    assert "engine" not in modules


def test_a_run_leaves_the_shared_specs_as_they_were():
    model = diagram(START, gateway("exclusive", "m"), user("a"), timer("t", "a", False), service("op"), END,
                    '<endEvent id="e"/>', gateway("exclusive", "x", 'default="x-finish"'), line("begin", "m", "a", "x"),
                    line("t", "op", "e"), flow("x", "m", "a.again = true"), flow("x", "finish"))  # fmt: skip
    process = _parsed(model)[2].process
    before = {name: (list(spec._inputs), list(spec._outputs)) for name, spec in process.task_specs.items()}  # noqa: SLF001

    walk = Walk(model)
    walk.fire("t")
    walk.done("a", a={"again": True})
    walk.done("a", a={"again": False})

    after = {name: (list(spec._inputs), list(spec._outputs)) for name, spec in process.task_specs.items()}  # noqa: SLF001
    assert after == before


def test_no_run_evaluates_or_executes_python(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(python_environment, "eval", refuse, raising=False)
    monkeypatch.setattr(python_environment, "exec", refuse, raising=False)

    walk = Walk(simple(timer("t", "a", False), '<endEvent id="e"/>', line("t", "e")))
    walk.fire("t")

    assert walk.done("a").finished


def test_the_parser_is_given_a_tree_and_fetches_nothing():
    parser = parsing.Parser()

    parser.add_bpmn_xml(intake.read_model(simple()), filename="x.bpmn")

    assert parser.get_process_ids() == ["p"]
