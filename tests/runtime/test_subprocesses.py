"""Event sub-processes: what starts them, what they end, and what they leave alone."""

import pytest

from tests.runtime.drawing import (
    END,
    START,
    diagram,
    end,
    handler,
    inner,
    line,
    on,
    throw,
    user,
    when,
)
from tests.runtime.walking import Walk

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
