"""Where a step fails the token rests, and everything else goes on; answers of operations outside are waited for."""

import pytest

from engine.domain.errors import Invalid, TaskClosed
from engine.runtime.contract import Advance
from engine.runtime.interventions import InterventionRuntime
from engine.runtime.resting import Fault
from tests.conformance.round_trip import RoundTripRuntime
from tests.runtime.drawing import END, START, boundary, diagram, end, flow, gateway, line, on, service, user, when
from tests.runtime.walking import KEY, NOW, Walk


class Resting(RoundTripRuntime, InterventionRuntime):
    """Takes each step on what was written after the one before, and rests where one fails."""


RUNTIME = Resting(KEY).resting_at({})
CHOICE = diagram(START, user("a"), gateway("exclusive", "x"), user("b"), END,
                 line("begin", "a", "x"), flow("x", "b", "a.sum > 3"), flow("x", "finish", "a.sum &lt;= 3"),
                 flow("b", "finish"))  # fmt: skip
HOOK = service("s", "call_web_hook", url="https://hook.example/", body="={sum: a.sum}")


class Rested(Walk):
    """A walk that rests where a step fails."""

    def done(self, element: str, **data: object) -> Advance:
        """Complete the task of an element with routing data."""
        task = self.task(element)
        del self.tasks[task]
        return self.keep(RUNTIME.complete(self.definition, self.running, task, data, self.now))

    def act(self, name: str, *more: object) -> Advance:
        """Retry, skip, answer or end at the only token that rests or waits."""
        if name == "end":
            return self.keep(RUNTIME.end(self.definition, self.running, self.now))
        token = [*(failed.token_id for failed in self.last.failed), *self.last.calls][0]
        return self.keep(getattr(RUNTIME, name)(self.definition, self.running, token, *more, self.now))

    @property
    def failed(self) -> list[tuple[str, str]]:
        """Return (element, code) of what rests."""
        return [(failed.element_id, failed.code) for failed in self.last.failed]

    def set(self, **values: object) -> None:
        """Change data as an administrator does."""
        self.keep(RUNTIME.change_data(self.definition, self.running, values, self.now))


def test_a_choice_that_cannot_be_made_rests_and_keeps_what_was_typed():
    walk = Rested(CHOICE)

    walk.done("a", a={})

    assert (walk.open, walk.failed, walk.last.stuck) == ([], [("x", "expression_invalid")], False)
    assert "sum" in walk.last.failed[0].facts["text"]
    assert RUNTIME.data(walk.definition, walk.running) == {"a": {}}


def test_what_rests_goes_on_when_it_is_tried_again_with_what_was_missing():
    walk = Rested(CHOICE)
    walk.done("a", a={})
    walk.set(a={"sum": 5})

    walk.act("retry")

    assert (walk.open, walk.failed) == (["b"], [])


def test_what_fails_again_rests_again():
    walk = Rested(CHOICE)
    walk.done("a", a={})

    walk.act("retry")

    assert walk.failed == [("x", "expression_invalid")]


def test_a_choice_cannot_be_skipped_but_its_token_moved():
    walk = Rested(CHOICE)
    walk.done("a", a={})

    with pytest.raises(Invalid, match="not_skippable"):
        walk.act("skip")

    places = RUNTIME.places(walk.definition, walk.running)
    assert [(place.element_id, "b" in place.targets) for place in places] == [("x", True)]


def test_one_branch_rests_while_the_other_goes_on():
    bad = flow("x", "finish", "unknown")
    model = diagram(START, user("a"), gateway("parallel", "both"), gateway("exclusive", "x"), user("b"), END, end("e2"),
                    line("begin", "a", "both", "x"), bad, flow("x", "e2", "not(unknown)"),
                    flow("both", "b"), flow("b", "e2", key="b-e2"))  # fmt: skip
    walk = Rested(model)

    walk.done("a")

    assert (walk.open, walk.failed) == (["b"], [("x", "expression_invalid")])
    walk.done("b")
    assert (walk.last.finished, walk.failed) == (False, [("x", "expression_invalid")])


def test_a_task_whose_end_fails_is_done_and_rests():
    model = diagram(START, user("a"), user("b"), END, line("begin", "a"), flow("a", "b", "unknown"),
                    flow("a", "finish", "not(unknown)"), flow("b", "finish"))  # fmt: skip
    walk = Rested(model)

    walk.done("a", seen=1)

    assert (walk.open, walk.last.cancelled, walk.failed) == ([], (), [("a", "expression_invalid")])
    with pytest.raises(TaskClosed):
        RUNTIME.complete(walk.definition, walk.running, walk.last.failed[0].token_id, {}, NOW)
    walk.set(unknown=True)
    walk.act("retry")
    assert walk.open == ["b"]


def test_a_condition_at_a_boundary_that_fails_rests_and_leaves_its_task_alone():
    model = diagram(START, user("a"), boundary("t", "a", when("n > 1")), user("late"), user("side"), END, end("e2"),
                    gateway("parallel", "both"), line("begin", "both", "a", "finish"), line("both", "side", "e2"),
                    flow("t", "late"), flow("late", "e2", key="late-e2"))  # fmt: skip
    walk = Rested(model)

    walk.done("side", n="three")

    assert (walk.open, walk.failed) == (["a"], [("t", "expression_invalid")])


def test_an_operation_outside_is_waited_for_and_its_answer_kept():
    asked = HOOK.replace('name="call_web_hook"', 'name="call_web_hook" result="answer"')
    walk = Rested(diagram(START, user("a"), asked, user("b"), END, line("begin", "a", "s", "b", "finish")))

    walk.done("a", a={"sum": 5})

    action = walk.last.actions[0]
    assert (action.is_outside, action.parameters["body"], action.id) == (True, {"sum": 5}, walk.last.calls[0])
    assert (walk.open, walk.last.finished, walk.last.stuck) == ([], False, False)
    walk.act("answer", {"ok": True})
    assert (walk.open, walk.last.calls) == (["b"], ())
    assert RUNTIME.data(walk.definition, walk.running)["answer"] == {"ok": True}


def test_an_answer_comes_once():
    walk = Rested(diagram(START, HOOK.replace("={sum: a.sum}", "={}"), user("b"), END,
                          line("begin", "s", "b", "finish")))  # fmt: skip
    token = walk.last.calls[0]
    walk.act("answer", None)

    with pytest.raises(TaskClosed):
        RUNTIME.answer(walk.definition, walk.running, token, None, NOW)


def test_an_operation_whose_parameter_fails_rests_and_is_skipped():
    walk = Rested(diagram(START, user("a"), HOOK, user("b"), END, line("begin", "a", "s", "b", "finish")))
    walk.done("a")
    assert (walk.failed, walk.last.actions) == ([("s", "expression_invalid")], ())

    walk.act("skip")

    assert (walk.open, walk.last.actions) == (["b"], ())


def test_a_step_known_to_fail_is_held_and_the_rest_of_the_walk_is_the_same():
    model = diagram(START, user("a"), service("s"), service("t"), user("b"), END,
                    line("begin", "a", "s", "t", "b", "finish"))  # fmt: skip
    walk = Rested(model)
    first = RUNTIME.complete(walk.definition, walk.running, walk.task("a"), {}, NOW)
    fault = Fault(first.actions[1].step, "t", "not_found", {"what": "clock"})

    held = RUNTIME.resting_at({fault.step: fault}).complete(walk.definition, walk.running, walk.task("a"), {}, NOW)

    assert [action.element_id for action in held.actions] == ["s"]
    assert [(f.element_id, f.code, f.facts) for f in held.failed] == [("t", "not_found", {"what": "clock"})]


def test_an_instance_is_ended_with_all_that_is_in_it():
    walk = Rested(CHOICE)
    task = walk.task("a")

    ended = walk.act("end")

    assert (ended.finished, ended.cancelled, ended.failed) == (True, (task,), ())


def test_without_resting_a_step_that_fails_is_an_error():
    with pytest.raises(Invalid):
        Walk(CHOICE).done("a", a={})


def test_what_waits_says_for_which_key():
    declared = '<message id="m" name="回执"/>'
    said = '<extensionElements><gov:message key="register.number"/></extensionElements>'
    receive = f'<receiveTask id="r" messageRef="m">{said}</receiveTask>'
    model = diagram(START, user("a"), receive, END, line("begin", "a", "r", "finish"), declared=declared)
    walk = Rested(model)

    walk.done("a", register={"number": "BCS-1"})

    wait = walk.last.waits[0]
    assert (wait.kind, wait.name, wait.key) == ("message", "回执", "BCS-1")
    assert RUNTIME.standing(walk.definition, walk.running).waits == walk.last.waits


def test_what_waits_for_a_key_that_is_not_there_rests_before_it():
    said = '<extensionElements><gov:message key="null"/></extensionElements>'
    receive = f'<receiveTask id="r" messageRef="m">{said}</receiveTask>'
    model = diagram(START, user("a"), receive, END, line("begin", "a", "r", "finish"),
                    declared='<message id="m" name="m"/>')  # fmt: skip
    walk = Rested(model)

    walk.done("a")

    assert [(f.element_id, f.facts["reason"]) for f in walk.last.failed] == [("a", "no_key")]


def test_what_is_sent_has_a_key_a_payload_and_a_time_to_live():
    said = '<extensionElements><gov:message key="n" payload="{sum: n + 1}" ttl="PT2H"/></extensionElements>'
    last = end("e", f"{said}{on('message', 'm')}")
    model = diagram(START, user("a"), last, line("begin", "a", "e"), declared='<message id="m" name="m"/>')
    walk = Rested(model)

    walk.done("a", n=4)

    sent = walk.last.thrown[0]
    assert (sent.key, sent.payload, sent.ttl) == ("4", {"sum": 5}, "PT2H")
