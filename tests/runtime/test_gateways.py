"""Gateways beyond the simple join: event-based, inclusive and complex, in loops, and with tokens left over."""

from itertools import permutations
from random import Random

import pytest

from engine.domain.errors import Invalid
from tests.runtime.drawing import END, START, catch, diagram, end, flow, gateway, line, user, wait
from tests.runtime.walking import Walk

EVENTS = diagram(
    START,
    gateway("exclusive", "m"),
    gateway("eventBased", "g"),
    wait("w", '<messageEventDefinition messageRef="paid"/>'),
    catch("t1"),
    catch("t2", "<timeDuration>PT4H</timeDuration>"),
    user("a"),
    user("b"),
    user("c"),
    gateway("exclusive", "x", 'default="x-finish"'),
    END,
    line("begin", "m", "g"),
    line("g", "w", "a", "x"),
    line("g", "t1", "b", "x"),
    line("g", "t2", "c", "x"),
    flow("x", "m", "f.again = true"),
    flow("x", "finish"),
    declared='<message id="paid" name="paid"/>',
)
SPLIT = (
    START,
    gateway("exclusive", "m"),
    gateway("inclusive", "f", 'default="f-c"'),
    user("a"),
    user("b"),
    user("c"),
    gateway("inclusive", "j"),
    user("z"),
    gateway("exclusive", "x", 'default="x-finish"'),
    END,
    line("begin", "m", "f"),
    flow("f", "a", 'contains(way, "a")'),
    flow("f", "b", 'contains(way, "b")'),
    flow("f", "c"),
    line("a", "j"),
    line("b", "j"),
    line("c", "j"),
    line("j", "z", "x"),
    flow("x", "m", "z.again = true"),
    flow("x", "finish"),
)


def test_an_event_based_gateway_waits_for_all_of_its_events_each_with_its_time():
    walk = Walk(EVENTS)

    assert (walk.waiting, [w.element_id for w in walk.last.waits]) == (["t1", "t2"], ["w"])
    first, second = walk.timer("t1").due_at, walk.timer("t2").due_at
    assert first is not None
    assert second is not None
    assert second < first


@pytest.mark.parametrize(("event", "opened"), [("w", "a"), ("t1", "b"), ("t2", "c")])
def test_the_first_event_takes_its_way_and_the_others_are_forgotten(event: str, opened: str):
    walk = Walk(EVENTS)

    for _ in range(3):
        _ = walk.told("message", "paid") if event == "w" else walk.fire(event)
        assert (walk.open, walk.waiting, walk.last.waits) == ([opened], [], ())
        walk.done(opened, f={"again": True})

    assert walk.waiting == ["t1", "t2"]


@pytest.mark.parametrize("way", ["a", "b", "ab", ""])
def test_an_inclusive_join_in_a_loop_waits_for_the_ways_taken_in_every_round(way: str):
    walk, chance = Walk(diagram(*SPLIT), way=way), Random(5)  # noqa: S311  # no secret: an order of finishing

    for _ in range(10):
        taken = list(way or "c")
        chance.shuffle(taken)
        for element in taken:
            assert "z" not in walk.open
            walk.done(element)
        walk.done("z", z={"again": True})

    assert walk.open == list(way or "c")


def test_an_inclusive_join_does_not_wait_for_what_has_gone_another_way():
    model = diagram(START, gateway("parallel", "f"), user("a"), user("b"), gateway("exclusive", "x", 'default="x-e2"'),
                    gateway("inclusive", "j"), user("z"), END, end("e2"), line("begin", "f", "a", "j", "z", "finish"),
                    line("f", "b", "x"), flow("x", "j", "b.joins = true"), flow("x", "e2"))  # fmt: skip
    walk = Walk(model)
    walk.done("a")
    assert walk.open == ["b"]

    walk.done("b", b={"joins": False})

    assert walk.open == ["z"]


def test_a_token_too_many_waits_for_the_next_round_of_a_parallel_join():
    model = diagram(START, gateway("parallel", "f"), user("a"), user("b"), user("c"), gateway("exclusive", "m"),
                    gateway("parallel", "j"), user("z"), END, line("begin", "f", "a", "m", "j", "z", "finish"),
                    line("f", "b", "m"), line("f", "c", "j"))  # fmt: skip
    walk = Walk(model)

    walk.done("a")
    walk.done("b")
    assert walk.open == ["c"]
    walk.done("c")

    assert (walk.open, walk.last.stuck) == (["z"], False)
    last = walk.done("z")
    assert (last.finished, last.stuck) == (False, True)  # the other token waits at the join, as it is drawn


def complex_join(condition: str) -> bytes:
    """Return three branches that meet at a complex gateway, in a loop."""
    parts = list(SPLIT)
    parts[6] = f'<complexGateway id="j"><activationCondition>{condition}</activationCondition></complexGateway>'
    return diagram(*parts)


@pytest.mark.parametrize("order", list(permutations("ab")))
def test_a_complex_join_fires_when_its_condition_holds_and_swallows_the_rest_of_the_round(order: tuple[str, ...]):
    walk = Walk(complex_join("activationCount &gt;= 1"), way="ab")

    walk.done(order[0])
    assert walk.open == sorted([order[1], "z"])
    walk.done(order[1])

    assert walk.open == ["z"]


def test_a_complex_join_of_two_starts_anew_in_the_next_round():
    walk = Walk(complex_join("activationCount = 2"), way="ab")

    for _ in range(3):
        walk.done("a")
        assert walk.open == ["b"]
        walk.done("b")
        assert walk.open == ["z"]
        walk.done("z", z={"again": True})

    assert walk.open == ["a", "b"]


def test_flows_of_a_task_may_have_conditions():
    model = diagram(START, user("a", attributes='default="a-d"'), user("b"), user("c"), user("d"), END, end("e2"),
                    end("e3"), line("begin", "a"), flow("a", "b", "x.b = true"), flow("a", "c", "x.c = true"),
                    flow("a", "d"), line("b", "finish"), line("c", "e2"), line("d", "e3"))  # fmt: skip
    both, none = Walk(model), Walk(model)

    both.done("a", x={"b": True, "c": True})
    none.done("a", x={"b": False, "c": False})

    assert (both.open, none.open) == (["b", "c"], ["d"])


def test_a_choice_without_a_way_refuses_the_step_and_changes_nothing():
    model = diagram(START, user("a"), gateway("exclusive", "x"), user("b"), END, line("begin", "a", "x"),
                    flow("x", "b", "x.n = 1"), flow("x", "finish", "x.n = 2"), line("b", "finish"))  # fmt: skip
    walk = Walk(model)
    task = walk.task("a")

    with pytest.raises(Invalid) as caught:
        walk.done("a", x={"n": 3})

    assert caught.value.facts == {"reason": "no_way", "element": "x"}
    assert task in walk.last.state.text


def test_an_activity_may_need_and_give_several_tokens():
    model = diagram(START, user("a", attributes='completionQuantity="2"'), user("b"),
                    user("c", attributes='startQuantity="2"'), END, line("begin", "a", "b", "c", "finish"))  # fmt: skip
    walk = Walk(model)

    walk.done("a")
    assert walk.open == ["b", "b"]
    walk.done("b")
    assert walk.open == ["b"]
    walk.done("b")

    assert walk.open == ["c"]
    assert walk.done("c").finished


def test_tokens_that_meet_at_a_task_each_run_it():
    model = diagram(START, gateway("parallel", "f"), user("a"), user("b"), user("z"), END, line("begin", "f", "a", "z"),
                    line("f", "b", "z", "finish"))  # fmt: skip
    walk = Walk(model)

    walk.done("a")
    walk.done("b")

    assert walk.open == ["z", "z"]
