"""
Two people, or two clicks, at one task.

1. Both commands begin at the same moment and read the task as open.
2. One takes the case's row (PostgreSQL) or the write lock (SQLite); the other waits for it.
3. The first commits; the other reads the task anew, under the lock, and finds it done.
"""

from collections import Counter
from functools import partial

from sqlalchemy import func, select

from engine.commands.claim_task import ClaimTask
from engine.commands.reassign_task import ReassignTask
from engine.commands.register_case import RegisterCase
from engine.commands.unclaim_task import UnclaimTask
from engine.commands.urge_task import UrgeTask
from engine.domain.errors import Refused, TaskClosed
from engine.store.tables import event, gov_case
from engine.store.unit_of_work import UnitOfWork
from tests.conftest import House
from tests.races.together import together
from tests.stories import colleague, open_tasks, registered, triage


def events(house: House, case_id: str) -> Counter[str]:
    with house.sessions() as session:
        return Counter(session.execute(select(event.c.type).where(event.c.case_id == case_id)).scalars())


def first_break(house: House, case_id: str) -> int | None:
    with UnitOfWork(house.bus.database) as unit:
        return unit.events.first_break(case_id)


def test_of_two_submissions_of_a_task_one_counts_and_the_other_hears_that_it_is_done(house: House):
    case_id = registered(house)
    commands = [triage(house, case_id, key) for key in ("first", "second")]

    results = together(*(partial(house.do, command, "lijing") for command in commands))

    assert sorted(type(result).__name__ for result in results) == ["TaskClosed", "str"]
    assert events(house, case_id)["task.submitted"] == 1
    assert first_break(house, case_id) is None


def test_a_double_click_is_one_submission_and_both_clicks_arrive(house: House):
    case_id = registered(house)
    click = partial(house.do, triage(house, case_id, "one form"), "lijing")

    assert together(click, click) == [case_id, case_id]
    assert events(house, case_id)["task.submitted"] == 1


def test_a_registration_clicked_four_times_is_one_case(house: House):
    command = RegisterCase(process="window_escalation", values=house.registration(), submission="one form")
    click = partial(house.do, command, "lijing")

    ids = together(click, click, click, click)

    assert len(set(ids)) == 1
    with house.sessions() as session:
        assert session.execute(select(func.count()).select_from(gov_case)).scalar_one() == 1


def test_cases_registered_at_the_same_moment_are_numbered_without_a_gap(house: House):
    command = RegisterCase(process="window_escalation", values=house.registration())

    together(*[partial(house.do, command, "lijing")] * 3)

    with house.sessions() as session:
        numbers = list(session.execute(select(gov_case.c.number).order_by(gov_case.c.number)).scalars())
    assert numbers == [f"BCS-20261123-000{n}" for n in (1, 2, 3)]


def test_of_two_who_claim_a_task_one_holds_it_and_the_other_is_refused(house: House):
    second = colleague(house, "zhaolei")
    case_id = registered(house)
    house.do(triage(house, case_id), "lijing")
    claim = ClaimTask(task_id=open_tasks(house, case_id)["dept_opinion"].id)

    results = together(*(partial(house.bus.execute, claim, actor) for actor in (house.people["zhaolei"], second)))

    assert sorted(type(result).__name__ for result in results) == ["Refused", "str"]
    assert events(house, case_id)["task.claimed"] == 1


def test_a_task_reassigned_while_it_is_submitted_ends_in_one_of_the_two_ways(house: House):
    second = colleague(house, "lijing")
    case_id = registered(house)
    submit = triage(house, case_id)
    reassign = ReassignTask(task_id=submit.task_id, holder_id=second.id, reason="外出培训。")

    submitted, reassigned = together(partial(house.do, submit, "lijing"), partial(house.do, reassign, "wumin"))

    assert isinstance(submitted, Refused) != isinstance(reassigned, TaskClosed)
    assert first_break(house, case_id) is None


def test_a_task_is_put_back_once_however_often_one_clicks(house: House):
    colleague(house, "zhaolei")
    case_id = registered(house)
    house.do(triage(house, case_id), "lijing")
    task_id = open_tasks(house, case_id)["dept_opinion"].id
    house.do(ClaimTask(task_id=task_id), "zhaolei")

    results = together(*[partial(house.do, UnclaimTask(task_id=task_id), "zhaolei")] * 2)

    assert sorted(type(result).__name__ for result in results) == ["Refused", "str"]
    assert events(house, case_id)["task.unclaimed"] == 1
    assert first_break(house, case_id) is None


def test_of_two_clicks_on_urge_one_urges(house: House):
    case_id = registered(house)
    urge = UrgeTask(task_id=open_tasks(house, case_id)["triage"].id, text="请尽快研究并答复。")

    results = together(*[partial(house.do, urge, "wumin")] * 2)

    assert sorted(type(result).__name__ for result in results) == ["Invalid", "str"]
    assert events(house, case_id)["task.urged"] == 1
