"""What cannot go on by itself becomes an incident: seen, counted, settled."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from engine.commands.record_incident import RecordIncident
from engine.commands.record_timer_failure import RecordTimerFailure
from engine.commands.retry_timer import RetryTimer
from engine.commands.settle_incident import SettleIncident
from engine.commands.submit_form import SubmitForm
from engine.commands.work import Failure
from engine.domain.actors import TIMER
from engine.domain.errors import Invalid, Refused, TaskClosed
from engine.readmodels.incidents import IncidentRow, open_incidents
from engine.readmodels.self_check.work_in_hand import idle_cases
from engine.runtime.advance import Runtime
from engine.runtime.contract import Advance
from engine.store.tables import event, gov_case, timer
from tests.conftest import House
from tests.stories import open_tasks, registered, triage

WHY = "流程图有误，已通知设计人员"


def incidents(house: House) -> list[IncidentRow]:
    """Return the open incidents."""
    with house.sessions() as session:
        return open_incidents(session)


def events(house: House, case_id: str, kind: str) -> list[dict[str, object]]:
    """Return the data of a case's events of a kind."""
    with house.sessions() as session:
        wanted = select(event.c.data).where(event.c.case_id == case_id, event.c.type == kind).order_by(event.c.seq)
        return [json.loads(data) for data in session.execute(wanted).scalars()]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A process whose automatic steps run in a circle."""

    def complete(*_args: object, **_more: object) -> Advance:
        raise Invalid(reason="runaway", process="window_escalation")

    monkeypatch.setattr(Runtime, "complete", complete)
    return monkeypatch


def answering(monkeypatch: pytest.MonkeyPatch, **said: object) -> None:
    """Let each step end with what is said beside what it really does."""
    real = Runtime.complete
    monkeypatch.setattr(Runtime, "complete", lambda *args: replace(real(*args), **said))


def stuck_timer(house: House, case_id: str) -> str:
    """Let a timer of the case fail five times; return its id."""
    with house.sessions() as session:
        timer_id = session.execute(select(timer.c.id).where(timer.c.case_id == case_id)).scalars().first() or ""
    for _ in range(5):
        house.bus.execute(RecordTimerFailure(timer_id=timer_id, error="broken"), TIMER)
    return timer_id


@pytest.mark.usefixtures("broken")
def test_a_submit_whose_next_step_fails_is_undone_and_leaves_one_incident_that_counts(house: House):
    case_id = registered(house)

    for _ in range(3):
        with pytest.raises(Invalid, match="runaway"):
            house.do(triage(house, case_id), "lijing")

    assert list(open_tasks(house, case_id)) == ["triage"]
    found = incidents(house)
    assert [(row.reason, row.element_id, row.times) for row in found] == [("runaway", "triage", 3)]
    assert len(events(house, case_id, "incident.raised")) == 1


def test_an_incident_is_settled_when_the_same_task_goes_through(house: House, broken: pytest.MonkeyPatch):
    case_id = registered(house)
    with pytest.raises(Invalid):
        house.do(triage(house, case_id), "lijing")

    broken.undo()
    house.do(triage(house, case_id), "lijing")

    assert incidents(house) == []
    assert [each["settlement"] for each in events(house, case_id, "incident.settled")] == ["overcome"]


def test_a_case_that_is_stuck_rests_with_an_incident(house: House, monkeypatch: pytest.MonkeyPatch):
    case_id = registered(house)
    answering(monkeypatch, stuck=True, opened=(), timers=())

    house.do(triage(house, case_id), "lijing")

    assert [row.reason for row in incidents(house)] == ["stuck"]
    with house.sessions() as session:
        assert idle_cases(session) == []


def test_an_error_that_nothing_catches_leaves_an_incident_and_can_be_ended(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    case_id = registered(house)
    answering(monkeypatch, failure="E7", finished=True, opened=(), timers=(), active=frozenset())
    house.do(triage(house, case_id), "lijing")
    found = incidents(house)
    assert [(row.reason, row.detail, row.is_running) for row in found] == [("uncaught_error", "E7", False)]

    house.do(SettleIncident(incident_id=found[0].id, reason=WHY, end=True), "admin")

    with house.sessions() as session:
        assert session.execute(select(gov_case.c.outcome).where(gov_case.c.id == case_id)).scalar_one() == "ended"
        assert idle_cases(session) == []


def test_a_timer_that_was_given_up_is_an_incident_until_it_is_tried_again(house: House):
    case_id = registered(house)
    timer_id = stuck_timer(house, case_id)
    found = incidents(house)
    assert [(row.reason, row.timer_id) for row in found] == [("timer", timer_id)]
    with pytest.raises(Invalid, match="incident_timer"):
        house.do(SettleIncident(incident_id=found[0].id, reason=WHY), "admin")

    house.do(RetryTimer(timer_id=timer_id, reason=WHY), "admin")

    assert incidents(house) == []


def test_a_step_beside_a_timer_that_was_given_up_still_goes_through(house: House):
    case_id = registered(house)
    stuck_timer(house, case_id)

    house.do(triage(house, case_id), "lijing")

    assert "triage" not in open_tasks(house, case_id)


def test_ending_a_process_leaves_nothing_open_and_closes_the_case(house: House):
    case_id = registered(house)
    stuck_timer(house, case_id)
    found = incidents(house)[0]

    house.do(SettleIncident(incident_id=found.id, reason=WHY, end=True), "admin")

    assert open_tasks(house, case_id) == {}
    with house.sessions() as session:
        alive = select(timer.c.id).where(timer.c.case_id == case_id, timer.c.status.in_(("waiting", "incident")))
        assert session.execute(alive).all() == []
    assert events(house, case_id, "case.closed")[0]["outcome"] == "ended"


@pytest.mark.usefixtures("broken")
def test_only_an_administrator_closes_an_incident_with_a_reason_and_once(house: House):
    case_id = registered(house)
    task = open_tasks(house, case_id)["triage"].id
    with pytest.raises(Invalid):
        house.do(SubmitForm(task_id=task, values=triage(house, case_id).values), "lijing")
    found = incidents(house)[0]

    with pytest.raises(Refused):
        house.do(SettleIncident(incident_id=found.id, reason=WHY), "wumin")
    with pytest.raises(Invalid, match="intervention_reason_missing"):
        house.do(SettleIncident(incident_id=found.id, reason=""), "admin")
    house.do(SettleIncident(incident_id=found.id, reason=WHY), "admin")
    with pytest.raises(TaskClosed):
        house.do(SettleIncident(incident_id=found.id, reason=WHY), "admin")

    assert incidents(house) == []


def test_nobody_but_the_house_itself_records_an_incident(house: House):
    with pytest.raises(Refused):
        house.do(RecordIncident(failure=Failure("a", "b", "c", "d")), "admin")
