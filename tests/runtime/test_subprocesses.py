"""Event sub-processes, transactions, compensation, ad-hoc sub-processes and calls."""

import pytest

from tests.runtime.drawing import (
    END,
    HEAD,
    START,
    boundary,
    diagram,
    end,
    gateway,
    handler,
    inner,
    line,
    on,
    process,
    scope,
    service,
    throw,
    timer,
    user,
    when,
)
from tests.runtime.walking import RUNTIME, Walk

DECLARED = (
    '<message id="paid" name="已缴费"/><signal id="alarm" name="预警"/>'
    '<error id="bad" name="bad" errorCode="E1"/><escalation id="up" name="up" escalationCode="U1"/>'
)
EIGHT_HOURS = "<timerEventDefinition><timeDuration>PT8H</timeDuration></timerEventDefinition>"


def handled(definition: str, interrupting: bool) -> bytes:
    """Return begin → a → finish with an event sub-process whose task is h."""
    return diagram(START, user("a"), END, line("begin", "a", "finish"), handler("hs", definition, "h", interrupting),
                   declared=DECLARED)  # fmt: skip


def nested(definition: str, interrupting: bool, ends_with: str = "") -> bytes:
    """Return a sub-process with its own event sub-process, then a task after it."""
    inside = ('<startEvent id="ib"/>', user("u"), end("ie", ends_with), line("ib", "u", "ie"),
              handler("hs", definition, "h", interrupting))  # fmt: skip
    return diagram(START, inner("sub", *inside), user("after"), END, line("begin", "sub", "after", "finish"),
                   declared=DECLARED)  # fmt: skip


def happen(walk: Walk, definition: str) -> None:
    """Let what an event sub-process waits for happen from outside."""
    if "timer" in definition:
        walk.fire("hs_b")
    else:
        walk.told(*{"m": ("message", "已缴费"), "s": ("signal", "预警")}[definition[1]])


# Event sub-processes


@pytest.mark.parametrize("model", [handled, nested])
@pytest.mark.parametrize("definition", [on("message", "paid"), on("signal", "alarm"), EIGHT_HOURS])
def test_an_interrupting_event_sub_process_takes_the_place_of_its_scope(model: object, definition: str):
    walk = Walk(model(definition, True))  # pyright: ignore[reportCallIssue]  # one of two functions
    waited = walk.tasks.copy()

    happen(walk, definition)

    assert (walk.open, walk.waiting, walk.last.cancelled) == (["h"], [], tuple(waited))
    walk.done("h")
    assert walk.open == (["after"] if model is nested else [])


@pytest.mark.parametrize("definition", [on("message", "paid"), on("signal", "alarm")])
def test_one_that_does_not_interrupt_runs_beside_its_scope_as_often_as_it_is_told(definition: str):
    walk = Walk(nested(definition, interrupting=False))

    happen(walk, definition)
    happen(walk, definition)
    assert walk.open == ["h", "h", "u"]
    walk.done("u")
    walk.done("h")
    assert walk.open == ["h"]

    walk.done("h")

    assert (walk.open, walk.last.waits) == (["after"], ())


@pytest.mark.parametrize("definition", [on("message", "paid"), EIGHT_HOURS, when("x.late = true")])
def test_one_that_was_never_told_does_not_keep_its_scope_open(definition: str):
    walk = Walk(handled(definition, interrupting=False))

    assert walk.done("a").finished
    assert walk.last.timers == ()


def test_a_condition_may_start_one():
    walk = Walk(handled(when("a_form.late = true"), interrupting=True))

    walk.done("a", a_form={"late": True})

    assert walk.open == ["h"]


def test_a_condition_that_holds_already_lets_the_scope_not_even_start():
    walk = Walk(handled(when("x.late = true"), interrupting=True), x={"late": True})

    assert walk.open == ["h"]


def test_an_error_is_handled_in_its_own_scope_before_it_goes_further_out():
    walk = Walk(nested(on("error", "bad"), True, ends_with=on("error", "bad")))

    walk.done("u")
    assert (walk.open, walk.last.failure) == (["h"], None)
    walk.done("h")

    assert walk.open == ["after"]


def test_an_escalation_starts_one_beside_what_goes_on():
    inside = ('<startEvent id="ib"/>', throw("x", on("escalation", "up")), user("u"), end("ie"),
              line("ib", "x", "u", "ie"), handler("hs", on("escalation", "up"), "h", interrupting=False))  # fmt: skip

    walk = Walk(diagram(START, inner("sub", *inside), END, line("begin", "sub", "finish"), declared=DECLARED))

    assert walk.open == ["h", "u"]


def test_many_instances_of_one_diagram_do_not_change_it():
    model = handled(on("message", "paid"), interrupting=False)
    first, second = Walk(model), Walk(model)
    first.told("message", "已缴费")
    first.done("h")

    assert first.done("a").finished
    assert second.done("a").finished


# Transactions and compensation


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


# Ad-hoc sub-processes and calls


@pytest.mark.parametrize(("condition", "left"), [("", ["y"]), ("x_form.enough = true", [])])
def test_an_ad_hoc_sub_process_offers_all_and_ends_when_all_is_done_or_enough(condition: str, left: list[str]):
    asked = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    model = diagram(START, inner("sub", user("x"), user("y"), asked, kind="adHocSubProcess"), user("after"), END,
                    line("begin", "sub", "after", "finish"))  # fmt: skip
    walk = Walk(model, x_form={"enough": False})
    assert walk.open == ["x", "y"]

    walk.done("x", x_form={"enough": True})

    assert walk.open == (left or ["after"])


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
