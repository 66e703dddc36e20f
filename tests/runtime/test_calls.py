"""Ad-hoc sub-processes, calls of other processes, and what starts a process."""

import pytest

from tests.runtime.drawing import (
    END,
    HEAD,
    START,
    diagram,
    end,
    inner,
    line,
    on,
    process,
    scope,
    service,
    timer,
    user,
)
from tests.runtime.walking import RUNTIME, Walk

DECLARED = '<message id="paid" name="已缴费"/>'
EIGHT_HOURS = "<timerEventDefinition><timeDuration>PT8H</timeDuration></timerEventDefinition>"


@pytest.mark.parametrize(("condition", "left"), [("", ["y"]), ("x_form.enough = true", [])])
def test_an_ad_hoc_sub_process_offers_all_and_ends_when_all_is_done_or_enough(condition: str, left: list[str]):
    asked = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    model = diagram(START, inner("sub", user("x"), user("y"), asked, kind="adHocSubProcess"), user("after"), END,
                    line("begin", "sub", "after", "finish"))  # fmt: skip
    walk = Walk(model, x_form={"enough": False})
    assert walk.open == ["x", "y"]

    walk.done("x", x_form={"enough": True})

    assert walk.open == (left or ["after"])


@pytest.mark.parametrize(("condition", "opened"), [("", [["y"], ["after"]]), ("x_form.enough = true", [["after"]])])
def test_an_ad_hoc_sub_process_may_go_one_by_one(condition: str, opened: list[list[str]]):
    asked = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    block = inner("sub", user("x"), user("y"), asked, kind="adHocSubProcess", attributes='ordering="Sequential"')
    walk = Walk(diagram(START, block, user("after"), END, line("begin", "sub", "after", "finish")))
    assert walk.open == ["x"]

    seen = []
    for _ in opened:
        walk.done(walk.open[0], x_form={"enough": True})
        seen.append(walk.open)

    assert seen == opened


def called(*inside: str) -> bytes:
    """Return a process p that calls q, whose parts are given."""
    caller = process("p", START, '<callActivity id="call" calledElement="q"/>', timer("t", "call", True), user("late"),
                     user("after"), END, end("e2"), line("begin", "call", "after", "finish"),
                     line("t", "late", "e2"))  # fmt: skip
    return f"{HEAD}{caller}{process('q', *inside)}</definitions>".encode()


def test_a_called_process_gets_a_copy_of_the_data_and_gives_back_its_own():
    parts = (START.replace("begin", "qb"), service("op"), user("u"), end("qe"), line("qb", "op", "u", "qe"))
    walk = Walk(called(*parts), x={"n": 1})
    assert walk.last.actions[0].data == {"x": {"n": 1}}

    walk.done("u", x={"n": 2}, y=3)

    assert walk.open == ["after"]
    assert '"data":{"x":{"n":2},"y":3}' in walk.last.state.text


def test_a_message_for_a_called_process_leaves_its_data_there():
    parts = (START.replace("begin", "qb"), '<receiveTask id="r" messageRef="paid"/>', service("op"), user("u"),
             end("qe"), line("qb", "r", "op", "u", "qe"))  # fmt: skip
    walk = Walk(called(*parts).replace(b"<process", DECLARED.encode() + b"<process", 1), amount=1)

    walk.told("message", "已缴费", amount=2)

    assert walk.last.actions[0].data == {"amount": 2}
    assert '"data":{"amount":1},"ended"' in walk.last.state.text


def test_a_timer_on_a_call_ends_the_called_process():
    walk = Walk(called(*scope("q", "u")))
    waited = walk.task("u")

    walk.fire("t")

    assert (walk.last.cancelled, walk.open) == ((waited,), ["late"])


def test_each_process_of_a_file_can_be_started_by_itself():
    model = called(*scope("q", "u"))

    walk = Walk(model, process="q")

    assert walk.open == ["u"]
    assert walk.done("u").finished
    assert RUNTIME.define(model).digest != RUNTIME.define(model, "q").digest


def test_a_process_may_be_started_by_a_message():
    start = f'<startEvent id="ms">{on("message", "paid")}</startEvent>'
    model = diagram(START, start, user("a"), user("b"), END, line("begin", "a", "finish"), line("ms", "b", "finish"),
                    declared=DECLARED)  # fmt: skip
    definition = RUNTIME.define(model)

    walk = Walk(model, element="ms")

    assert [(s.kind, s.name, s.element_id) for s in definition.starts] == [("message", "已缴费", "ms")]
    assert (walk.open, Walk(model).open) == (["b"], ["a"])


def test_a_receive_task_may_start_a_process():
    receive = '<receiveTask id="r" messageRef="paid" instantiate="true"/>'
    model = diagram(receive, user("a"), END, line("r", "a", "finish"), declared=DECLARED)

    assert [(s.kind, s.name, s.element_id) for s in RUNTIME.define(model).starts] == [("message", "已缴费", "r")]
    assert Walk(model, element="r").open == ["a"]


def test_a_time_that_starts_a_process_is_told():
    model = diagram(f'<startEvent id="s">{EIGHT_HOURS}</startEvent>', user("a"), END, line("s", "a", "finish"))

    assert [(s.kind, s.name, s.element_id) for s in RUNTIME.define(model).starts] == [("timer", "PT8H", "s")]
    assert Walk(model, element="s").open == ["a"]
