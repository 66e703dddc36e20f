"""Deadlines agree with an oracle that walks day by day and minute by minute."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.deadlines import compute
from engine.domain.limits import Extension, Rule
from tests.domain.calendars import DAY_RULES, MOMENT_RULES, STARTS, instants, limits, national
from tests.domain.walker import open_at, walk

CUT = date(2025, 9, 23)


@settings(max_examples=500, deadline=None)
@given(limits())
def test_a_limit_in_days_ends_where_the_walker_ends(limit):
    rule, start, pauses = limit

    deadline = compute(national(), rule, start, pauses)

    assert (deadline.due_at, deadline.due_date) == walk(national(), rule, start, pauses)


@settings(max_examples=200, deadline=None)
@given(limits(MOMENT_RULES, most=2))
def test_a_limit_in_minutes_or_hours_ends_where_the_walker_ends(limit):
    rule, start, pauses = limit

    deadline = compute(national(), rule, start, pauses)

    assert (deadline.due_at, deadline.due_date) == walk(national(), rule, start, pauses)


@settings(max_examples=150, deadline=None)
@given(DAY_RULES, instants(date(2025, 9, 10), date(2025, 9, 25)))
def test_a_limit_near_a_day_cut_short_ends_where_the_walker_ends(rule, start):
    calendar = national(CUT)

    deadline = compute(calendar, rule, start)

    assert (deadline.due_at, deadline.due_date) == walk(calendar, rule, start)


@settings(max_examples=200, deadline=None)
@given(limits(), st.integers(1, 12), st.integers(-2, 2))
def test_an_extension_counts_if_approved_by_the_old_end(limit, more, minutes):
    rule, start, pauses = limit
    old_end, _ = walk(national(), rule, start, pauses)
    extension = Extension(more, old_end + timedelta(minutes=minutes))

    deadline = compute(national(), rule, start, pauses, extension)

    total = rule.limit + more * (minutes <= 0)
    longer = Rule(rule.unit, total, rule.end, rule.start_policy)
    assert deadline.extension_valid is (minutes <= 0)
    assert (deadline.due_at, deadline.due_date) == walk(national(), longer, start, pauses)


@settings(max_examples=100, deadline=None)
@given(STARTS, st.integers(0, 2 * 1440))
def test_office_time_is_the_number_of_open_minutes(start, minutes):
    end = start + timedelta(minutes=minutes)

    seconds = national().office_seconds_between(start, end)

    assert seconds == 60 * sum(open_at(national(), start + timedelta(minutes=n)) for n in range(minutes))
