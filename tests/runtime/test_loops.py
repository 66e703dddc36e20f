"""Activities carried out several times: loops, countersigning, one after the other, and what ends them."""

import pytest

from engine.domain.errors import Invalid
from engine.runtime.advance import Runtime
from engine.runtime.contract import ClockUse
from engine.runtime.expressions import ExpressionInvalid
from tests.runtime.drawing import (
    END,
    START,
    boundary,
    deadline,
    diagram,
    end,
    flow,
    gateway,
    inner,
    line,
    on,
    scope,
    service,
    several,
    timer,
    user,
    when,
)
from tests.runtime.walking import KEY, NOW, RUNTIME, Walk

SIGNERS = "<loopDataInputRef>signers</loopDataInputRef>"
COLLECTED = (
    "<loopDataInputRef>signers</loopDataInputRef><loopDataOutputRef>votes</loopDataOutputRef>"
    '<inputDataItem id="signer"/><outputDataItem id="vote"/>'
)


def ends_when(condition: str) -> str:
    """Return the completion condition of a multi-instance activity."""
    return f"<completionCondition>{condition}</completionCondition>"


def countersign(inside: str, attributes: str = "") -> bytes:
    """Return begin → sign (several times) → op → z → finish."""
    return diagram(START, user("sign", several(inside, attributes)), service("op"), user("z"), END,
                   line("begin", "sign", "op", "z", "finish"))  # fmt: skip


def locals_of(walk: Walk) -> list[dict[str, object]]:
    """Return what the instances opened last know of themselves."""
    return [dict(task.local) for task in walk.last.opened]


def test_everyone_signs_at_once_and_the_flow_waits_for_all():
    walk = Walk(countersign(COLLECTED), signers=["甲", "乙", "丙"])
    assert locals_of(walk) == [{"loopCounter": n, "signer": s, "vote": None} for n, s in enumerate("甲乙丙", 1)]

    for vote in ("yes", "no", "yes"):
        assert walk.open == ["sign"] * len(walk.open)
        walk.done("sign", vote=vote)

    assert walk.open == ["z"]
    assert walk.last.actions[0].data == {"signers": ["甲", "乙", "丙"], "votes": ["yes", "no", "yes"]}


def test_one_signs_after_the_other():
    walk, seen = Walk(countersign(COLLECTED, 'isSequential="true"'), signers=["甲", None, "丙"]), []

    while walk.open == ["sign"]:
        seen.append(locals_of(walk)[0]["signer"])
        walk.done("sign", vote=len(seen))

    assert (seen, walk.open) == (["甲", None, "丙"], ["z"])
    assert walk.last.actions[0].data["votes"] == [1, 2, 3]


@pytest.mark.parametrize(
    ("condition", "votes"),
    [
        ("nrOfCompletedInstances &gt;= 2", ["yes", "yes"]),  # N of M
        ("nrOfCompletedInstances = 1", ["no"]),  # whoever comes first
        ('vote = "no"', ["yes", "no"]),  # one veto
        ("nrOfActiveInstances &lt;= 1", ["yes", "yes"]),
        ("nrOfInstances = 3 and nrOfCompletedInstances = 3", ["yes", "yes", "yes"]),
    ],
)
def test_enough_have_signed_when_the_condition_holds(condition: str, votes: list[str]):
    walk = Walk(countersign(COLLECTED + ends_when(condition)), signers=["甲", "乙", "丙"])

    for vote in votes:
        assert walk.open[0] == "sign"
        walk.done("sign", vote=vote)

    assert walk.open == ["z"]
    assert len(walk.last.cancelled) == 3 - len(votes)


@pytest.mark.parametrize("attributes", ["", 'isSequential="true"'])
def test_nobody_to_sign_is_no_reason_to_wait(attributes: str):
    walk = Walk(countersign(SIGNERS, attributes), signers=[])

    assert (walk.open, walk.last.passed[:4]) == (["z"], ("begin", "begin-sign", "sign", "sign-op"))


def test_a_number_says_how_many():
    walk = Walk(countersign("<loopCardinality>x.n</loopCardinality>"), x={"n": 2})

    assert [task["loopCounter"] for task in locals_of(walk)] == [1, 2]


@pytest.mark.parametrize("number", [-1, 201, "2", True, 1.5])
def test_what_is_no_number_of_instances_is_an_error(number: object):
    with pytest.raises(Invalid) as caught:
        Walk(countersign("<loopCardinality>x.n</loopCardinality>"), x={"n": number})

    assert caught.value.facts["reason"] == "not_a_number"


@pytest.mark.parametrize("signers", ["甲", {"a": 1}, None])
def test_what_is_no_list_of_signers_is_an_error(signers: object):
    with pytest.raises(Invalid) as caught:
        Walk(countersign(SIGNERS), signers=signers)

    assert caught.value.facts["reason"] == "not_a_list"


def test_as_many_as_may_be_can_run_by_themselves():
    marks = several("<loopCardinality>200</loopCardinality>")
    inside = ('<startEvent id="ib"/>', service("op"), service("op2"), end("ie"), line("ib", "op", "op2", "ie"))
    model = diagram(START, inner("sub", marks, *inside), user("z"), END, line("begin", "sub", "z", "finish"))

    plain = Runtime(KEY)  # writing 200 scopes after each of a thousand steps would take long

    advance = plain.start(plain.define(model), "i1", {}, NOW)

    assert ([task.element_id for task in advance.opened], len(advance.actions)) == (["z"], 400)


def test_too_many_signers_are_an_error():
    with pytest.raises(Invalid) as caught:
        Walk(countersign(SIGNERS), signers=["x"] * 201)

    assert caught.value.facts["reason"] == "too_many_instances"


def test_countersigning_is_begun_anew_after_a_rejection():
    model = diagram(START, gateway("exclusive", "m"), user("sign", several(COLLECTED)), user("z"),
                    gateway("exclusive", "x", 'default="x-finish"'), END, line("begin", "m", "sign", "z", "x"),
                    flow("x", "m", "z.again = true"), flow("x", "finish"))  # fmt: skip
    walk = Walk(model, signers=["甲", "乙"])

    for again in (True, True, False):
        walk.done("sign", vote="yes")
        walk.done("sign", vote="no")
        walk.done("z", z={"again": again})

    assert walk.last.finished
    assert '"votes":["yes","no"]' in walk.last.state.text


def test_a_failed_condition_loses_no_vote():
    walk = Walk(countersign(COLLECTED + ends_when("mistyped = 1")), signers=["甲", "乙"])

    with pytest.raises(ExpressionInvalid):
        walk.done("sign", vote="yes")

    assert [task.element_id for task in RUNTIME.open_tasks(walk.definition, walk.running)] == ["sign", "sign"]


def test_a_boundary_timer_ends_all_that_still_sign():
    model = diagram(START, user("sign", several(SIGNERS)), timer("t", "sign", True), user("late"), END, end("e2"),
                    line("begin", "sign", "finish"), line("t", "late", "e2"))  # fmt: skip
    walk = Walk(model, signers=["甲", "乙", "丙"])
    walk.done("sign")
    assert walk.waiting == ["t"]

    walk.fire("t")

    assert (walk.open, len(walk.last.cancelled), walk.waiting) == (["late"], 2, [])


@pytest.mark.parametrize("attributes", ["", 'isSequential="true"'])
def test_a_clock_of_several_starts_once_and_goes_on_until_the_last(attributes: str):
    clock = '<gov:clock id="k" limit="3" unit="workday" startsOn="enter:sign"/>'
    own = timer("t", "sign", False, deadline('limit="1" unit="workday"') + "<timeDuration>P1D</timeDuration>")
    model = diagram(START, user("sign", several(SIGNERS, attributes)), own, end("e2"), END,
                    line("begin", "sign", "finish"), line("t", "e2"), extensions=clock)  # fmt: skip
    walk = Walk(model, signers=["甲", "乙", "丙"])
    assert walk.last.clocks == (ClockUse("k", "sign"), ClockUse("t", "sign"))
    assert (walk.timer("t").host_task_id, walk.timer("t").host_element_id) == (None, "sign")

    walk.done("sign")

    assert (walk.last.clocks, walk.last.active) == ((), {"sign"})


def test_an_error_of_one_signer_ends_the_countersigning():
    model = diagram(START, user("sign", several(SIGNERS)), boundary("t", "sign", on("error")), user("late"), END,
                    end("e2"), line("begin", "sign", "finish"), line("t", "late", "e2"))  # fmt: skip
    walk = Walk(model, signers=["甲", "乙"])

    walk.failed("sign", "E1")

    assert walk.open == ["late"]


def test_a_sub_process_is_run_once_for_each_with_its_own_item():
    for_each = several(SIGNERS + '<inputDataItem id="signer"/>')
    model = diagram(START, inner("sub", for_each, *scope("sub", "u")), boundary("t", "sub", when("u_form.stop = true")),
                    user("late"), END, end("e2"), line("begin", "sub", "finish"), line("t", "late", "e2"))  # fmt: skip
    walk = Walk(model, signers=["甲", "乙"])
    assert walk.open == ["u", "u"]

    walk.done("u", u_form={"stop": False})
    assert walk.open == ["u"]

    assert walk.done("u", u_form={"stop": True}).finished is False
    assert walk.open == ["late"]


def test_a_signer_may_be_added_while_others_sign():
    walk = Walk(countersign(COLLECTED), signers=["甲", "乙"])

    walk.keep(RUNTIME.add_instance(walk.definition, walk.running, walk.task("sign"), "丙", NOW))
    assert locals_of(walk) == [{"loopCounter": 3, "signer": "丙", "vote": None}]
    for vote in (1, 2, 3):
        walk.done("sign", vote=vote)

    assert walk.open == ["z"]
    assert walk.last.actions[0].data["votes"] == [1, 2, 3]


@pytest.mark.parametrize("attributes", ["", 'isSequential="true"'])
def test_a_signer_may_be_taken_away_and_the_rest_decide(attributes: str):
    enough = ends_when("nrOfCompletedInstances = nrOfInstances")
    walk = Walk(countersign(COLLECTED + enough, attributes), signers=["甲", "乙", "丙"])
    walk.done("sign", vote="yes")
    gone = walk.task("sign")

    last = walk.keep(RUNTIME.drop_instance(walk.definition, walk.running, gone, NOW))
    assert last.cancelled == (gone,)
    walk.done("sign", vote="no")

    assert walk.open == ["z"]
    assert walk.last.actions[0].data["votes"] == ["yes", None, "no"]


def test_who_was_taken_away_does_not_count_as_having_signed():
    enough = ends_when("nrOfCompletedInstances &gt;= 2")
    walk = Walk(countersign(SIGNERS + enough), signers=["甲", "乙", "丙", "丁"])
    walk.keep(RUNTIME.drop_instance(walk.definition, walk.running, walk.task("sign"), NOW))

    walk.done("sign")

    assert walk.open == ["sign", "sign"]


def test_when_the_last_signer_is_taken_away_the_flow_goes_on():
    walk = Walk(countersign(COLLECTED), signers=["甲"])

    walk.keep(RUNTIME.drop_instance(walk.definition, walk.running, walk.task("sign"), NOW))

    assert walk.open == ["z"]


def test_nobody_is_added_beside_a_task_that_stands_alone():
    walk = Walk(countersign(COLLECTED), signers=[])

    with pytest.raises(Invalid) as caught:
        RUNTIME.add_instance(walk.definition, walk.running, walk.task("z"), "丙", NOW)

    assert caught.value.facts["reason"] == "not_several"


@pytest.mark.parametrize(
    ("behaviour", "interrupting", "told", "left"),
    [("None", False, 2, ["z"]), ("One", False, 1, ["z"]), ("None", True, 1, [])],
)
def test_instances_may_tell_the_boundary_that_they_are_done(
    behaviour: str, interrupting: bool, told: int, left: list[str]
):
    kind = {"None": "none", "One": "one"}[behaviour]
    marks = several(SIGNERS, f'behavior="{behaviour}" {kind}BehaviorEventRef="sd"')
    model = diagram(START, user("sign", marks), boundary("t", "sign", on("signal", "s"), interrupting), user("heard"),
                    end("e2"), user("z"), END, line("begin", "sign", "z", "finish"), line("t", "heard", "e2"),
                    declared='<signal id="s" name="s"/><signalEventDefinition id="sd" signalRef="s"/>')  # fmt: skip
    walk = Walk(model, signers=["甲", "乙"])

    while "sign" in walk.open:
        walk.done("sign")

    assert walk.open == ["heard"] * told + left
