"""A department that nobody of claimed its task answers for the lateness as a unit (domain specification, 2a)."""

from engine.commands.claim_task import ClaimTask
from engine.holidays.build import WEEKLY
from engine.readmodels import flags
from engine.readmodels.flags import FlagRow
from tests.conftest import House
from tests.stories import at, colleague, open_tasks, registered, triage

MARKET_OFFICE = "云川市市场监督管理局"


def late_opinion(house: House) -> FlagRow:
    """Return the flag of the opinion that was due on Tuesday at 24:00."""
    house.clock.at = at("2026-11-25T09:00")
    house.sweep()
    with house.sessions() as session:
        (found,) = [row for row in flags.all_flags(session) if row.code == "F05"]
    return found


def test_an_opinion_nobody_claimed_stands_on_the_department(house: House):
    colleague(house, "zhaolei")
    case_id = registered(house)
    house.do(triage(house, case_id), "lijing")

    flag = late_opinion(house)

    assert (flag.holder_id, flag.unit_id) == (None, house.units[MARKET_OFFICE])


def test_an_opinion_somebody_claimed_stands_on_that_person(house: House):
    colleague(house, "zhaolei")
    case_id = registered(house)
    house.do(triage(house, case_id), "lijing")
    house.do(ClaimTask(task_id=open_tasks(house, case_id)["dept_opinion"].id), "zhaolei")

    flag = late_opinion(house)

    assert (flag.holder_id, flag.unit_id) == (house.people["zhaolei"].id, house.units[MARKET_OFFICE])


def test_every_counted_day_of_the_evidence_names_its_source(house: House):
    case_id = registered(house)
    house.do(triage(house, case_id), "lijing")

    flag = late_opinion(house)

    assert [(day["day"], day["weekday"], day["source"]) for day in flag.evidence["days"]] == [
        ("2026-11-23", 0, WEEKLY),
        ("2026-11-24", 1, WEEKLY),
    ]


def test_the_evidence_says_whose_time_it_was(house: House):
    case_id = registered(house)
    house.do(triage(house, case_id), "lijing")

    flag = late_opinion(house)

    assert sum(share["seconds"] for share in flag.evidence["shares"]) == (5.5 + 7) * 3600
    assert flag.evidence["shares"][0]["kind"] == "person"
