"""A step that fails leaves what a person has done; the case rests there until an administrator acts."""

import pytest
from sqlalchemy import select

from engine.commands.end_instance import EndInstance
from engine.commands.move_token import MoveToken
from engine.commands.record_timer_failure import RecordTimerFailure
from engine.commands.retry_incident import RetryIncident
from engine.commands.skip_incident import SkipIncident
from engine.commands.work import operations
from engine.domain.actors import TIMER
from engine.domain.errors import Invalid, Refused, TaskClosed
from engine.readmodels.interventions import running_instances
from engine.store.tables import notice, task, timer
from tests import stories
from tests.conftest import House
from tests.flows import (
    DECLARED,
    END,
    START,
    cases,
    deployed,
    incidents,
    kinds,
    opened,
    submitted,
    task_ids,
    user,
)
from tests.runtime.drawing import diagram, end, flow, gateway, line, on, service

WHY = "数据有误，已与申请人核对"
CHOICE = diagram(START, user("a"), gateway("exclusive", "x"), user("b"), END, line("begin", "a", "x"),
                 flow("x", "b", "register.word = missing"), flow("x", "finish", "register.word != missing"),
                 flow("b", "finish"))  # fmt: skip


@pytest.fixture
def resting(house: House) -> str:
    """A case that rests at a choice which cannot be made."""
    deployed(house, "ch", CHOICE, "a", "b")
    case_id = opened(house, "ch", word="甲")
    submitted(house, case_id, "a", title="已核对")
    return case_id


def act(house: House, command: type, login: str = "admin", reason: str = WHY) -> object:
    """Act upon the only open incident."""
    return house.do(command(incident_id=incidents(house)[0].id, reason=reason), login)


def test_what_a_person_handed_in_is_kept_though_the_next_step_fails(house: House, resting: str):
    [found] = incidents(house)

    assert (found.kind, found.element_id, found.code, found.case_id) == ("step", "x", "expression_invalid", resting)
    with house.sessions() as session:
        done = session.execute(select(task).where(task.c.case_id == resting, task.c.element_id == "a")).one()
    assert (done.status, done.values["title"]) == ("done", "已核对")
    assert kinds(house, resting)["incident.opened"] == 1


def test_administrators_and_supervisors_are_told_and_nobody_else(house: House, resting: str):
    with house.sessions() as session:
        told = session.execute(select(notice.c.account_id).where(notice.c.kind == "incident_opened")).scalars().all()

    assert set(told) == {house.people["admin"].id, house.people["wumin"].id}
    assert resting


def test_what_was_mended_is_tried_again(house: House, resting: str):
    with house.sessions() as session:
        instance_id = running_instances(session, resting)[0].id
    act(house, RetryIncident)
    assert [row.status for row in incidents(house)] == ["open"]  # the same choice fails again

    token = incidents(house)[0].subject_id
    moved = MoveToken(case_id=resting, instance_id=instance_id, token_id=token, element="b", reason=WHY)
    house.do(moved, "admin")

    assert (set(task_ids(house, resting)), incidents(house)) == ({"b"}, [])
    assert kinds(house, resting)["incident.gone"] == 1


def test_a_choice_cannot_be_skipped(house: House, resting: str):
    with pytest.raises(Invalid, match="not_skippable"):
        act(house, SkipIncident)

    assert len(incidents(house)) == 1
    assert resting


def test_a_process_is_ended_with_its_case_and_a_reason(house: House, resting: str):
    act(house, EndInstance)

    [case] = cases(house, "ch")
    assert (case.outcome, incidents(house), task_ids(house, resting)) == ("ended", [], {})
    assert [row.reason for row in incidents(house, "ended")] == [WHY]


@pytest.mark.parametrize("command", [RetryIncident, SkipIncident, EndInstance])
def test_only_an_administrator_with_a_reason_acts(house: House, resting: str, command: type):
    with pytest.raises(Refused):
        act(house, command, "wumin")
    with pytest.raises(Invalid, match="intervention_reason_missing"):
        act(house, command, reason="好")
    assert resting


def test_an_incident_that_is_closed_stays_closed(house: House, resting: str):
    found = incidents(house)[0].id
    house.do(EndInstance(incident_id=found, reason=WHY), "admin")

    with pytest.raises(TaskClosed):
        house.do(RetryIncident(incident_id=found, reason=WHY), "admin")
    assert resting


def test_an_operation_that_breaks_rests_and_goes_on_when_it_works_again(house: House, monkeypatch: pytest.MonkeyPatch):
    def broken(_request: object) -> None:
        raise KeyError("no such thing")

    deployed(house, "op", diagram(START, user("a"), service("s", "close_case"), END,
                                  line("begin", "a", "s", "finish")), "a")  # fmt: skip
    case_id = opened(house, "op")
    with monkeypatch.context() as patch:
        patch.setitem(operations.OPERATIONS, "close_case", broken)
        submitted(house, case_id, "a")
    [found] = incidents(house)
    assert (found.element_id, found.code, cases(house, "op")[0].closed_at) == ("s", "fault", None)

    act(house, RetryIncident)

    assert (cases(house, "op")[0].outcome, incidents(house)) == ("done", [])


def test_two_operations_that_break_on_two_branches_are_two_incidents(house: House, monkeypatch: pytest.MonkeyPatch):
    def broken(_request: object) -> None:
        raise Invalid(reason="broken")

    monkeypatch.setitem(operations.OPERATIONS, "close_case", broken)
    closing = service("s", "close_case"), service("t", "close_case")
    model = diagram(START, gateway("parallel", "both"), *closing, user("a"), END, end("e2"), end("e3"),
                    line("begin", "both", "s", "finish"), line("both", "t", "e2"), line("both", "a", "e3"))  # fmt: skip
    deployed(house, "op", model, "a")

    case_id = opened(house, "op")

    assert (sorted(row.element_id for row in incidents(house)), set(task_ids(house, case_id))) == (["s", "t"], {"a"})


def test_what_a_person_may_not_do_is_told_to_that_person_and_undone(house: House, monkeypatch: pytest.MonkeyPatch):
    def refused(_request: object) -> None:
        raise Refused(reason="own_flag")

    monkeypatch.setitem(operations.OPERATIONS, "close_case", refused)
    deployed(house, "op", diagram(START, user("a"), service("s", "close_case"), END,
                                  line("begin", "a", "s", "finish")), "a")  # fmt: skip
    case_id = opened(house, "op")

    with pytest.raises(Refused):
        submitted(house, case_id, "a")

    assert (set(task_ids(house, case_id)), incidents(house)) == ({"a"}, [])


def test_an_error_that_nothing_catches_ends_the_process_and_somebody_sees_it(house: House):
    deployed(house, "er", diagram(START, user("a"), end("e", on("error", "bad")), line("begin", "a", "e"),
                                  declared=DECLARED), "a")  # fmt: skip
    submitted(house, opened(house, "er"), "a")

    [found] = incidents(house)

    assert (found.kind, found.facts) == ("failure", {"error": "E1"})
    act(house, SkipIncident)
    assert incidents(house) == []


def test_a_process_that_cannot_go_on_by_anything_is_an_incident(house: House):
    choice, join = gateway("exclusive", "x", 'default="x-both"'), gateway("parallel", "both")
    model = diagram(START, user("a"), choice, join, END, user("b"),
                    line("begin", "a", "x"), flow("x", "b", 'register.word = "乙"'), flow("x", "both"),
                    line("b", "both", "finish"))  # fmt: skip
    deployed(house, "st", model, "a", "b")
    case_id = opened(house, "st", word="甲")

    submitted(house, case_id, "a")

    assert [row.kind for row in incidents(house)] == ["stuck"]
    act(house, EndInstance)
    assert incidents(house) == []


def test_a_timer_that_was_given_up_is_an_incident_and_the_case_stays_usable(house: House):
    case_id = stories.registered(house)
    with house.sessions() as session:
        wanted = select(timer.c.id).where(timer.c.case_id == case_id, timer.c.kind == "flow")
        timer_id = session.execute(wanted).scalars().first()
    for _ in range(5):
        house.bus.execute(RecordTimerFailure(timer_id=str(timer_id), error="defekt"), TIMER)
    assert [(row.kind, row.subject_id) for row in incidents(house)] == [("timer", timer_id)]

    house.do(stories.triage(house, case_id), "lijing")

    assert "feedback" in task_ids(house, case_id)


def test_a_timer_that_was_given_up_is_tried_again(house: House):
    case_id = stories.lapsed(house)
    with house.sessions() as session:
        wanted = select(timer.c.id).where(timer.c.case_id == case_id, timer.c.kind == "flow").order_by(timer.c.due_at)
        timer_id = session.execute(wanted).scalars().first()
    for _ in range(5):
        house.bus.execute(RecordTimerFailure(timer_id=str(timer_id), error="defekt"), TIMER)

    act(house, RetryIncident)
    house.sweep()

    with house.sessions() as session:
        assert session.execute(select(timer.c.status).where(timer.c.id == timer_id)).scalar_one() == "fired"
