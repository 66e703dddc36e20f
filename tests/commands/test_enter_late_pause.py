"""A pause written down late: shown as such, and what it does to the end and to flags."""

import pytest

from engine.commands.enter_late_pause import EnterLatePause
from engine.domain.errors import Conflict, Invalid, Refused
from engine.readmodels import dossier, flags
from engine.readmodels.desk import notices_of
from engine.readmodels.dossier import ClockFacts
from tests.conftest import House
from tests.stories import at, lapsed


def team_clock(house: House, case_id: str) -> ClockFacts:
    with house.sessions() as session:
        return next(clock for clock in dossier.clocks_of(session, case_id) if clock.key == "team_limit")


def pause(clock: ClockFacts, case_id: str, began: str, ended: str, **changes: object) -> EnterLatePause:
    values = {"kind": "司法办理", "evidence": "（2026）云01协助5号", "began": at(began), "ended": at(ended), **changes}
    return EnterLatePause(case_id=case_id, clock_id=clock.id, **values)


@pytest.fixture
def case_id(house: House) -> str:
    """A case that the team has held since Thursday, 26 November 24:00; five working days end on 3 December."""
    found = lapsed(house)
    house.sweep()
    return found


def test_it_moves_the_end_and_shows_when_it_was_written(house: House, case_id: str):
    house.clock.at = at("2026-12-03T10:00")

    house.do(pause(team_clock(house, case_id), case_id, "2026-11-30T09:00", "2026-12-02T09:00"), "hejun")

    clock = team_clock(house, case_id)
    assert str(clock.due_date) == "2026-12-07"
    (line,) = [line for line in clock.ledger if line.type == "pause"]
    assert (line.at, line.recorded_at) == (at("2026-11-30T09:00"), at("2026-12-03T10:00"))


def test_a_flag_it_would_have_prevented_loses_its_ground_and_the_office_is_told(house: House, case_id: str):
    house.clock.at = at("2026-12-04T10:00")
    house.sweep()

    house.do(pause(team_clock(house, case_id), case_id, "2026-11-30T09:00", "2026-12-02T09:00"), "hejun")

    with house.sessions() as session:
        events = [row.type for row in dossier.events_of(session, case_id)]
        standing = {row.code: row.status for row in flags.flags_of_case(session, case_id)}
        told = [row.kind for row in notices_of(session, house.people["zhouting"].id)]
    assert "flag.ground_lost" in events
    assert standing["F02"] == "suspected"
    assert "flag_ground_lost" in told


def test_what_was_overdue_already_cannot_have_been_paused(house: House, case_id: str):
    house.clock.at = at("2026-12-08T10:00")
    clock = team_clock(house, case_id)

    with pytest.raises(Conflict):
        house.do(pause(clock, case_id, "2026-12-04T09:00", "2026-12-07T09:00"), "hejun")


def test_two_pauses_do_not_overlap(house: House, case_id: str):
    house.clock.at = at("2026-12-03T10:00")
    clock = team_clock(house, case_id)
    house.do(pause(clock, case_id, "2026-11-30T09:00", "2026-12-02T09:00"), "hejun")

    with pytest.raises(Conflict):
        house.do(pause(clock, case_id, "2026-12-01T09:00", "2026-12-03T09:00"), "hejun")


@pytest.mark.parametrize(
    ("began", "ended", "changes"),
    [
        ("2026-11-20T09:00", "2026-12-02T09:00", {}),  # before the limit began
        ("2026-12-02T09:00", "2026-12-01T09:00", {}),  # ends before it begins
        ("2026-12-02T09:00", "2026-12-05T09:00", {}),  # not over yet
        ("2026-11-30T09:00", "2026-12-02T09:00", {"kind": "内部协调"}),  # no kind of this clock's
        ("2026-11-30T09:00", "2026-12-02T09:00", {"evidence": " "}),  # rests on nothing
    ],
)
def test_a_pause_that_is_not_right_is_refused(
    house: House, case_id: str, began: str, ended: str, changes: dict[str, str]
):
    house.clock.at = at("2026-12-03T10:00")

    with pytest.raises(Invalid):
        house.do(pause(team_clock(house, case_id), case_id, began, ended, **changes), "hejun")


def test_who_does_not_approve_pauses_does_not_enter_them(house: House, case_id: str):
    house.clock.at = at("2026-12-03T10:00")

    with pytest.raises(Refused):
        house.do(pause(team_clock(house, case_id), case_id, "2026-11-30T09:00", "2026-12-02T09:00"), "lijing")
