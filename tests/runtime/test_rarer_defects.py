"""What the library underneath does wrong in rarer cases, and its traps; numbers as in test_defects."""

import pytest

from engine.domain.errors import TaskClosed
from tests.runtime.drawing import (
    END,
    HEAD,
    START,
    boundary,
    catch,
    diagram,
    end,
    gateway,
    inner,
    line,
    on,
    process,
    service,
    simple,
    timer,
    user,
    wait,
    when,
)
from tests.runtime.walking import NOW, RUNTIME, Walk

DECLARED = (
    '<message id="paid" name="paid"/><signal id="alarm" name="alarm"/><error id="bad" name="bad" errorCode="E1"/>'
)


@pytest.mark.parametrize("text", ["", "-PT1H", "PT", "1h", "P1D", "R3/PT1H", '"PT1H"'])
def test_20_a_time_that_means_nothing_is_refused_at_deployment(text: str):
    model = simple(timer("t", "a", True, f"<timeDuration>{text}</timeDuration>"), end("e"), line("t", "e"))

    assert {p.element for p in RUNTIME.check(model) if p.refused and p.code.startswith("timer.")} == {"t"}


def test_21_two_timers_behind_one_gateway_have_each_their_own_time():
    model = diagram(START, gateway("eventBased", "g"), catch("t1"), catch("t2", "<timeDuration>PT4H</timeDuration>"),
                    user("a"), user("b"), END, line("begin", "g", "t1", "a", "finish"),
                    line("g", "t2", "b", "finish"))  # fmt: skip
    walk = Walk(model)
    assert len({walk.timer("t1").due_at, walk.timer("t2").due_at}) == 2

    walk.fire("t2")

    assert (walk.open, walk.waiting) == (["b"], [])


def test_22_no_step_fails_for_a_timer_that_comes_after_it():
    bad = simple(timer("t", "a", True, "<timeDuration>whenever</timeDuration>"), end("e"), line("t", "e"))

    assert "timer.unreadable" in {problem.code for problem in RUNTIME.check(bad) if problem.refused}


def test_23_a_message_at_a_boundary_may_come_again():
    model = diagram(START, user("a"), boundary("w", "a", on("message", "paid"), False), user("y"), END, end("e"),
                    line("begin", "a", "finish"), line("w", "y", "e"), declared=DECLARED)  # fmt: skip
    walk = Walk(model)
    walk.told("message", "paid")

    walk.told("message", "paid")

    assert walk.open == ["a", "y", "y"]


def test_24_correlation_in_a_diagram_is_refused():
    key = '<correlationProperty id="cp" name="k"/>'

    assert "element.unknown" in {
        p.code for p in RUNTIME.check(simple().replace(b"<process", key.encode() + b"<process"))
    }


def test_25_a_message_too_early_is_told_to_the_sender_and_not_lost_in_between():
    model = diagram(START, user("a"), wait("w", on("message", "paid")), END, line("begin", "a", "w", "finish"),
                    declared=DECLARED)  # fmt: skip
    walk = Walk(model)
    with pytest.raises(TaskClosed):
        walk.told("message", "paid")

    walk.done("a")

    assert walk.told("message", "paid").finished


def test_26_a_conditional_event_sees_what_another_branch_writes():
    model = diagram(START, gateway("parallel", "f"), user("a"), wait("c", when("a_form.ok = true")), user("b"), END,
                    end("e2"), line("begin", "f", "a", "finish"), line("f", "c", "b", "e2"))  # fmt: skip
    walk = Walk(model)

    walk.done("a", a_form={"ok": True})

    assert walk.open == ["b"]


def test_27_an_ad_hoc_sub_process_needs_no_data_object():
    walk = Walk(diagram(START, inner("sub", user("x"), user("y"), kind="adHocSubProcess"), END,
                        line("begin", "sub", "finish")))  # fmt: skip
    walk.done("y")

    assert walk.done("x").finished


def test_28_a_task_is_not_run_twice_nor_before_its_time():
    walk = Walk(diagram(START, user("a"), user("b"), END, line("begin", "a", "b", "finish")))
    task = walk.task("a")
    walk.done("a")

    with pytest.raises(TaskClosed):
        RUNTIME.complete(walk.definition, walk.running, task, {}, NOW)


def test_29_what_is_submitted_wins_over_what_was_there():
    walk = Walk(diagram(START, user("a"), service("op"), END, line("begin", "a", "op", "finish")), n=1)

    walk.done("a", n=2)

    assert walk.last.actions[0].data == {"n": 2}


def test_30_a_service_task_leaves_word_and_goes_on():
    walk = Walk(diagram(START, service("op"), user("a"), END, line("begin", "op", "a", "finish")))

    assert (walk.open, [action.operation for action in walk.last.actions]) == (["a"], ["notify"])


def test_31_an_error_that_nobody_catches_ends_the_instance_and_says_so():
    model = diagram(START, user("a"), end("e", on("error", "bad")), line("begin", "a", "e"), declared=DECLARED)

    last = Walk(model).done("a")

    assert (last.finished, last.failure) == (True, "E1")


def test_32_a_data_association_to_nothing_is_refused_and_hangs_nothing():
    data = ('<ioSpecification><dataInput id="di"/><inputSet><dataInputRefs>di</dataInputRefs></inputSet><outputSet/>'
            '</ioSpecification><dataInputAssociation><sourceRef>gone</sourceRef><targetRef>di</targetRef>'
            "</dataInputAssociation>")  # fmt: skip
    task = user("u").replace("</extensionElements>", f"</extensionElements>{data}")
    caller = process("p", START, inner("sub", '<startEvent id="ib"/>', task, end("ie"), line("ib", "u", "ie")), END,
                     line("begin", "sub", "finish"))  # fmt: skip

    found = RUNTIME.check(f"{HEAD}{caller}</definitions>".encode())

    assert "reference.dangling" in {problem.code for problem in found if problem.refused}
