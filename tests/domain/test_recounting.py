"""What a new calendar may do to a deadline that somebody was told of."""

from datetime import date

import pytest
from hypothesis import given

from engine.domain.deadlines import compute
from engine.domain.limits import Pause, Rule
from engine.domain.recounting import Recount, kept
from tests.domain.calendars import at, instants, national

DECEMBER = instants(date(2026, 11, 23), date(2026, 12, 20))
START = at("2026-11-23 10:00")
FIVE = compute(national(), Rule("workday", 5), START)  # Monday 2026-11-30, 24:00


def test_a_later_end_stands():
    recount = Recount(at("2026-11-25 09:00"), due_before=at("2026-11-28 00:00"))

    assert kept(national(), FIVE, [recount]) == FIVE


@pytest.mark.parametrize(
    ("recounted", "due_at", "due_date"),
    [
        ("2026-11-26 09:00", "2026-12-01 00:00", date(2026, 11, 30)),  # a full working day is left: as counted
        ("2026-11-30 09:00", "2026-12-02 00:00", date(2026, 12, 1)),  # one full working day from the next morning
        ("2026-12-02 09:00", "2026-12-03 00:00", date(2026, 12, 2)),  # the old end is sooner than that
    ],
)
def test_an_end_that_moves_earlier_leaves_a_full_working_day_or_the_old_end(recounted, due_at, due_date):
    recount = Recount(at(recounted), due_before=at("2026-12-03 00:00"))

    deadline = kept(national(), FIVE, [recount])

    assert (deadline.due_at, deadline.due_date, deadline.due_max) == (at(due_at), due_date, due_date)


def test_no_breach_is_held_against_anybody_before_the_end_they_were_told_of():
    recount = Recount(at("2026-11-26 09:00"), due_before=at("2026-12-03 00:00"))

    assert kept(national(), FIVE, [recount]).flag_at == at("2026-12-03 00:00")


def test_a_provisional_end_still_flags_nobody():
    provisional = compute(national(), Rule("workday", 5), at("2027-02-01 10:00"))

    assert kept(national(), provisional, [Recount(at("2027-02-02 10:00"), at("2027-03-01 00:00"))]).flag_at is None


def test_a_clock_that_stands_still_has_no_end_to_keep():
    paused = compute(national(), Rule("workday", 5), START, [Pause("鉴定", at("2026-11-24 10:00"), None)])

    assert kept(national(), paused, [Recount(START, START)]) == paused


@given(DECEMBER, DECEMBER)
def test_a_recount_never_makes_a_breach_in_the_past(recounted, due_before):
    deadline = kept(national(), FIVE, [Recount(recounted, due_before)])

    assert deadline.due_at >= min(recounted, due_before)
    assert deadline.due_at <= deadline.flag_at
