"""Timers wait until they are told; boundary events on tasks and sub-processes."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.errors import Invalid, TaskClosed
from engine.runtime.contract import ClockUse
from engine.runtime.iso import due_of
from tests.runtime.drawing import END, START, catch, deadline, diagram, end, flow, gateway, inner, line, service, timer
from tests.runtime.drawing import user as task
from tests.runtime.walking import NOW, RUNTIME, Walk

FEEDBACK = '<gov:clock id="feedback" limit="3" unit="workday" startsOn="case"/>'


def on_task(interrupting: bool, inside: str = "<timeDuration>PT8H</timeDuration>") -> bytes:
    return diagram(START, task("a"), timer("t", "a", interrupting, inside), task("late"), END, end("e2"),
                   line("begin", "a", "finish"), line("t", "late", "e2"), extensions=FEEDBACK)  # fmt: skip


def on_sub_process(interrupting: bool) -> bytes:
    nested = inner("sub", '<startEvent id="ib"/>', task("u"), end("ie"), line("ib", "u", "ie"))
    return diagram(START, nested, timer("t", "sub", interrupting), task("late"), task("after"), END, end("e2"),
                   line("begin", "sub", "after", "finish"), line("t", "late", "e2"))  # fmt: skip


def test_an_interrupting_timer_closes_its_task_and_walks_on():
    walk = Walk(on_task(interrupting=True))
    waited = walk.task("a")

    last = walk.fire("t")

    assert (last.cancelled, walk.open, walk.waiting) == ((waited,), ["late"], [])
    assert last.passed == ("t", "t-late")


@pytest.mark.parametrize(("model", "entered"), [(on_task(True), "a"), (on_sub_process(True), "sub")])
def test_the_flow_into_an_activity_with_a_timer_is_reported(model: bytes, entered: str):
    assert Walk(model).last.passed[:2] == ("begin", f"begin-{entered}")


def test_a_reminder_leaves_its_task_open():
    walk = Walk(on_task(interrupting=False))

    walk.fire("t")

    assert (walk.last.cancelled, walk.open, walk.waiting) == ((), ["a", "late"], [])


def test_completing_the_task_cancels_its_timer():
    walk = Walk(on_task(interrupting=False))

    walk.done("a")

    assert (walk.waiting, walk.last.finished) == ([], True)


def test_an_interrupting_timer_on_a_sub_process_closes_all_in_it():
    walk = Walk(on_sub_process(interrupting=True))
    inside = walk.task("u")

    walk.fire("t")

    assert (walk.last.cancelled, walk.open, walk.last.active) == ((inside,), ["late"], frozenset({"late"}))


def test_a_reminder_on_a_sub_process_leaves_it_running():
    walk = Walk(on_sub_process(interrupting=False))

    walk.fire("t")
    assert walk.last.active == {"sub", "u", "late"}
    walk.done("u")

    assert walk.open == ["after", "late"]


def test_a_timer_names_its_task_or_the_sub_process_it_sits_on():
    on_a, on_sub = Walk(on_task(interrupting=True)), Walk(on_sub_process(interrupting=True))

    assert (on_a.timer("t").host_task_id, on_a.timer("t").host_element_id) == (on_a.task("a"), "a")
    assert (on_sub.timer("t").host_task_id, on_sub.timer("t").host_element_id) == (None, "sub")


def test_timers_in_nested_sub_processes_are_told_apart():
    inmost = inner("s2", '<startEvent id="b2"/>', task("u"), timer("tu", "u", False), task("w"), end("ew"), end("e2"),
                   line("b2", "u", "e2"), line("tu", "w", "ew"))  # fmt: skip
    middle = inner("s1", '<startEvent id="b1"/>', inmost, timer("t2", "s2", True), end("e1"), task("x"), end("ex"),
                   line("b1", "s2", "e1"), line("t2", "x", "ex"))  # fmt: skip
    walk = Walk(diagram(START, middle, timer("t1", "s1", False), task("y"), end("ey"), END,
                        line("begin", "s1", "finish"), line("t1", "y", "ey")))  # fmt: skip
    assert walk.waiting == ["t1", "t2", "tu"]

    walk.fire("tu")
    walk.fire("t1")
    walk.fire("t2")

    assert (walk.open, walk.waiting, walk.last.active) == (["x", "y"], [], frozenset({"s1", "x", "y"}))


@pytest.mark.parametrize("interrupting", [True, False])  # each a different way of being over
def test_a_timer_fires_once(interrupting: bool):
    walk = Walk(on_task(interrupting))
    told = walk.timer("t").id
    walk.fire("t")

    with pytest.raises(TaskClosed) as caught:
        RUNTIME.fire(walk.definition, walk.running, told, NOW)

    assert caught.value.facts["timer"] == told


def test_a_task_is_no_timer():
    walk = Walk(on_task(interrupting=True))

    with pytest.raises(TaskClosed):
        RUNTIME.fire(walk.definition, walk.running, walk.task("a"), NOW)


def test_no_timer_fires_by_itself_however_late_it_is():
    long_ago = "<timeDate>2001-01-01T00:00:00+08:00</timeDate>"
    walk = Walk(diagram(START, task("a"), timer("t", "a", True, long_ago), task("b"), END, end("e2"),
                        line("begin", "a", "b", "finish"), line("t", "e2")))  # fmt: skip

    walk.done("a")

    assert walk.open == ["b"]


def test_two_timers_on_one_task_are_told_apart():
    walk = Walk(diagram(START, task("a"), timer("t1", "a", False), timer("t2", "a", False), task("x"), task("y"), END,
                        end("e1"), end("e2"), line("begin", "a", "finish"), line("t1", "x", "e1"),
                        line("t2", "y", "e2")))  # fmt: skip

    walk.fire("t2")

    assert (walk.open, walk.waiting) == (["a", "y"], ["t1"])


def test_a_deadline_names_clock_moment_and_offset_and_no_instant():
    model = on_task(True, deadline('clock="feedback" at="flag" offset="-1"') + "<timeDuration>P5D</timeDuration>")

    waiting = Walk(model).timer("t")

    assert (waiting.clock, waiting.moment, waiting.offset, waiting.due_at) == ("feedback", "flag", -1, None)


def test_a_duration_counts_from_the_moment_of_the_step_and_stays():
    walk = Walk(diagram(START, task("a"), task("b"), timer("t", "b", False), end("e"), END, gateway("parallel", "f"),
                        task("c"), end("e3"), line("begin", "f", "a", "b", "finish"), line("f", "c", "e3"),
                        line("t", "e")))  # fmt: skip
    walk.now = NOW + timedelta(hours=1)
    walk.done("a")
    walk.now = NOW + timedelta(hours=5)
    walk.done("c")

    assert walk.timer("t").due_at == NOW + timedelta(hours=9)


def test_a_timer_in_the_flow_starts_its_own_clock_and_holds_it():
    own = deadline('limit="2" unit="workday"') + "<timeDuration>P4D</timeDuration>"
    walk = Walk(diagram(START, catch("c", own), task("a"), END, line("begin", "c", "a", "finish")))
    assert (walk.last.clocks, walk.last.active) == ((ClockUse("c", "c"),), frozenset({"c"}))
    assert walk.definition.clocks["c"].hosts == ("c",)

    walk.fire("c")

    assert (walk.open, walk.last.passed) == (["a"], ("c", "c-a"))


def test_a_task_that_lapses_may_be_offered_again():
    again = diagram(START, gateway("exclusive", "m"), task("a"), timer("t", "a", True), service("op"), END,
                    line("begin", "m", "a", "finish"), line("t", "op", "m"))  # fmt: skip
    walk = Walk(again)
    first = walk.task("a")

    walk.fire("t")

    assert (walk.open, walk.waiting) == (["a"], ["t"])
    assert walk.task("a") != first
    assert walk.done("a").finished


def test_timers_of_a_loop_do_not_pile_up():
    loop = diagram(START, gateway("exclusive", "m"), task("a"), timer("t", "a", False), end("e"), END,
                   gateway("exclusive", "x", 'default="x-finish"'), line("begin", "m", "a", "x"), line("t", "e"),
                   flow("x", "m", "a.again = true"), flow("x", "finish"))  # fmt: skip
    walk = Walk(loop)
    walk.done("a", a={"again": True})

    walk.done("a", a={"again": True})

    assert walk.waiting == ["t"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("PT8H", datetime(2026, 3, 2, 9, 0, tzinfo=UTC)),
        ("PT1H30M", datetime(2026, 3, 2, 2, 30, tzinfo=UTC)),
        ("2026-03-05T09:00+08:00", datetime(2026, 3, 5, 1, 0, tzinfo=UTC)),
        ("2026-03-05T09:00:00Z", datetime(2026, 3, 5, 9, 0, tzinfo=UTC)),
    ],
)
def test_iso_times_are_read(text: str, due: datetime):
    assert due_of(text, NOW) == due


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PT",
        "P1D",
        "P1DT2H",
        "-PT8H",
        "PT8.5H",
        "R0/PT8H",
        "R3/P1D",
        "2026-02-31T09:00+08:00",
        "2026-03-05T09:00",
        "PT٨H",
    ],
)
def test_other_times_are_not(text: str):
    with pytest.raises(Invalid):
        due_of(text, NOW)


def test_a_cycle_fires_as_often_as_it_says_and_does_not_drift():
    model = diagram(START, task("a"), timer("t", "a", False, "<timeCycle>R2/PT8H</timeCycle>"), service("op"), END,
                    end("e2"), line("begin", "a", "finish"), line("t", "op", "e2"))  # fmt: skip
    walk = Walk(model)
    first, told = walk.timer("t").due_at, walk.timer("t").id

    walk.fire("t")
    assert first is not None
    with pytest.raises(TaskClosed):
        RUNTIME.fire(walk.definition, walk.running, told, NOW)
    assert walk.timer("t").due_at == first + (first - walk.now)
    walk.fire("t")

    assert (walk.waiting, walk.open) == ([], ["a"])


def test_an_interrupting_cycle_interrupts_the_first_time():
    model = diagram(START, task("a"), timer("t", "a", True, "<timeCycle>R2/PT8H</timeCycle>"), task("late"), END,
                    end("e2"), line("begin", "a", "finish"), line("t", "late", "e2"))  # fmt: skip
    walk = Walk(model)

    walk.fire("t")

    assert (walk.open, walk.waiting) == (["late"], [])
