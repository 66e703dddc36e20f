"""Starting, completing, and what a step reports."""

import pytest

from engine.domain.errors import Invalid, TaskClosed
from engine.runtime.contract import ClockUse
from engine.runtime.expressions import ExpressionInvalid
from tests.runtime.drawing import (
    END,
    START,
    catch,
    deadline,
    diagram,
    end,
    flow,
    gateway,
    inner,
    line,
    service,
    simple,
    timer,
    user,
)
from tests.runtime.walking import NOW, RUNTIME, Walk

CHOICE = diagram(
    START,
    user("a"),
    gateway("exclusive", "x", 'default="x-c"'),
    user("b"),
    user("c"),
    END,
    line("begin", "a", "x"),
    flow("x", "b", 'a_form.decision = "yes"'),
    flow("x", "c"),
    line("b", "finish"),
    line("c", "finish"),
)
STOPPING = diagram(
    START,
    gateway("parallel", "f"),
    user("a"),
    user("b"),
    user("c"),
    end("stop", "<terminateEventDefinition/>"),
    END,
    line("begin", "f", "a", "stop"),
    line("f", "b", "c", "finish"),
)


def test_a_workflow_walks_from_start_to_end():
    walk = Walk(simple())

    last = walk.done("a")

    assert (last.finished, last.active, walk.open) == (True, frozenset(), [])


def test_starting_opens_the_first_task_with_its_form_candidates_and_lane():
    lanes = '<laneSet id="ls"><lane id="l1" name="协调员"><flowNodeRef>a</flowNodeRef></lane></laneSet>'

    walk = Walk(diagram(lanes, START, user("a", attributes='name="研判"'), END, line("begin", "a", "finish")))

    task = walk.last.opened[0]
    assert (task.element_id, task.name, task.lane, task.form) == ("a", "研判", "协调员", "a_form")
    assert task.candidates == {"role": "coordinator"}


@pytest.mark.parametrize(("decision", "target"), [("yes", "b"), ("no", "c")])
def test_a_gateway_follows_what_was_submitted(decision: str, target: str):
    walk = Walk(CHOICE)

    walk.done("a", a_form={"decision": decision})

    assert walk.open == [target]
    assert walk.last.passed == ("a", "a-x", "x", f"x-{target}")


def test_a_condition_on_a_name_that_is_not_there_is_an_error_and_changes_nothing():
    walk = Walk(CHOICE)

    with pytest.raises(ExpressionInvalid) as caught:
        walk.done("a", a_form={"descision": "yes"})

    assert caught.value.facts["reason"] == "no_entry"
    assert RUNTIME.open_tasks(walk.definition, walk.running)[0].element_id == "a"


def test_submitted_values_replace_what_was_there_before():
    back = diagram(
        START,
        gateway("exclusive", "m"),
        user("a"),
        service("op"),
        gateway("exclusive", "x", 'default="x-finish"'),
        END,
        line("begin", "m", "a", "op", "x"),
        flow("x", "m", "f.again = true"),
        flow("x", "finish"),
    )
    walk = Walk(back, f={"again": True, "list": [5, 6, 7]})
    walk.done("a", f={"again": True, "list": [8, 9]})

    walk.done("a", f={"again": False, "list": [1]})

    assert walk.last.actions[0].data == {"f": {"again": False, "list": [1]}}


def test_a_task_is_completed_once():
    walk = Walk(CHOICE)
    task = walk.task("a")
    walk.done("a", a_form={"decision": "no"})

    with pytest.raises(TaskClosed) as caught:
        RUNTIME.complete(walk.definition, walk.running, task, {}, NOW)

    assert caught.value.facts["task"] == task


@pytest.mark.parametrize("task", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_task_nobody_knows_is_closed(task: str):
    walk = Walk(CHOICE)

    with pytest.raises(TaskClosed):
        RUNTIME.complete(walk.definition, walk.running, task, {}, NOW)


def test_only_user_tasks_can_be_completed_by_their_id():
    walk = Walk(diagram(START, catch("c"), END, line("begin", "c", "finish")))

    with pytest.raises(TaskClosed):
        RUNTIME.complete(walk.definition, walk.running, walk.timer("c").id, {}, NOW)


def test_operations_are_reported_in_order_with_what_the_token_carried():
    model = diagram(
        START,
        user("a"),
        service("one", "issue_document", kind="receipt"),
        service("two", "notify", to="applicant"),
        END,
        line("begin", "a", "one", "two", "finish"),
    )
    walk = Walk(model)

    walk.done("a", a={"n": 1})

    assert [(a.element_id, a.operation, dict(a.parameters)) for a in walk.last.actions] == [
        ("one", "issue_document", {"kind": "receipt"}),
        ("two", "notify", {"to": "applicant"}),
    ]
    assert [a.data for a in walk.last.actions] == [{"a": {"n": 1}}] * 2
    assert walk.last.passed == ("a", "a-one", "one", "one-two", "two", "two-finish", "finish")


def test_the_ids_of_actions_differ_between_instances():
    model = diagram(START, service("op"), user("a"), END, line("begin", "op", "a", "finish"))

    first, second = Walk(model), Walk(model)

    assert first.last.actions[0].id != second.last.actions[0].id


def test_a_terminating_end_closes_what_is_open_and_says_so():
    walk = Walk(STOPPING)
    other = walk.task("b")

    last = walk.done("a")

    assert (last.finished, last.cancelled, walk.open) == (True, (other,), [])
    assert last.passed == ("a", "a-stop", "stop")


def test_a_terminating_end_in_a_sub_process_ends_only_that():
    model = diagram(
        START,
        inner(
            "sub",
            '<startEvent id="ib"/>',
            gateway("parallel", "f"),
            user("u"),
            user("v"),
            end("ie"),
            end("stop", "<terminateEventDefinition/>"),
            line("ib", "f", "u", "stop"),
            line("f", "v", "ie"),
        ),
        user("after"),
        END,
        line("begin", "sub", "after", "finish"),
    )
    walk = Walk(model)

    walk.done("u")

    assert (walk.open, walk.last.finished, walk.last.active) == (["after"], False, frozenset({"after"}))


def test_a_sub_process_is_active_while_something_in_it_is():
    nested = inner("sub", '<startEvent id="ib"/>', user("u"), end("ie"), line("ib", "u", "ie"))
    walk = Walk(diagram(START, nested, END, line("begin", "sub", "finish")))

    assert walk.last.active == {"sub", "u"}
    assert walk.last.passed == ("begin", "begin-sub", "ib", "ib-u")


def test_flows_of_elements_without_names_are_reported_too():
    walk = Walk(STOPPING)

    assert walk.last.passed == ("begin", "begin-f", "f", "f-a", "f-b")


def test_entering_an_activity_starts_the_clocks_that_name_it():
    clock = '<gov:clock id="k" limit="3" unit="workday" startsOn="enter:b"/>'
    own = timer("t", "b", False, deadline('limit="1" unit="workday"') + "<timeDuration>P1D</timeDuration>")
    model = diagram(START, user("a"), user("b"), own, end("e"), END, line("begin", "a", "b", "finish"), line("t", "e"),
                    extensions=clock)  # fmt: skip
    walk = Walk(model)
    before = walk.last.clocks

    walk.done("a")

    assert (before, walk.last.clocks) == ((), (ClockUse("k", "b"), ClockUse("t", "b")))
    assert walk.definition.clocks["t"].hosts == ("b",)


def test_a_clock_of_an_activity_that_goes_on_does_not_start_again():
    clock = '<gov:clock id="k" limit="3" unit="workday" startsOn="enter:a"/>'
    model = diagram(START, gateway("parallel", "f"), user("a"), user("b"), END, end("e"), line("begin", "f", "a"),
                    line("a", "finish"), line("f", "b", "e"), extensions=clock)  # fmt: skip
    walk = Walk(model)

    walk.done("b")

    assert walk.last.clocks == ()


def test_automatic_steps_have_an_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.runtime.scopes.MOST_STEPS", 3)

    with pytest.raises(Invalid) as caught:
        Walk(diagram(START, service("op"), service("op2"), user("a"), END, line("begin", "op", "op2", "a", "finish")))

    assert caught.value.facts["reason"] == "runaway"


@pytest.mark.parametrize(
    "value",
    [
        {"typename": "datetime", "value": "2026-01-01"},  # the library would make an object of it
        {"a": [{"b": {"typename": "x"}}]},  # deep inside as well
        float("nan"),  # no JSON
        b"bytes",
        {1: "a key that is no text"},
    ],
)
def test_data_that_would_damage_the_state_is_refused(value: object):
    walk = Walk(simple())

    with pytest.raises(Invalid):
        walk.done("a", a_form=value)


def test_bottomless_data_is_refused():
    deep: object = "x"
    for _ in range(1000):
        deep = [deep]

    with pytest.raises(Invalid):
        Walk(simple(), a=deep)
