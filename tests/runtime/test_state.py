"""Workflows at rest: who changes a letter is noticed before anything is read."""

import json
from pathlib import Path

import pytest

from engine.domain.errors import StateDamaged
from engine.runtime.advance import Runtime
from engine.runtime.contract import Running, StoredState
from engine.runtime.state import _mac
from tests.runtime.drawing import END, START, diagram, inner, line, simple, timer, user
from tests.runtime.walking import KEY, NOW, RUNTIME, Walk, forged

ROOT = Path(__file__).parents[2]
NESTED = diagram(
    START,
    inner("sub", '<startEvent id="ib"/>', user("u"), '<endEvent id="ie"/>', line("ib", "u", "ie")),
    END,
    line("begin", "sub", "finish"),
)


@pytest.fixture
def walk() -> Walk:
    return Walk(simple(), a_form={"text": "种子"})


def complete(walk: Walk, state: StoredState, instance_id: str = "i1") -> None:
    RUNTIME.complete(walk.definition, Running(instance_id, state), walk.task("a"), {}, NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"text": '{"x":1}'},
        {"mac": "0" * 64},
        {"mac": ""},
        {"mac": "é\ud800"},  # no ASCII: compare_digest would raise an error of its own
        {"version": "1.1"},
        {"version": "banjie-2/1.4"},
        {"version": ""},
    ],
)
def test_a_state_somebody_changed_is_damaged(walk: Walk, changed: dict[str, str]):
    with pytest.raises(StateDamaged):
        complete(walk, forged(walk.last.state, **changed))


def test_a_single_changed_value_is_noticed(walk: Walk):
    text = walk.last.state.text.replace("种子", "种籽")
    assert text != walk.last.state.text

    with pytest.raises(StateDamaged) as caught:
        complete(walk, forged(walk.last.state, text=text))

    assert caught.value.facts["reason"] == "mac"


def test_the_state_of_another_instance_is_damaged(walk: Walk):
    with pytest.raises(StateDamaged):
        complete(walk, walk.last.state, instance_id="i2")


def test_a_state_written_with_another_key_is_damaged(walk: Walk):
    other = Runtime(b"other" * 8).start(walk.definition, "i1", {}, NOW)

    with pytest.raises(StateDamaged):
        complete(walk, other.state)


def test_a_state_of_another_diagram_is_damaged(walk: Walk):
    other = RUNTIME.define(NESTED)

    with pytest.raises(StateDamaged) as caught:
        RUNTIME.open_tasks(other, walk.running)

    assert caught.value.facts["reason"] == "definition"


@pytest.mark.parametrize("version", ["1.1", "banjie-2/1.5"])
def test_a_planted_state_of_an_old_serializer_runs_nothing(walk: Walk, tmp_path: Path, version: str):
    canary = tmp_path / "canary"
    planted = {
        "serializer_version": "1.1",
        "spec": {
            "task_specs": {
                "t": {
                    "typename": "StartEvent",
                    "event_definition": {
                        "typename": "TimerEventDefinition",
                        "dateTime": f"open({str(canary)!r}, 'w')",
                        "label": "x",
                    },
                }
            }
        },
        "tasks": {},
        "subprocess_specs": {},
        "subprocesses": {},
    }

    with pytest.raises(StateDamaged):
        complete(walk, forged(walk.last.state, text=json.dumps(planted), version=version))

    assert not canary.exists()


def test_an_old_version_is_refused_even_when_we_have_signed_it(walk: Walk):
    text = walk.last.state.text
    signed = StoredState(text, "1.1", _mac(KEY, "i1", "1.1", text))

    with pytest.raises(StateDamaged) as caught:
        complete(walk, signed)

    assert caught.value.facts["reason"] == "version"


def test_a_damaged_state_is_not_even_read(walk: Walk, monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    monkeypatch.setattr("engine.runtime.state.json.loads", read.append)

    with pytest.raises(StateDamaged):
        complete(walk, forged(walk.last.state, mac="0" * 64))

    assert read == []


def test_the_state_carries_no_copy_of_the_diagram():
    walk = Walk(simple(timer("t", "a", True), '<endEvent id="e2"/>', line("t", "e2")))

    kept = json.loads(walk.last.state.text)

    assert {"spec", "subprocess_specs", "serializer_version"}.isdisjoint(kept)
    assert kept["digest"] == walk.definition.digest


def test_a_step_that_fails_leaves_the_state_as_it_was(walk: Walk):
    before = walk.last.state

    with pytest.raises(StateDamaged):
        complete(walk, forged(before, mac="0" * 64))

    complete(walk, before)


def test_ids_stay_the_same_from_step_to_step():
    model = diagram(START, '<parallelGateway id="f"/>', user("a"), user("b"), timer("t", "b", False), END,
                    '<endEvent id="e2"/>', '<endEvent id="e3"/>', line("begin", "f", "a", "finish"),
                    line("f", "b", "e2"), line("t", "e3"))  # fmt: skip
    walk = Walk(model)
    before = walk.task("b"), walk.timer("t").id

    walk.done("a")

    assert (walk.task("b"), walk.timer("t").id) == before


@pytest.mark.parametrize("path", sorted((ROOT / "workflows").glob("*/*.bpmn")), ids=lambda path: path.stem)
def test_a_case_of_a_shipped_process_is_small_at_rest(path: Path):
    walk = Walk(path.read_bytes())

    assert len(walk.last.state.text.encode()) < 8 * 1024
