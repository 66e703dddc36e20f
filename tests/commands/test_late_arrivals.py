"""Who comes after a deadline comes after its effects, even when no ticker ran in between."""

from datetime import UTC, datetime

import pytest

from engine.commands.submit_form import SubmitForm
from engine.domain.errors import TaskClosed
from engine.readmodels import flags
from tests.conftest import House
from tests.stories import open_tasks, registered

FEEDBACK_LAPSES = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)  # midnight in Shanghai, three working days after Monday
TEAM = {"outcome": "conclude", "research": "已与三家法院对接,两家同意解封,余一家待裁定。"}


@pytest.fixture
def case_id(house: House) -> str:
    return registered(house)


def flag_codes(house: House, case_id: str) -> list[str]:
    with house.sessions() as session:
        return sorted(flag.code for flag in flags.flags_of_case(session, case_id))


def test_a_form_handed_in_a_second_after_the_limit_is_too_late_without_any_ticker(house: House, case_id: str):
    triage = SubmitForm(
        task_id=open_tasks(house, case_id)["triage"].id, values={"decision": "coordinate", "opinion": "需协调。"}
    )
    house.clock.at = FEEDBACK_LAPSES

    with pytest.raises(TaskClosed):
        house.do(triage, "lijing")


def test_a_form_handed_in_a_second_before_the_limit_is_in_time(house: House, case_id: str):
    triage = SubmitForm(
        task_id=open_tasks(house, case_id)["triage"].id, values={"decision": "on_spot", "opinion": "现场办理。"}
    )
    house.clock.at = FEEDBACK_LAPSES.replace(hour=15, minute=59, second=59)

    house.do(triage, "lijing")

    assert flag_codes(house, case_id) == []


def test_a_form_that_is_still_wanted_brings_the_lapsed_limits_effects_with_it(house: House, case_id: str):
    house.clock.at = FEEDBACK_LAPSES
    house.sweep()
    house.clock.at = datetime(2026, 12, 4, 1, 0, tzinfo=UTC)  # the team's five working days ended at midnight

    house.do(SubmitForm(task_id=open_tasks(house, case_id)["team_research"].id, values=TEAM), "chengang")

    assert flag_codes(house, case_id) == ["F02", "F03"]
    with house.sessions() as session:
        raised = {flag.code: flag.raised_at for flag in flags.flags_of_case(session, case_id)}
    assert raised["F02"] == datetime(2026, 12, 3, 16, 0, tzinfo=UTC)


def test_what_the_limit_brought_about_is_written_as_the_timers_deed(house: House, case_id: str):
    house.clock.at = FEEDBACK_LAPSES
    house.sweep()
    house.clock.at = datetime(2026, 12, 4, 1, 0, tzinfo=UTC)

    house.do(SubmitForm(task_id=open_tasks(house, case_id)["team_research"].id, values=TEAM), "chengang")

    with house.bus.database.connect() as connection:
        rows = connection.exec_driver_sql("select actor_id from event where type = 'flag.raised'").scalars().all()
    assert set(rows) == {"timer"}
