"""What an administrator may do to a case: once, with a reason, before and after, and back until the next step."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.change_variables import ChangeVariables
from engine.commands.inspect_instance import InspectInstance, Inspection
from engine.commands.migrate_case import MigrateCase
from engine.commands.move_token import MoveToken
from engine.commands.record_timer_failure import RecordTimerFailure
from engine.commands.retry_timer import RetryTimer
from engine.commands.submit_form import SubmitForm
from engine.commands.undo_intervention import UndoIntervention
from engine.domain.errors import EngineError, Invalid, Refused, TaskClosed
from engine.readmodels.interventions import running_instances, stuck_timers, versions
from engine.seeding import bundle_of
from engine.store.tables import case_clock, event, timer
from tests.conftest import ROOT, House
from tests.stories import COORDINATE, open_tasks, registered

WHY = "系统故障，按领导批示处理"


def main_of(house: House, case_id: str) -> str:
    """Return the running process of a case."""
    with house.sessions() as session:
        return running_instances(session, case_id)[0].id


def look(house: House, case_id: str) -> Inspection:
    """Return what the administrator sees."""
    found = house.do(InspectInstance(case_id=case_id, instance_id=main_of(house, case_id)), "admin")
    assert isinstance(found, Inspection)
    return found


def move(house: House, case_id: str, element: str, login: str = "admin", reason: str = WHY) -> None:
    """Move the only movable token of a case."""
    token = look(house, case_id).tokens[0].token_id
    instance = main_of(house, case_id)
    house.do(MoveToken(case_id=case_id, instance_id=instance, token_id=token, element=element, reason=reason), login)


def undo(house: House, case_id: str) -> None:
    """Take the last intervention back."""
    house.do(UndoIntervention(case_id=case_id, instance_id=main_of(house, case_id), reason=WHY), "admin")


def last_event(house: House, case_id: str, kind: str) -> dict[str, Any]:
    """Return the data of a case's last event of a kind."""
    with house.sessions() as session:
        wanted = select(event.c.data).where(event.c.case_id == case_id, event.c.type == kind).order_by(event.c.seq)
        return json.loads(session.execute(wanted).scalars().all()[-1])


def clocks(house: House, case_id: str) -> list[tuple[str, Any, Any]]:
    """Return the running clocks of a case with their ends."""
    with house.sessions() as session:
        wanted = select(case_clock.c.key, case_clock.c.started_at, case_clock.c.due_at)
        wanted = wanted.where(case_clock.c.case_id == case_id, case_clock.c.stopped_at.is_(None))
        return [tuple(row) for row in session.execute(wanted.order_by(case_clock.c.key))]


def waiting(house: House, case_id: str) -> set[tuple[str, Any]]:
    """Return the waiting timers of a case with their instants."""
    with house.sessions() as session:
        wanted = select(timer.c.element_id, timer.c.due_at)
        return {
            tuple(row) for row in session.execute(wanted.where(timer.c.case_id == case_id, timer.c.status == "waiting"))
        }


def revised(house: House, *, renamed: bool = False) -> str:
    """Deploy a further version of the shipped process, its first task under another id or not; return its digest."""
    bundle = bundle_of(ROOT / "workflows/window_escalation", ROOT / "forms")
    changed = bundle.diagram + b"\n"
    if renamed:
        changed = re.sub(rb'(?<!key=)([">])triage(["<])', rb"\1triage_anew\2", changed)
    return str(house.do(replace(bundle, diagram=changed), "admin"))


def migrate(house: House, case_id: str, digest: str, *, rehearse: bool = False) -> list[tuple[str, str]]:
    """Move the case to a version; return what stood in the way."""
    command = MigrateCase(
        case_id=case_id, instance_id=main_of(house, case_id), digest=digest, reason=WHY, rehearse=rehearse
    )
    found: Any = house.do(command, "admin")
    return [(obstacle.reason, obstacle.element) for obstacle in found]


def test_a_moved_token_opens_the_task_there_and_the_event_says_from_where(house: House):
    case_id = registered(house)

    move(house, case_id, "solve_now")

    assert list(open_tasks(house, case_id)) == ["solve_now"]
    said = last_event(house, case_id, "token.moved")
    assert (said["before"], said["after"], said["reason"]) == ("triage", "solve_now", WHY)


def test_nobody_else_intervenes_and_nobody_without_a_reason(house: House):
    case_id = registered(house)

    with pytest.raises(Refused):
        move(house, case_id, "solve_now", "wumin")
    with pytest.raises(Invalid, match="intervention_reason_missing"):
        move(house, case_id, "solve_now", reason=" ")
    with pytest.raises(Refused):
        house.do(InspectInstance(case_id=case_id, instance_id=main_of(house, case_id)), "wumin")


def test_until_the_next_step_a_move_is_taken_back_with_tasks_clocks_and_timers(house: House):
    case_id = registered(house)
    before = look(house, case_id), clocks(house, case_id), waiting(house, case_id)
    move(house, case_id, "solve_now")

    undo(house, case_id)

    assert (look(house, case_id), clocks(house, case_id), waiting(house, case_id)) == before
    assert list(open_tasks(house, case_id)) == ["triage"]
    house.do(SubmitForm(task_id=open_tasks(house, case_id)["triage"].id, values=COORDINATE), "lijing")


def test_after_the_next_step_nothing_is_taken_back(house: House):
    case_id = registered(house)
    instance = main_of(house, case_id)
    change = ChangeVariables(case_id=case_id, instance_id=instance, name="register", value="{}", reason=WHY)
    house.do(change, "admin")
    house.do(SubmitForm(task_id=open_tasks(house, case_id)["triage"].id, values=COORDINATE), "lijing")

    with pytest.raises(Invalid, match="nothing_to_undo"):
        undo(house, case_id)


def test_old_and_new_of_a_variable_are_kept(house: House):
    case_id = registered(house)
    before = json.loads(look(house, case_id).variables["register"])
    instance = main_of(house, case_id)

    change = ChangeVariables(case_id=case_id, instance_id=instance, name="register", value='{"a": 1}', reason=WHY)
    house.do(change, "admin")

    said = last_event(house, case_id, "variables.changed")
    assert (said["before"], said["after"]) == (before, {"a": 1})
    assert look(house, case_id).variables["register"] == '{"a": 1}'
    undo(house, case_id)
    assert json.loads(look(house, case_id).variables["register"]) == before


@pytest.mark.parametrize(
    ("name", "value", "reason"), [("other", "1", "variable_unknown"), ("register", "{", "no_json")]
)
def test_a_variable_that_is_not_there_and_a_value_that_is_none_are_refused(
    house: House, name: str, value: str, reason: str
):
    case_id = registered(house)
    change = ChangeVariables(case_id=case_id, instance_id=main_of(house, case_id), name=name, value=value, reason=WHY)

    with pytest.raises(Invalid, match=reason):
        house.do(change, "admin")


def test_a_rehearsal_moves_nothing_and_a_migration_keeps_tasks_clocks_and_timers(house: House):
    case_id = registered(house)
    digest = revised(house)
    before = open_tasks(house, case_id), clocks(house, case_id), waiting(house, case_id)

    assert migrate(house, case_id, digest, rehearse=True) == []
    with house.sessions() as session:
        assert running_instances(session, case_id)[0].version == 1
    assert migrate(house, case_id, digest) == []

    with house.sessions() as session:
        assert running_instances(session, case_id)[0].version == 2
    assert (open_tasks(house, case_id), clocks(house, case_id), waiting(house, case_id)) == before
    said = last_event(house, case_id, "case.migrated")
    assert (said["before"], said["after"]) == (1, 2)
    house.do(SubmitForm(task_id=open_tasks(house, case_id)["triage"].id, values=COORDINATE), "lijing")


def test_a_case_whose_task_is_gone_stays_where_it_is_and_says_why(house: House):
    case_id = registered(house)
    digest = revised(house, renamed=True)

    assert migrate(house, case_id, digest) == [("gone", "triage")]

    with house.sessions() as session:
        assert running_instances(session, case_id)[0].version == 1


def test_a_migration_is_taken_back(house: House):
    case_id = registered(house)
    migrate(house, case_id, revised(house))

    undo(house, case_id)

    with house.sessions() as session:
        assert running_instances(session, case_id)[0].version == 1
        assert len([v for v in versions(session) if v.process == "window_escalation"]) == 2


def test_a_case_does_not_move_to_another_process_or_to_where_it_is(house: House):
    case_id = registered(house)
    with house.sessions() as session:
        found = {choice.process: choice.digest for choice in versions(session)}

    with pytest.raises(Invalid, match="same_version"):
        migrate(house, case_id, found["window_escalation"])
    with pytest.raises(EngineError, match="definition"):
        migrate(house, case_id, found["flag_review"])


def test_a_stuck_timer_is_tried_again(house: House):
    case_id = registered(house)
    with house.sessions() as session:
        timer_id = session.execute(select(timer.c.id).where(timer.c.case_id == case_id)).scalars().first() or ""
    with pytest.raises(TaskClosed):
        house.do(RetryTimer(timer_id=timer_id, reason=WHY), "admin")
    for _ in range(5):
        house.do(RecordTimerFailure(timer_id=timer_id, error="database is locked"), "admin")
    with house.sessions() as session:
        assert [stuck.id for stuck in stuck_timers(session, case_id)] == [timer_id]

    house.do(RetryTimer(timer_id=timer_id, reason=WHY), "admin")

    with house.sessions() as session:
        assert stuck_timers(session, case_id) == []
    assert last_event(house, case_id, "timer.retried")["before"] == "incident"
