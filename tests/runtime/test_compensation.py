"""Transactions and compensation: what is undone, in which order, and what is not."""

from tests.runtime.drawing import (
    END,
    START,
    boundary,
    diagram,
    end,
    gateway,
    handler,
    inner,
    line,
    on,
    scope,
    throw,
    user,
)
from tests.runtime.walking import Walk


def undo(host: str, task: str) -> str:
    """Return the boundary event of an activity and the task that compensates it."""
    event = boundary(f"{task}_c", host, on("compensate"))
    return event + user(task, attributes='isForCompensation="true"')


def tie(task: str) -> str:
    """Return the association between them; it stands after all nodes."""
    return f'<association id="{task}_a" sourceRef="{task}_c" targetRef="{task}"/>'


def test_what_was_completed_is_undone_in_reverse_order_before_the_flow_goes_on():
    model = diagram(START, user("a"), undo("a", "ua"), user("b"), undo("b", "ub"), throw("x", on("compensate")),
                    user("z"), END, line("begin", "a", "b", "x", "z", "finish"), tie("ua"), tie("ub"))  # fmt: skip
    walk = Walk(model)
    walk.done("a")

    walk.done("b")
    assert walk.open == ["ub"]
    walk.done("ub")
    assert walk.open == ["ua"]
    walk.done("ua")

    assert walk.open == ["z"]
    assert walk.done("z").finished


def test_one_activity_may_be_undone_alone():
    model = diagram(START, user("a"), undo("a", "ua"), user("b"), undo("b", "ub"),
                    throw("x", '<compensateEventDefinition activityRef="a"/>'), user("z"), END,
                    line("begin", "a", "b", "x", "z", "finish"), tie("ua"), tie("ub"))  # fmt: skip
    walk = Walk(model)
    walk.done("a")
    walk.done("b")

    assert walk.open == ["ua"]
    walk.done("ua")
    assert walk.open == ["z"]


def test_what_was_not_completed_is_not_undone():
    model = diagram(START, gateway("parallel", "f"), user("a"), undo("a", "ua"), user("b"),
                    throw("x", on("compensate")), user("z"), END, end("e2"), line("begin", "f", "a", "finish"),
                    line("f", "b", "x", "z", "e2"), tie("ua"))  # fmt: skip
    walk = Walk(model)

    walk.done("b")

    assert walk.open == ["a", "z"]


def test_a_completed_sub_process_is_undone_by_what_is_in_it():
    inside = ('<startEvent id="ib"/>', user("a"), undo("a", "ua"), end("ie"), line("ib", "a", "ie"), tie("ua"))
    model = diagram(START, inner("sub", *inside), user("b"), throw("x", on("compensate")), user("z"), END,
                    line("begin", "sub", "b", "x", "z", "finish"))  # fmt: skip
    walk = Walk(model)
    walk.done("a")
    walk.done("b")

    assert (walk.open, walk.last.active) == (["ua"], {"sub", "ua"})
    walk.done("ua")
    assert walk.open == ["z"]


def test_a_sub_process_may_say_itself_how_it_is_undone():
    inside = ('<startEvent id="ib"/>', user("a"), undo("a", "ua"), end("ie"), line("ib", "a", "ie"),
              handler("hs", on("compensate"), "h"), tie("ua"))  # fmt: skip
    model = diagram(START, inner("sub", *inside), user("b"), throw("x", on("compensate")), user("z"), END,
                    line("begin", "sub", "b", "x", "z", "finish"))  # fmt: skip
    walk = Walk(model)
    walk.done("a")
    walk.done("b")

    assert walk.open == ["h"]
    walk.done("h")
    assert walk.open == ["z"]
    assert walk.done("z").finished


def test_a_cancelled_transaction_is_undone_and_left_by_its_cancel_event():
    inside = ('<startEvent id="ib"/>', gateway("parallel", "f"), user("a"), undo("a", "ua"), user("b"), user("c"),
              end("ie"), end("ic", on("cancel")), line("ib", "f", "a", "b", "ie"), line("f", "c", "ic"),
              tie("ua"))  # fmt: skip
    model = diagram(START, inner("tx", *inside, kind="transaction"), boundary("t", "tx", on("cancel")), user("late"),
                    user("after"), END, line("begin", "tx", "after", "finish"),
                    line("t", "late", "finish"))  # fmt: skip
    walk = Walk(model)
    walk.done("a")

    walk.done("c")
    assert walk.open == ["ua"]
    walk.done("ua")

    assert (walk.open, walk.last.active) == (["late"], {"late"})


def test_a_transaction_that_is_not_cancelled_goes_on():
    model = diagram(START, inner("tx", *scope("tx", "a"), kind="transaction"), boundary("t", "tx", on("cancel")),
                    user("late"), user("after"), END, line("begin", "tx", "after", "finish"),
                    line("t", "late", "finish"))  # fmt: skip
    walk = Walk(model)

    walk.done("a")

    assert walk.open == ["after"]
