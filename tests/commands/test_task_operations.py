"""Putting back, commenting, urging: one event each, and no clock changes."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.answer_urge import AnswerUrge
from engine.commands.claim_task import ClaimTask
from engine.commands.comment_on_task import CommentOnTask
from engine.commands.reassign_task import ReassignTask
from engine.commands.unclaim_task import UnclaimTask
from engine.commands.urge_task import UrgeTask
from engine.domain.errors import Invalid, NotFound, Refused, TaskClosed
from engine.store.tables import case_clock, clock_event, event, notice
from tests.conftest import House
from tests.stories import at, colleague, open_tasks, registered, triage

TEXT = "请尽快研究并答复。"


def said(house: House, case_id: str, kind: str) -> list[dict[str, Any]]:
    with house.sessions() as session:
        rows = session.execute(select(event.c.data).where(event.c.case_id == case_id, event.c.type == kind))
        return [json.loads(text) for text in rows.scalars()]


def time_kept(house: House) -> list[Any]:
    """Return all clocks with their ledgers."""
    with house.sessions() as session:
        clocks = session.execute(select(case_clock).order_by(case_clock.c.id)).all()
        return [*clocks, *session.execute(select(clock_event).order_by(clock_event.c.id)).all()]


def told(house: House, kind: str) -> set[str]:
    with house.sessions() as session:
        return set(session.execute(select(notice.c.account_id).where(notice.c.kind == kind)).scalars())


def offered(house: House) -> tuple[str, str]:
    """Return a case and its task that two people of a department may take."""
    case_id = registered(house)
    house.do(triage(house, case_id), "lijing")
    return case_id, open_tasks(house, case_id)["dept_opinion"].id


def test_a_task_put_back_is_offered_again_and_its_clocks_go_on(house: House):
    second = colleague(house, "zhaolei")
    case_id, task_id = offered(house)
    house.do(ClaimTask(task_id=task_id), "zhaolei")
    before = time_kept(house)

    house.do(UnclaimTask(task_id=task_id), "zhaolei")

    assert open_tasks(house, case_id)["dept_opinion"].holder_id is None
    assert time_kept(house) == before
    assert said(house, case_id, "task.unclaimed")[0]["before"] == house.people["zhaolei"].id
    assert told(house, "task_unclaimed") == {second.id}
    house.bus.execute(ClaimTask(task_id=task_id), second)
    assert open_tasks(house, case_id)["dept_opinion"].holder_id == second.id


def test_a_task_that_was_given_to_one_person_is_not_put_back(house: House):
    case_id = registered(house)
    task_id = open_tasks(house, case_id)["triage"].id

    with pytest.raises(Invalid, match="not_claimed"):
        house.do(UnclaimTask(task_id=task_id), "lijing")


def test_a_task_reassigned_after_it_was_claimed_is_not_put_back_and_nobody_puts_back_anothers(house: House):
    second = colleague(house, "zhaolei")
    _, task_id = offered(house)
    house.do(ClaimTask(task_id=task_id), "zhaolei")
    house.do(ReassignTask(task_id=task_id, holder_id=second.id, reason="外出培训。"), "zhaolei")

    with pytest.raises(Refused):
        house.do(UnclaimTask(task_id=task_id), "zhaolei")
    with pytest.raises(Invalid, match="not_claimed"):
        house.bus.execute(UnclaimTask(task_id=task_id), second)


def test_one_urges_a_task_once_a_working_day_and_the_reply_goes_back(house: House):
    case_id = registered(house)
    task_id = open_tasks(house, case_id)["triage"].id
    before = time_kept(house)
    urge = UrgeTask(task_id=task_id, text=TEXT)

    house.do(urge, "wumin")

    assert told(house, "task_urged") == {house.people["lijing"].id}
    with pytest.raises(Invalid, match="urged_today"):
        house.do(urge, "wumin")
    house.do(AnswerUrge(task_id=task_id, text="已联系法院，明日提出意见。"), "lijing")
    assert told(house, "urge_answered") == {house.people["wumin"].id}
    with pytest.raises(Invalid, match="no_urge_open"):
        house.do(AnswerUrge(task_id=task_id, text="已联系法院，明日提出意见。"), "lijing")
    assert time_kept(house) == before
    house.clock.at = at("2026-11-24T09:00")
    house.do(urge, "wumin")
    assert len(said(house, case_id, "task.urged")) == 2


def test_on_a_day_off_one_does_not_urge_again(house: House):
    house.clock.at = at("2026-11-27T16:00")  # Friday
    case_id = registered(house)
    urge = UrgeTask(task_id=open_tasks(house, case_id)["triage"].id, text=TEXT)
    house.do(urge, "wumin")

    house.clock.at = at("2026-11-28T10:00")
    with pytest.raises(Invalid, match="urged_today"):
        house.do(urge, "wumin")
    house.clock.at = at("2026-11-30T09:00")
    house.do(urge, "wumin")


def test_who_holds_the_task_or_has_no_office_for_it_does_not_urge(house: House):
    case_id = registered(house)
    urge = UrgeTask(task_id=open_tasks(house, case_id)["triage"].id, text=TEXT)

    for login in ("lijing", "zhaolei"):
        with pytest.raises(Refused):
            house.do(urge, login)


def test_a_comment_of_whoever_has_a_part_in_the_case_stays_also_when_the_task_is_done(house: House):
    case_id = registered(house)
    done = triage(house, case_id)
    house.do(done, "lijing")
    before = time_kept(house)

    house.do(CommentOnTask(task_id=done.task_id, text="法院已口头答复。"), "lijing")

    assert said(house, case_id, "task.commented")[0]["text"] == "法院已口头答复。"
    assert time_kept(house) == before
    with pytest.raises(NotFound):
        house.do(CommentOnTask(task_id=done.task_id, text=TEXT), "admin")
    with pytest.raises(TaskClosed):
        house.do(UrgeTask(task_id=done.task_id, text=TEXT), "wumin")


@pytest.mark.parametrize("text", ["", "  好 ", "长" * 2001])
def test_too_little_and_too_much_text_is_refused(house: House, text: str):
    case_id = registered(house)
    task_id = open_tasks(house, case_id)["triage"].id

    with pytest.raises(Invalid, match="comment_missing"):
        house.do(CommentOnTask(task_id=task_id, text=text), "lijing")
