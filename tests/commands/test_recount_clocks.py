"""When days are loaded, what is running is counted anew, and nobody is late for it."""

import json

from engine.commands.load_calendar import LoadCalendar
from engine.domain.actors import SYSTEM
from engine.readmodels import dossier, flags
from engine.readmodels.desk import notices_of
from engine.readmodels.dossier import ClockFacts
from engine.timers.recounting import recount_all
from tests.conftest import House
from tests.stories import at, lapsed, registered

# the feedback limit: three working days from Monday, 2026-11-23, to Thursday the 26th


def declare(house: House, **kinds: str) -> int:
    """Load a city's days ("d1125": "off"); return how many deadlines moved."""
    days = [{"day": f"2026-{k[1:3]}-{k[3:]}", "kind": kind, "name": "州庆"} for k, kind in kinds.items()]
    file = {"scope": "YC", "level": "city", "source": "云政办发〔2026〕8号", "days": days}
    house.bus.execute(LoadCalendar(local=json.dumps(file)), SYSTEM)
    return recount_all(house.bus, house.sessions)


def feedback(house: House, case_id: str) -> ClockFacts:
    with house.sessions() as session:
        return next(clock for clock in dossier.clocks_of(session, case_id) if clock.rule["limit"] == 3)


def codes(house: House, case_id: str) -> list[str]:
    with house.sessions() as session:
        return [flag.code for flag in flags.flags_of_case(session, case_id)]


def test_a_day_off_more_moves_the_end_and_the_holder_is_told(house: House):
    case_id = registered(house)

    moved = declare(house, d1125="off")

    assert moved >= 1
    assert feedback(house, case_id).due_at == at("2026-11-28T00:00")
    with house.sessions() as session:
        kinds = [row.kind for row in notices_of(session, house.people["lijing"].id)]
        events = [row.type for row in dossier.events_of(session, case_id)]
    assert "clock_recounted" in kinds
    assert "clock.recounted" in events


def test_the_ledger_keeps_the_end_before(house: House):
    case_id = registered(house)

    declare(house, d1125="off")

    (line,) = [line for line in feedback(house, case_id).ledger if line.type == "recount"]
    assert line.due_before == at("2026-11-27T00:00")


def test_the_timers_follow_the_end(house: House):
    case_id = registered(house)
    declare(house, d1125="off")

    house.clock.at = at("2026-11-27T09:00")
    house.sweep()
    in_time = codes(house, case_id)
    house.clock.at = at("2026-11-28T00:00")
    house.sweep()

    assert (in_time, codes(house, case_id)) == ([], ["F03"])


def test_an_end_that_moves_into_the_past_leaves_a_full_working_day(house: House):
    case_id = registered(house)
    declare(house, d1124="off", d1125="off")  # due on Monday the 30th
    house.clock.at = at("2026-11-27T09:00")

    declare(house)  # taken back: it would have been due on the 26th

    assert feedback(house, case_id).due_at == at("2026-12-01T00:00")
    house.sweep()
    assert codes(house, case_id) == []


def test_a_day_that_turns_out_to_be_off_flags_nobody(house: House):
    case_id = lapsed(house)

    declare(house, d1124="off")
    house.sweep()

    assert codes(house, case_id) == []


def test_counting_again_by_the_same_calendar_changes_nothing(house: House):
    case_id = registered(house)
    declare(house, d1125="off")
    before = feedback(house, case_id)

    assert declare(house, d1125="off") == 0
    assert recount_all(house.bus, house.sessions) == 0
    assert feedback(house, case_id) == before


def test_an_end_far_from_the_change_stays_and_takes_the_new_version(house: House):
    case_id = registered(house)

    assert declare(house, d1228="off") == 0

    with house.sessions() as session:
        events = [row.type for row in dossier.events_of(session, case_id)]
    assert "clock.recounted" not in events
