"""Case 1 of the demonstration, by commands on a clock set by hand."""

from datetime import timedelta

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.rate_case import RateCase
from engine.commands.register_case import RegisterCase
from engine.commands.submit_form import SubmitForm
from engine.domain.actors import CITIZEN
from engine.domain.errors import ExtensionRefused, Refused, TaskClosed
from engine.readmodels import dossier, flags
from engine.store.unit_of_work import UnitOfWork
from tests.conftest import House
from tests.stories import at, open_tasks, registered

TEAM = {"outcome": "conclude", "research": "已与三家法院对接,两家同意解封,余一家待裁定。"}
EXTEND = {
    **TEAM,
    "outcome": "extend",
    "extensionReason": "第三家法院裁定尚需时间,案情特别复杂。",
    "plan": "每周对接一次法院",
}
CONCLUDE = {
    "meetingDate": "2026-12-08",
    "attendees": "市场监管局、中级人民法院、专班",
    "minutes": "三家法院均已解封,市场监管局当场办理变更登记。",
    "conclusion": "done",
    "conclusionText": "股权已变更登记到申请人名下。",
}
TOLD = {"how": "phone", "toldOn": "2026-12-08", "reached": "on", "content": "股权变更已经办成,请领取执照。"}


def submit(house: House, case_id: str, element: str, login: str, **values: object) -> None:
    house.do(SubmitForm(task_id=open_tasks(house, case_id)[element].id, values=values), login)


@pytest.fixture
def case_id(house: House) -> str:
    return registered(house)


@pytest.fixture
def lapsed(house: House, case_id: str) -> str:
    submit(house, case_id, "triage", "lijing", decision="coordinate", opinion="涉及查封,需协调法院和市场监管局。")
    house.clock.at = at("2026-11-27T09:00")
    house.sweep()
    return case_id


def test_the_feedback_limit_runs_from_registration_to_the_third_working_day(house: House, case_id: str):
    with house.sessions() as session:
        clock = dossier.clocks_of(session, case_id)[0]

    assert (str(clock.due_date), clock.due_at) == ("2026-11-26", at("2026-11-27T00:00"))


def test_coordination_opens_a_task_for_the_coordinator_and_one_for_the_department(house: House, case_id: str):
    submit(house, case_id, "triage", "lijing", decision="coordinate", opinion="需协调。")

    waiting = open_tasks(house, case_id)
    assert {key: row.holder for key, row in waiting.items()} == {"feedback": "李静", "dept_opinion": "赵磊"}


def test_a_lapsed_limit_passes_the_case_on_and_flags_the_coordinator(house: House, lapsed: str):
    with house.sessions() as session:
        raised = flags.flags_of_case(session, lapsed)

    assert set(open_tasks(house, lapsed)) == {"team_research", "dept_opinion", "answer"}
    by_code = {flag.code: flag for flag in raised}
    assert set(by_code) == {"F03", "F05"}
    assert (by_code["F03"].holder, by_code["F03"].status) == ("李静", "suspected")
    assert by_code["F03"].raised_at == at("2026-11-27T00:00")
    assert [day["day"] for day in by_code["F03"].evidence["days"] if day["ordinal"]] == [
        "2026-11-24",
        "2026-11-25",
        "2026-11-26",
    ]


def test_a_sweep_a_second_too_early_flags_nobody(house: House, case_id: str):
    submit(house, case_id, "triage", "lijing", decision="on_spot", opinion="现场办理。")
    house.clock.at = at("2026-11-26T23:59:59")

    house.sweep()

    with house.sessions() as session:
        assert flags.flags_of_case(session, case_id) == []


def test_the_team_extends_once_concludes_and_the_case_closes(house: House, lapsed: str):
    submit(house, lapsed, "team_research", "chengang", **EXTEND)
    submit(house, lapsed, "approve_extension", "hejun", decision="approve", opinion="同意。")

    with house.sessions() as session:
        team = dossier.clocks_of(session, lapsed)
        papers = [paper.title for paper in dossier.documents_of(session, lapsed)]
    due = {clock.name: str(clock.due_date) for clock in team}
    assert due["专班办理时限"] == "2026-12-17"  # 5 and 10 working days from 26 November
    assert papers == ["受理回执", "一事一议呈批单", "延期告知书"]

    house.clock.at = at("2026-12-08T10:00")
    submit(house, lapsed, "team_research", "chengang", **TEAM)
    submit(house, lapsed, "team_conclusion", "hejun", **CONCLUDE)
    submit(house, lapsed, "tell_citizen", "lijing", **TOLD)
    with house.sessions() as session:
        code = dossier.case_by(session, case_id=lapsed).query_code
    house.bus.execute(RateCase(query_code=code, values={"score": "5", "solved": "on"}), CITIZEN)

    with house.sessions() as session:
        closed = dossier.case_by(session, case_id=lapsed)
    assert (closed.outcome, closed.closed_at) == ("done", house.clock.at)


def test_a_second_extension_is_refused_and_leaves_everything_as_it_was(house: House, lapsed: str):
    for element, login, values in (
        ("team_research", "chengang", EXTEND),
        ("approve_extension", "hejun", {"decision": "approve", "opinion": "同意。"}),
        ("team_research", "chengang", EXTEND),
    ):
        submit(house, lapsed, element, login, **values)

    with pytest.raises(ExtensionRefused) as caught:
        submit(house, lapsed, "approve_extension", "hejun", decision="approve", opinion="再次同意。")

    assert caught.value.facts["reason"] == "twice"
    assert "approve_extension" in open_tasks(house, lapsed)


def test_an_extension_approved_after_due_is_refused(house: House, lapsed: str):
    submit(house, lapsed, "team_research", "chengang", **EXTEND)
    house.clock.at = at("2026-12-04T09:00")
    house.sweep()

    with pytest.raises(ExtensionRefused) as caught:
        submit(house, lapsed, "approve_extension", "hejun", decision="approve", opinion="同意。")

    assert caught.value.facts["reason"] == "late"


def test_a_flag_is_answered_by_the_person_and_confirmed_by_the_office(house: House, lapsed: str):
    with house.sessions() as session:
        flag = next(f for f in flags.flags_of_case(session, lapsed) if f.code == "F03")
        answer = flags.review_task(session, flag.id)
    house.do(
        SubmitForm(
            task_id=answer.id, values={"position": "accept", "statement": "当日值守窗口人手不足,未及时反馈,愿意整改。"}
        ),
        "lijing",
    )
    with house.sessions() as session:
        decide = flags.review_task(session, flag.id)
    house.do(
        SubmitForm(task_id=decide.id, values={"decision": "confirm", "reason": "事实清楚,本人认可,予以确认。"}),
        "zhouting",
    )

    with house.sessions() as session:
        settled = flags.flag_by_id(session, flag.id)
    assert (settled.status, settled.answer["position"], settled.decision["by_name"]) == ("confirmed", "accept", "周婷")


def test_nobody_but_the_person_answers_a_flag(house: House, lapsed: str):
    with house.sessions() as session:
        flag = next(f for f in flags.flags_of_case(session, lapsed) if f.code == "F03")
        answer = flags.review_task(session, flag.id)

    with pytest.raises(Refused):
        house.do(
            SubmitForm(task_id=answer.id, values={"position": "accept", "statement": "替别人说话是不行的。"}), "wumin"
        )


def test_a_form_handed_in_twice_with_the_same_key_is_carried_out_once(house: House, case_id: str):
    task = open_tasks(house, case_id)["triage"]
    command = SubmitForm(task_id=task.id, values={"decision": "on_spot", "opinion": "现场办理。"}, submission="k1")

    assert house.do(command, "lijing") == house.do(command, "lijing") == case_id
    with pytest.raises(TaskClosed):
        house.do(
            SubmitForm(task_id=task.id, values={"decision": "on_spot", "opinion": "再来。"}, submission="k2"), "lijing"
        )


def test_claiming_a_task_one_holds_already_changes_nothing(house: House, case_id: str):
    task = open_tasks(house, case_id)["triage"]

    assert house.do(ClaimTask(task_id=task.id), "lijing") == case_id
    assert open_tasks(house, case_id)["triage"].holder == "李静"


def test_registering_the_same_form_twice_is_one_case(house: House):
    command = RegisterCase(process="window_escalation", values=house.registration(), submission="form-1")

    assert house.do(command, "lijing") == house.do(command, "lijing")


def test_the_event_chain_of_a_case_verifies_after_the_whole_story(house: House, lapsed: str):
    with UnitOfWork(house.bus.database) as unit:
        assert unit.events.first_break(lapsed) is None


def test_three_weeks_of_silence_are_caught_up_in_due_order_at_their_own_instants(house: House, case_id: str):
    house.clock.at = at("2026-12-18T09:00")

    house.sweep()

    with house.sessions() as session:
        raised = {flag.code: flag.raised_at for flag in flags.flags_of_case(session, case_id)}
    assert raised["F03"] == at("2026-11-27T00:00")
    assert raised["F02"] == at("2026-12-04T00:00")  # five working days from the day it passed to the team
    assert house.clock.at - raised["F02"] > timedelta(days=13)
