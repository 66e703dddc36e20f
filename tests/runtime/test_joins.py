"""Where branches meet, once and in loops: nobody's change is lost, no token counts twice, nothing piles up."""

from itertools import permutations
from random import Random

import pytest

from engine.domain.errors import TaskClosed
from tests.runtime.drawing import END, START, diagram, end, flow, gateway, inner, line, service, timer, user
from tests.runtime.walking import NOW, RUNTIME, Walk, sizes

PARALLEL = diagram(
    START,
    user("s"),
    gateway("parallel", "f"),
    user("a"),
    user("b"),
    user("c"),
    gateway("parallel", "j"),
    service("op"),
    user("z"),
    END,
    line("begin", "s", "f", "a", "j", "op", "z", "finish"),
    line("f", "b", "j"),
    line("f", "c", "j"),
)
INCLUSIVE = diagram(
    START,
    user("s"),
    gateway("inclusive", "f", 'default="f-c"'),
    user("a"),
    user("b"),
    user("c"),
    gateway("inclusive", "j"),
    service("op"),
    user("z"),
    END,
    line("begin", "s", "f"),
    flow("f", "a", "x.ok = true"),
    flow("f", "b", "x.ok = true"),
    flow("f", "c"),
    line("a", "j"),
    line("b", "j"),
    line("c", "j"),
    line("j", "op", "z", "finish"),
)
ENDS = diagram(
    START,
    user("s"),
    inner(
        "sub",
        '<startEvent id="ib"/>',
        gateway("parallel", "f"),
        user("a"),
        user("b"),
        user("c"),
        end("e1"),
        end("e2"),
        end("e3"),
        line("ib", "f", "a", "e1"),
        line("f", "b", "e2"),
        line("f", "c", "e3"),
    ),
    service("op"),
    user("z"),
    END,
    line("begin", "s", "sub", "op", "z", "finish"),
)
LOOP = diagram(
    START,
    gateway("exclusive", "m"),
    gateway("parallel", "f"),
    user("a"),
    user("b"),
    gateway("parallel", "j"),
    user("z"),
    gateway("exclusive", "x", 'default="x-finish"'),
    END,
    line("begin", "m", "f", "a", "j"),
    line("f", "b", "j"),
    line("j", "z", "x"),
    flow("x", "m", "z.again = true"),
    flow("x", "finish"),
)
REMINDED = diagram(
    START,
    gateway("exclusive", "m"),
    user("a"),
    timer("t", "a", False),
    service("op"),
    end("e2"),
    gateway("exclusive", "x", 'default="x-finish"'),
    END,
    line("begin", "m", "a", "x"),
    line("t", "op", "e2"),
    flow("x", "m", "a.again = true"),
    flow("x", "finish"),
)
REMINDED_INSIDE = diagram(
    START,
    inner(
        "sub",
        '<startEvent id="ib"/>',
        gateway("exclusive", "m"),
        user("a"),
        timer("t", "a", False),
        service("op"),
        end("e2"),
        gateway("exclusive", "x", 'default="x-ie"'),
        end("ie"),
        line("ib", "m", "a", "x"),
        line("t", "op", "e2"),
        flow("x", "m", "a.again = true"),
        flow("x", "ie"),
    ),
    END,
    line("begin", "sub", "finish"),
)
WRITES = {"a": {"x": {"ok": False}, "list": {"v": [8]}}, "b": {"b": {"n": 1}}, "c": {"c": {"n": 2}}}


def joined(model: bytes, order: tuple[str, ...]) -> object:
    """Walk the branches in this order and return what the task after the join is given."""
    walk = Walk(model)
    walk.done("s", x={"ok": True}, list={"v": [5, 6, 7]})
    for element in order:
        walk.done(element, **WRITES[element])
    return walk.last.actions[0].data


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_a_parallel_join_keeps_every_branchs_changes_whole(order: tuple[str, ...]):
    assert joined(PARALLEL, order) == {**WRITES["a"], **WRITES["b"], **WRITES["c"]}


@pytest.mark.parametrize("order", list(permutations("ab")))
def test_an_inclusive_join_waits_for_the_branches_taken_and_keeps_their_changes(order: tuple[str, ...]):
    assert joined(INCLUSIVE, order) == {**WRITES["a"], **WRITES["b"]}


def test_an_inclusive_gateway_takes_its_default_when_nothing_holds():
    walk = Walk(INCLUSIVE)

    walk.done("s", x={"ok": False})

    assert walk.open == ["c"]
    assert walk.done("c").passed == ("c", "c-j", "j", "j-op", "op", "op-z")


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_branches_that_end_in_a_sub_process_keep_their_changes(order: tuple[str, ...]):
    assert joined(ENDS, order) == {**WRITES["a"], **WRITES["b"], **WRITES["c"]}


def test_a_join_waits_for_every_branch_and_tells_which_flows_were_walked():
    walk = Walk(PARALLEL)
    walk.done("s")
    walk.done("b")
    assert (walk.open, walk.last.passed) == (["a", "c"], ("b", "b-j"))

    walk.done("c")
    walk.done("a")

    assert (walk.open, walk.last.passed) == (["z"], ("a", "a-j", "j", "j-op", "op", "op-z"))


def test_a_task_that_waits_for_the_others_at_a_join_is_closed_all_the_same():
    walk = Walk(PARALLEL)
    walk.done("s")
    task = walk.task("a")
    walk.done("a")

    with pytest.raises(TaskClosed):
        RUNTIME.complete(walk.definition, walk.running, task, {}, NOW)


def test_a_join_in_a_loop_waits_for_both_branches_in_every_round():
    walk, chance, seen = Walk(LOOP), Random(3), []  # noqa: S311  # no secret: an order of finishing

    for _ in range(60):
        first, second = chance.sample(["a", "b"], 2)
        walk.done(first)
        seen.append(walk.open == [second])
        walk.done(second)
        seen.append(walk.open == ["z"])
        walk.done("z", z={"again": True})

    assert all(seen)


def test_a_loop_with_a_join_does_not_grow():
    def visit(walk: Walk) -> None:
        walk.done("b")
        walk.done("a")
        walk.done("z", z={"again": True})

    found = sizes(Walk(LOOP), 300, visit)

    assert max(found) - min(found[1:]) < 100  # a digit more or less in a time


@pytest.mark.parametrize("model", [REMINDED, REMINDED_INSIDE])
def test_a_loop_that_was_reminded_300_times_does_not_grow(model: bytes):
    def visit(walk: Walk) -> None:
        walk.fire("t")
        walk.done("a", a={"again": True})

    walk = Walk(model)
    found = sizes(walk, 300, visit)

    assert max(found) - min(found[1:]) < 100
    assert walk.done("a", a={"again": False}).finished


def test_a_simple_loop_of_300_visits_does_not_grow():
    walk = Walk(REMINDED)

    found = sizes(walk, 300, lambda walk: walk.done("a", a={"again": True}))

    assert max(found) - min(found[1:]) < 100


def test_a_join_does_not_depend_on_the_machines_clock(monkeypatch: pytest.MonkeyPatch):
    times = iter(range(2_000_000_000, 0, -1))  # it runs backwards
    monkeypatch.setattr("SpiffWorkflow.task.time.time", lambda: float(next(times)))
    walk = Walk(LOOP)

    for order in ("ab", "ba", "ab"):
        walk.done(order[0])
        assert walk.open == [order[1]]
        walk.done(order[1])
        walk.done("z", z={"again": True})

    assert walk.open == ["a", "b"]
