"""
What the library underneath does wrong, by the numbers of our study of it; each is repaired or refused here.

    1 to 19   a wrong result or a dead instance
    20 to 32  in test_rarer_defects: a wrong result in rarer cases, or a trap
"""

import inspect

import pytest

from engine.domain.errors import TaskClosed
from engine.runtime.advance import Runtime
from tests.runtime.drawing import (
    END,
    START,
    boundary,
    diagram,
    end,
    flow,
    gateway,
    handler,
    inner,
    line,
    on,
    scope,
    service,
    several,
    simple,
    throw,
    timer,
    user,
)
from tests.runtime.walking import NOW, RUNTIME, Walk, sizes

DECLARED = (
    '<message id="paid" name="paid"/><signal id="alarm" name="alarm"/><error id="bad" name="bad" errorCode="E1"/>'
)
AGAIN = (gateway("exclusive", "x", 'default="x-finish"'), END, flow("x", "m", "z.again = true"), flow("x", "finish"))
SIGNERS = '<loopDataInputRef>signers</loopDataInputRef><inputDataItem id="signer"/>'


def loop_of(split: str, join: str) -> bytes:
    """Return two branches between a split and a join, in a loop."""
    return diagram(START, gateway("exclusive", "m"), split, user("a"), user("b"), join, user("z"), *AGAIN,
                   line("begin", "m", "f"), line("a", "j", "z", "x"), line("b", "j"))  # fmt: skip


PARALLEL = loop_of(gateway("parallel", "f") + line("f", "a") + line("f", "b"), gateway("parallel", "j"))
INCLUSIVE = loop_of(
    gateway("inclusive", "f") + flow("f", "a", "true") + flow("f", "b", "true"), gateway("inclusive", "j")
)
JOINED = diagram(START, gateway("parallel", "f"), user("a"), user("b"), gateway("parallel", "j"), service("op"), END,
                 line("begin", "f", "a", "j", "op", "finish"), line("f", "b", "j"))  # fmt: skip


@pytest.mark.parametrize("model", [PARALLEL, INCLUSIVE])
def test_01_02_a_join_in_a_loop_waits_for_both_branches_in_every_round(model: bytes):
    walk = Walk(model)

    for first, second in ("ab", "ba", "ba", "ab"):
        walk.done(first)
        assert walk.open == [second]
        walk.done(second)
        assert walk.open == ["z"]
        walk.done("z", z={"again": True})

    assert walk.open == ["a", "b"]


def test_03_what_one_branch_writes_is_not_undone_by_another_that_never_touched_it():
    walk = Walk(JOINED, approved=True)
    walk.done("a", approved=False)

    walk.done("b", b=1)

    assert walk.last.actions[0].data == {"approved": False, "b": 1}


def test_04_a_submitted_list_replaces_the_one_before():
    walk = Walk(JOINED, kept=[5, 6, 7])
    walk.done("a", kept=[8, 9])

    walk.done("b", b=[1])

    assert walk.last.actions[0].data == {"kept": [8, 9], "b": [1]}


def test_05_nobody_holds_a_part_of_the_data_of_an_instance():
    submitted = {"inner": {"n": 1}}
    walk = Walk(diagram(START, user("a"), service("op"), user("z"), END, line("begin", "a", "op", "z", "finish")))
    told = walk.done("a", a=submitted).actions[0].data

    submitted["inner"]["n"] = 2
    walk.done("z", a={"inner": {"n": 3}})

    assert told == {"a": {"inner": {"n": 1}}}


def test_06_a_completion_condition_counts_all_votes():
    enough = "<completionCondition>nrOfCompletedInstances &gt;= 2</completionCondition>"
    walk = Walk(diagram(START, user("sign", several(SIGNERS + enough)), user("z"), END,
                        line("begin", "sign", "z", "finish")), signers=["甲", "乙", "丙"])  # fmt: skip
    walk.done("sign")
    assert walk.open == ["sign", "sign"]

    walk.done("sign")

    assert walk.open == ["z"]


def test_07_countersigning_can_be_begun_anew():
    model = diagram(START, gateway("exclusive", "m"), user("sign", several(SIGNERS)), user("z"), *AGAIN,
                    line("begin", "m", "sign", "z", "x"))  # fmt: skip
    walk = Walk(model, signers=["甲", "乙"])
    for _ in range(3):
        walk.done("sign")
        walk.done("sign")
        walk.done("z", z={"again": True})

    assert walk.open == ["sign", "sign"]


def test_08_taking_a_signer_away_keeps_nothing_waiting():
    model = diagram(START, user("sign", several(SIGNERS)), END, line("begin", "sign", "finish"))
    walk = Walk(model, signers=["甲", None])
    walk.done("sign")

    assert walk.keep(RUNTIME.drop_instance(walk.definition, walk.running, walk.task("sign"), NOW)).finished


def test_09_a_loop_of_a_thousand_visits_lives_and_does_not_grow():
    model = diagram(START, gateway("exclusive", "m"), user("z"), *AGAIN, line("begin", "m", "z", "x"))
    walk = Walk(model)

    found = sizes(walk, 1000, lambda walk: walk.done("z", z={"again": True}))

    assert len(set(found)) == 1
    assert walk.done("z", z={"again": False}).finished


def test_10_a_join_in_a_loop_of_400_rounds_does_not_grow():
    def visit(walk: Walk) -> None:
        walk.done("a")
        walk.done("b")
        walk.done("z", z={"again": True})

    assert len(set(sizes(Walk(PARALLEL, z={"again": True}), 400, visit))) == 1


def test_11_a_boundary_timer_ends_a_multi_instance_sub_process():
    model = diagram(START, inner("sub", several(SIGNERS), *scope("sub", "u")), timer("t", "sub", True), user("late"),
                    END, end("e2"), line("begin", "sub", "finish"), line("t", "late", "e2"))  # fmt: skip
    walk = Walk(model, signers=["甲", "乙"])

    walk.fire("t")

    assert (walk.open, walk.last.active) == (["late"], {"late"})


def test_12_an_error_takes_the_path_of_its_own_sub_process_only():
    def failing(key: str) -> str:
        task, bad = f"{key}_u", end(f"{key}_e", on("error", "bad"))
        return inner(key, f'<startEvent id="{key}_b"/>', user(task), bad, line(f"{key}_b", task, f"{key}_e"))

    model = diagram(START, gateway("parallel", "f"), failing("one"), failing("two"),
                    boundary("t1", "one", on("error", "bad")), boundary("t2", "two", on("error", "bad")), user("l1"),
                    user("l2"), END, end("e1"), end("e2"), end("e3"), line("begin", "f", "one", "finish"),
                    line("f", "two", "e1"), line("t1", "l1", "e2"), line("t2", "l2", "e3"),
                    declared=DECLARED)  # fmt: skip
    walk = Walk(model)

    walk.done("one_u")

    assert walk.open == ["l1", "two_u"]


def test_13_no_timer_or_message_outlives_the_task_it_hung_on():
    model = diagram(START, gateway("exclusive", "m"), user("z"), timer("t", "z", False),
                    boundary("w", "z", on("message", "paid"), False), user("y"), *AGAIN, end("e"),
                    line("begin", "m", "z", "x"), line("t", "y", "e"), line("w", "y"), declared=DECLARED)  # fmt: skip
    walk = Walk(model)
    old = walk.timer("t").id
    walk.done("z", z={"again": True})

    with pytest.raises(TaskClosed):
        RUNTIME.fire(walk.definition, walk.running, old, NOW)

    assert (walk.waiting, len(walk.last.waits)) == (["t"], 1)


def test_14_nothing_leads_back_into_a_finished_branch_but_a_flow():
    offered = {name for name, _ in inspect.getmembers(Runtime, inspect.isfunction) if not name.startswith("_")}

    assert offered == {
        "check", "define", "start", "complete", "fail", "fire", "deliver", "add_instance", "drop_instance",
        "open_tasks", "timers", "counting_by", "resting_at",
    }  # fmt: skip


def test_15_an_event_sub_process_inside_a_sub_process_interrupts():
    inside = (*scope("sub", "u"), handler("hs", on("message", "paid"), "h"))
    walk = Walk(diagram(START, inner("sub", *inside), END, line("begin", "sub", "finish"), declared=DECLARED))

    walk.told("message", "paid")

    assert (walk.open, walk.last.cancelled != ()) == (["h"], True)
    assert walk.done("h").finished


def test_16_an_event_sub_process_that_ran_does_not_hold_up_the_next_instance():
    model = simple(handler("hs", on("message", "paid"), "h", interrupting=False)).replace(
        b'<process id="p"', DECLARED.encode() + b'<process id="p"'
    )
    first = Walk(model)
    first.told("message", "paid")

    assert Walk(model).done("a").finished


@pytest.mark.parametrize("key", ["Start", "End", "Root"])
def test_17_the_librarys_own_ids_are_ids_like_others(key: str):
    walk = Walk(diagram(START, gateway("parallel", "f"), user("a"), END, user(key), end("e2"),
                        line("begin", "f", "a", "finish"), line("f", key, "e2")))  # fmt: skip

    assert walk.done(key).finished is False
    assert walk.done("a").finished


@pytest.mark.parametrize(
    "thrower",
    [
        end("x", on("signal", "alarm")),
        end("x", "<eventDefinitionRef>sd</eventDefinitionRef>"),
        end("x", on("error", "bad")),
    ],
)
def test_18_no_event_is_silently_none(thrower: str):
    caught = on("error", "bad") if "error" in thrower else on("signal", "alarm")
    declared = DECLARED + '<signalEventDefinition id="sd" signalRef="alarm"/>'
    inside = ('<startEvent id="ib"/>', user("u"), thrower, line("ib", "u", "x"), handler("hs", caught, "h"))
    walk = Walk(diagram(START, inner("sub", *inside), END, line("begin", "sub", "finish"), declared=declared))
    assert walk.open == ["u"]

    walk.done("u")

    assert walk.open == ["h"]


def test_19_what_interrupts_a_sub_process_does_so_before_its_next_step():
    inside = ('<startEvent id="ib"/>', throw("x", on("signal", "alarm")), service("op"), end("ie"),
              line("ib", "x", "op", "ie"))  # fmt: skip
    model = diagram(START, inner("sub", *inside), boundary("t", "sub", on("signal", "alarm")), user("late"), END,
                    line("begin", "sub", "finish"), line("t", "late", "finish"), declared=DECLARED)  # fmt: skip

    walk = Walk(model)

    assert (walk.open, walk.last.actions) == (["late"], ())
