"""Deadlines that reach into years not announced yet."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.deadlines import compute, warn_at
from engine.domain.limits import Extension, Pause, Rule
from engine.domain.working_time import OpenMakeUps, WorkCalendar
from tests.domain.calendars import at, instants, national, off, pauses_after, small, working

SATURDAY, SUNDAY = date(2026, 11, 28), date(2026, 11, 29)
KNOWN = date(2026, 11, 24)
# around the two breaks of 2027 by rule that bring make-up days: Spring Festival (2) and Labour Day (1)
AROUND_BREAKS = st.one_of(
    instants(date(2027, 1, 20), date(2027, 2, 28)), instants(date(2027, 4, 15), date(2027, 5, 20))
)
RULES = st.builds(
    Rule,
    unit=st.sampled_from(["workday", "workday", "day", "officeminute", "hour"]),
    limit=st.integers(1, 15),
    end=st.sampled_from(["24:00", "close"]),
    start_policy=st.sampled_from(["event-day", "next-open"]),
).map(lambda rule: replace(rule, limit=rule.limit * 90) if rule.unit == "officeminute" else rule)


def two_weeks(count: int = 1) -> WorkCalendar:
    """Return two weeks of which the second Monday is off and the weekend before open to make-up days."""
    make_ups = OpenMakeUps((working(SATURDAY), working(SUNDAY)), count)
    return small("wwwww---wwww--ww", known_until=KNOWN, make_ups=(make_ups,))


def test_a_date_after_the_settled_ones_is_provisional_and_flags_nobody():
    settled = compute(two_weeks(), Rule("workday", 1), at("2026-11-23 10:00"))
    provisional = compute(two_weeks(), Rule("workday", 2), at("2026-11-23 10:00"))

    assert (settled.provisional, settled.flag_at) == (False, at("2026-11-25 00:00"))
    assert (provisional.provisional, provisional.flag_at) == (True, None)
    assert provisional.due_at == at("2026-11-26 00:00")


@pytest.mark.parametrize(
    ("rule", "start", "earliest", "latest"),
    [
        # a make-up day on Saturday would take the place of Tuesday
        (Rule("workday", 3), "2026-11-25 10:00", SATURDAY, date(2026, 12, 1)),
        # it may fall on the day of the start, which does not count, or on Sunday, which does
        (Rule("workday", 1), "2026-11-28 10:00", SUNDAY, date(2026, 12, 1)),
        # arrived on a Saturday that may be worked: then it is day zero
        (Rule("workday", 1, start_policy="next-open"), "2026-11-28 10:00", date(2026, 12, 1), date(2026, 12, 2)),
        # a limit in days feels only whether its last day is worked
        (Rule("day", 4), "2026-11-24 10:00", SATURDAY, date(2026, 12, 1)),
        (Rule("day", 2), "2026-11-24 10:00", date(2026, 11, 26), date(2026, 11, 26)),
        # office time may go on at the weekend; clock hours never ask
        (Rule("officeminute", 60), "2026-11-27 17:00", SATURDAY, date(2026, 12, 1)),
        (Rule("hour", 24), "2026-11-27 17:00", SATURDAY, SATURDAY),
    ],
)
def test_the_range_says_what_the_date_can_still_become(rule, start, earliest, latest):
    deadline = compute(two_weeks(), rule, at(start))

    assert (deadline.due_min, deadline.due_max) == (earliest, latest)
    assert deadline.due_date == latest


def test_no_more_days_are_worked_than_the_break_brings():
    start = at("2026-11-26 10:00")

    one, both = (compute(two_weeks(count), Rule("workday", 4), start) for count in (1, 2))

    assert (one.due_min, both.due_min) == (date(2026, 12, 2), date(2026, 12, 1))
    assert one.due_max == both.due_max == date(2026, 12, 3)


def test_a_pause_may_end_on_a_day_that_will_be_worked():
    pauses = [Pause("听证", at("2026-11-26 09:00"), at("2026-11-28 09:00"))]  # the last day, to Saturday

    deadline = compute(two_weeks(), Rule("workday", 1), at("2026-11-25 10:00"), pauses)

    assert (deadline.due_min, deadline.due_max) == (SATURDAY, date(2026, 12, 1))


def test_of_two_worked_days_one_may_come_before_a_pause_and_one_at_its_end():
    rule = Rule("workday", 1, start_policy="next-open")
    pauses = [Pause("听证", at("2027-01-25 00:00"), at("2027-01-30 00:00"))]  # Monday to Saturday

    deadline = compute(national(), rule, at("2027-01-24 00:00"), pauses)

    assert (deadline.due_min, deadline.due_max) == (date(2027, 1, 30), date(2027, 2, 1))


def test_of_two_worked_days_one_may_be_that_of_the_arrival_and_one_that_of_the_end():
    deadline = compute(national(), Rule("day", 7, start_policy="next-open"), at("2027-01-23 00:00"))

    assert (deadline.due_min, deadline.due_max) == (date(2027, 1, 30), date(2027, 2, 1))


def test_an_extension_is_part_of_the_range():
    extension = Extension(2, at("2026-11-26 10:00"))

    deadline = compute(two_weeks(), Rule("workday", 1), at("2026-11-25 10:00"), (), extension)

    assert (deadline.due_min, deadline.due_max) == (SATURDAY, date(2026, 12, 1))


def test_a_reminder_starts_from_the_early_end_of_the_range():
    start = at("2026-11-25 10:00")
    deadline = compute(two_weeks(), Rule("workday", 3), start)

    assert warn_at(two_weeks(), deadline, 1, start) == at("2026-11-27 08:30")


@settings(max_examples=300, deadline=None)
@given(st.data(), RULES, AROUND_BREAKS)
def test_the_range_is_that_of_all_placements(data, rule, start):
    pauses = data.draw(pauses_after(start, most=1))
    deadline = compute(national(), rule, start, pauses)

    ends = [compute(calendar, rule, start, pauses).due_date for calendar in _placements(start.date())]

    assert deadline.due_min == min([*ends, deadline.due_date])
    assert deadline.due_max == max([*ends, deadline.due_date])


@settings(max_examples=60, deadline=None)
@given(st.data(), instants(date(2025, 1, 1), date(2026, 8, 1)), st.integers(1, 20))
def test_a_calendar_without_make_up_days_is_only_ever_late(data, start, limit):
    pauses = data.draw(pauses_after(start, most=1))
    span = (start.date() - timedelta(days=9)).toordinal(), (start.date() + timedelta(days=120)).toordinal()
    days = national().table.part(*span)
    by_rule = WorkCalendar((off(d.date) if _is_make_up(d) else d for d in days), date.max, "rule")

    late = compute(by_rule, Rule("workday", limit), start, pauses)

    assert late.due_at >= compute(national(), Rule("workday", limit), start, pauses).due_at


def _placements(day):
    """Yield a calendar of half a year for each way to put the make-up days of the break nearest to a day."""
    nearest = min(national().make_ups, key=lambda each: min(abs(free.date - day) for free in each.days))
    days = national().table.part((day - timedelta(days=40)).toordinal(), (day + timedelta(days=100)).toordinal())
    for worked in combinations(nearest.days, nearest.count):
        instead = {each.date: each for each in worked}
        yield WorkCalendar((instead.get(each.date, each) for each in days), date.max, "placed")


def _is_make_up(day):
    return day.working and day.date.weekday() >= 5
