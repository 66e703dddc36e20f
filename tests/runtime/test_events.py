"""Events in the flow and at boundaries: what is thrown, who catches it, and what that ends."""

import pytest

from engine.domain.errors import TaskClosed
from tests.runtime.drawing import (
    END,
    START,
    boundary,
    diagram,
    end,
    flow,
    gateway,
    inner,
    line,
    on,
    scope,
    service,
    throw,
    timer,
    user,
    wait,
    when,
)
from tests.runtime.walking import Walk

DECLARED = (
    '<message id="paid" name="已缴费"/><signal id="alarm" name="预警"/><signal id="calm" name="解除"/>'
    '<error id="bad" name="bad" errorCode="E1"/><error id="worse" name="worse" errorCode="E2"/>'
    '<escalation id="up" name="up" escalationCode="U1"/>'
)


def at_task(definition: str, interrupting: bool) -> bytes:
    """Return begin → a → finish with a boundary event on a that leads to `late`."""
    return diagram(START, user("a"), boundary("t", "a", definition, interrupting), user("late"), END, end("e2"),
                   line("begin", "a", "finish"), line("t", "late", "e2"), declared=DECLARED)  # fmt: skip


def at_sub_process(definition: str, *inside: str, interrupting: bool = True) -> bytes:
    """Return a sub-process with a boundary event that leads to `late`, then `after`."""
    return diagram(START, inner("sub", *inside), boundary("t", "sub", definition, interrupting), user("late"),
                   user("after"), END, end("e2"), line("begin", "sub", "after", "finish"),
                   line("t", "late", "e2"), declared=DECLARED)  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), [("message", "已缴费"), ("signal", "预警")])
def test_a_catching_event_waits_until_it_is_told(kind: str, name: str):
    definition = on(kind, "paid" if kind == "message" else "alarm")
    model = diagram(START, wait("w", definition), user("a"), END, line("begin", "w", "a", "finish"), declared=DECLARED)
    walk = Walk(model)
    assert [(w.kind, w.name, w.element_id) for w in walk.last.waits] == [(kind, name, "w")]

    walk.told(kind, name, amount=3)

    assert (walk.open, walk.last.waits) == (["a"], ())


def test_a_message_that_nobody_waits_for_is_refused():
    walk = Walk(at_task(on("message", "paid"), interrupting=True))

    with pytest.raises(TaskClosed) as caught:
        walk.told("message", "other")

    assert caught.value.facts["event"] == "other"
    assert walk.open == ["a"]


def test_a_receive_task_waits_for_its_message_and_a_send_task_sends_one():
    model = diagram(START, '<receiveTask id="r" messageRef="paid"/>', '<sendTask id="s" messageRef="paid"/>', user("a"),
                    END, line("begin", "r", "s", "a", "finish"), declared=DECLARED)  # fmt: skip
    walk = Walk(model)

    walk.told("message", "已缴费", amount=3)

    assert walk.open == ["a"]
    assert [(t.kind, t.name, t.data) for t in walk.last.thrown] == [("message", "已缴费", {"amount": 3})]


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_an_interrupting_boundary_event_closes_its_task(kind: str):
    walk = Walk(at_task(on(kind, {"message": "paid", "signal": "alarm"}[kind]), interrupting=True))
    waited = walk.task("a")

    last = walk.told(kind, {"message": "已缴费", "signal": "预警"}[kind])

    assert (last.cancelled, walk.open, last.waits) == ((waited,), ["late"], ())


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_a_boundary_event_that_does_not_interrupt_happens_as_often_as_it_is_told(kind: str):
    walk = Walk(at_task(on(kind, {"message": "paid", "signal": "alarm"}[kind]), interrupting=False))

    for _ in range(3):
        walk.told(kind, {"message": "已缴费", "signal": "预警"}[kind])

    assert walk.open == ["a", "late", "late", "late"]


def test_a_message_goes_to_one_who_waits_and_a_signal_to_all():
    twice = (gateway("parallel", "f"), user("x"), user("y"), END, end("e2"), line("begin", "f"))
    messages = diagram(START, *twice, wait("w1", on("message", "paid")), wait("w2", on("message", "paid")),
                       line("f", "w1", "x", "finish"), line("f", "w2", "y", "e2"), declared=DECLARED)  # fmt: skip
    signals = messages.replace(b"messageEventDefinition messageRef", b"signalEventDefinition signalRef").replace(
        b'Ref="paid"', b'Ref="alarm"'
    )
    one, all_ = Walk(messages), Walk(signals)

    one.told("message", "已缴费")
    all_.told("signal", "预警")

    assert (one.open, all_.open) == (["x"], ["x", "y"])


def test_a_signal_thrown_inside_is_caught_inside_and_told_outside():
    model = diagram(START, gateway("parallel", "f"), wait("w", on("signal", "alarm")), user("x"), user("y"),
                    throw("t", on("signal", "alarm")), user("z"), END, end("e2"), line("begin", "f", "w", "x", "e2"),
                    line("f", "y", "t", "z", "finish"), declared=DECLARED)  # fmt: skip
    walk = Walk(model)

    walk.done("y")

    assert walk.open == ["x", "z"]
    assert [(t.kind, t.name) for t in walk.last.thrown] == [("signal", "预警")]


def test_a_condition_happens_when_it_comes_true_and_again_after_it_was_false():
    model = diagram(START, gateway("parallel", "f"), user("a"), boundary("t", "a", when("s.n &gt; 2"), False),
                    user("late"), gateway("exclusive", "m"), user("set"), END, end("e2"), line("begin", "f", "a"),
                    line("a", "finish"), line("t", "late", "e2"), line("f", "m", "set", "m"))  # fmt: skip
    walk, seen = Walk(model, s={"n": 1}), []

    for number in (1, 3, 4, 1, 5):
        walk.done("set", s={"n": number})
        seen.append(walk.open.count("late"))

    assert seen == [0, 1, 1, 1, 2]


def test_a_condition_waits_for_a_value_that_is_not_there_yet():
    walk = Walk(diagram(START, gateway("parallel", "f"), user("a"), wait("c", when("a_form.ok = true")), user("b"), END,
                        end("e2"), line("begin", "f", "a", "finish"), line("f", "c", "b", "e2")))  # fmt: skip

    walk.done("a", a_form={"ok": True})

    assert walk.open == ["b"]


def test_a_condition_that_holds_already_leaves_nothing_else_at_the_boundary():
    model = diagram(START, user("a"), boundary("t", "a", when("x.late = true")), timer("t2", "a", True), user("late"),
                    END, line("begin", "a", "finish"), line("t", "late", "finish"), line("t2", "finish"))  # fmt: skip
    walk = Walk(model, x={"late": True})
    assert (walk.open, walk.waiting) == (["late"], [])

    assert walk.done("late").finished


def test_an_error_takes_the_boundary_event_of_its_sub_process():
    inside = ('<startEvent id="ib"/>', user("u"), end("ie", on("error", "bad")), line("ib", "u", "ie"))
    walk = Walk(at_sub_process(on("error", "bad"), *inside))

    last = walk.done("u")

    assert (walk.open, last.failure) == (["late"], None)
    assert last.passed == ("u", "u-ie", "ie", "t", "t-late")


@pytest.mark.parametrize(("code", "goes_to"), [("E1", "one"), ("E2", "any"), ("E3", "any")])
def test_the_handler_that_names_the_code_goes_before_the_one_for_all(code: str, goes_to: str):
    model = diagram(START, user("a"), boundary("t1", "a", on("error")), boundary("t2", "a", on("error", "bad")),
                    user("any"), user("one"), END, line("begin", "a", "finish"), line("t1", "any", "finish"),
                    line("t2", "one", "finish"), declared=DECLARED)  # fmt: skip
    walk = Walk(model)

    walk.failed("a", code)

    assert walk.open == [goes_to]


def test_an_error_that_nothing_catches_ends_the_instance_and_is_told():
    model = diagram(START, gateway("parallel", "f"), user("a"), user("b"), END, end("e2", on("error", "bad")),
                    line("begin", "f", "a", "e2"), line("f", "b", "finish"), declared=DECLARED)  # fmt: skip
    walk = Walk(model)
    other = walk.task("b")

    last = walk.done("a")

    assert (last.failure, last.finished, last.cancelled) == ("E1", True, (other,))


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_escalation_goes_up_and_only_interrupts_where_it_is_drawn_so(interrupting: bool):
    inside = ('<startEvent id="ib"/>', throw("x", on("escalation", "up")), user("u"), end("ie"),
              line("ib", "x", "u", "ie"))  # fmt: skip
    walk = Walk(at_sub_process(on("escalation", "up"), *inside, interrupting=interrupting))

    assert walk.open == (["late"] if interrupting else ["late", "u"])


def test_an_escalation_that_nothing_catches_changes_nothing():
    model = diagram(START, throw("x", on("escalation", "up")), user("a"), END, line("begin", "x", "a", "finish"),
                    declared=DECLARED)  # fmt: skip

    assert Walk(model).open == ["a"]


def test_what_interrupts_does_so_before_the_next_step_is_taken():
    inside = ('<startEvent id="ib"/>', throw("x", on("signal", "alarm")), service("op"), end("ie"),
              line("ib", "x", "op", "ie"))  # fmt: skip

    walk = Walk(at_sub_process(on("signal", "alarm"), *inside))

    assert (walk.open, walk.last.actions) == (["late"], ())


def test_an_event_with_several_definitions_takes_the_first_that_happens():
    model = diagram(START, wait("w", on("message", "paid") + on("signal", "alarm")), user("a"), END,
                    line("begin", "w", "a", "finish"), declared=DECLARED)  # fmt: skip
    walk = Walk(model)

    walk.told("signal", "预警")

    assert (walk.open, walk.last.waits) == (["a"], ())


def test_a_parallel_multiple_event_waits_for_all():
    definitions = on("signal", "alarm") + on("signal", "calm")
    model = diagram(START, wait("w", definitions, 'parallelMultiple="true"'), user("a"), END,
                    line("begin", "w", "a", "finish"), declared=DECLARED)  # fmt: skip
    walk = Walk(model)

    walk.told("signal", "预警")
    walk.told("signal", "预警")
    assert walk.open == []
    walk.told("signal", "解除")

    assert walk.open == ["a"]


def test_a_definition_may_stand_elsewhere_in_the_file():
    declared = DECLARED + '<signalEventDefinition id="sd" signalRef="alarm"/>'
    model = diagram(START, wait("w", "<eventDefinitionRef>sd</eventDefinitionRef>"), user("a"), END,
                    line("begin", "w", "a", "finish"), declared=declared)  # fmt: skip
    walk = Walk(model)

    walk.told("signal", "预警")

    assert walk.open == ["a"]


def test_a_link_goes_on_where_its_name_is_caught():
    thrown, caught = '<linkEventDefinition id="l1" name="A"/>', '<linkEventDefinition id="l2" name="A"/>'
    model = diagram(START, user("a"), throw("x", thrown), wait("y", caught), user("b"), END, line("begin", "a", "x"),
                    line("y", "b", "finish"))  # fmt: skip
    walk = Walk(model)

    last = walk.done("a")

    assert (walk.open, last.passed) == (["b"], ("a", "a-x", "x", "y", "y-b"))


def test_a_boundary_event_of_a_sub_process_ends_all_that_is_nested_in_it():
    nested = inner("mid", '<startEvent id="mb"/>', inner("low", *scope("low", "u")), end("me"), line("mb", "low", "me"))
    walk = Walk(at_sub_process(on("signal", "alarm"), '<startEvent id="ib"/>', nested, end("ie"),
                               line("ib", "mid", "ie")))  # fmt: skip
    assert walk.last.active == {"sub", "mid", "low", "u"}

    walk.told("signal", "预警")

    assert (walk.open, walk.last.active) == (["late"], {"late"})


def test_a_flow_of_a_choice_may_lead_back_into_an_event():
    model = diagram(START, gateway("exclusive", "m"), wait("w", on("message", "paid")), user("a"),
                    gateway("exclusive", "x", 'default="x-finish"'), END, line("begin", "m", "w", "a", "x"),
                    flow("x", "m", "a.again = true"), flow("x", "finish"), declared=DECLARED)  # fmt: skip
    walk = Walk(model)

    for again in (True, True, False):
        walk.told("message", "已缴费")
        walk.done("a", a={"again": again})

    assert walk.last.finished
