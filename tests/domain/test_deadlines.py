"""Deadlines by example: what the worked examples of the file do not show."""

from datetime import date

import pytest

from engine.domain.deadlines import (
    compute,
    elapsed_working_days,
    remaining_working_days,
    shift_end,
    warn_at,
    warn_before,
)
from engine.domain.errors import CalendarEnds, Invalid
from engine.domain.limits import Extension, Pause, Rule
from tests.domain.calendars import at, national, small

FIVE = Rule("workday", 5)
MONDAY = at("2026-11-02 10:00")  # 5 working days from here end on Monday 2026-11-09


def pause(start: str, end: str | None) -> Pause:
    return Pause("鉴定", at(start), at(end) if end else None)


# --- the two instants ----------------------------------------------------------------------------


def test_the_last_day_ends_at_24_00_and_keeps_its_date():
    deadline = compute(national(), FIVE, MONDAY)

    assert deadline.due_at == at("2026-11-10 00:00")
    assert deadline.due_date == deadline.due_min == deadline.due_max == date(2026, 11, 9)
    assert deadline.calendar_version == "CN@test"
    assert deadline.extension_valid is None


def test_without_a_pause_a_flag_may_follow_the_end_at_once():
    assert compute(national(), FIVE, MONDAY).flag_at == at("2026-11-10 00:00")


def test_a_limit_to_closing_time_is_flagged_only_at_24_00():
    deadline = compute(national(), Rule("workday", 5, end="close"), MONDAY)

    assert deadline.due_at == at("2026-11-09 17:30")
    assert deadline.flag_at == at("2026-11-10 00:00")


def test_a_limit_in_minutes_is_flagged_when_it_ends():
    deadline = compute(national(), Rule("officeminute", 120), MONDAY)

    assert deadline.due_at == deadline.flag_at == at("2026-11-02 12:00")


@pytest.mark.parametrize(
    ("pauses", "due_at", "flag_at"),
    [
        # resumed on the last day: due that night, but a full working day must have passed
        ([pause("2026-11-09 09:00", "2026-11-09 16:00")], "2026-11-10 00:00", "2026-11-11 00:00"),
        # resumed on a Friday: the full working day is Monday
        ([pause("2026-11-09 09:00", "2026-11-13 16:00")], "2026-11-14 00:00", "2026-11-17 00:00"),
        # resumed long before the end: no later than the end
        ([pause("2026-11-03 09:00", "2026-11-03 10:00")], "2026-11-10 00:00", "2026-11-10 00:00"),
        # over before the start, and begun after the end: neither has anything to do with this limit
        ([pause("2026-10-29 09:00", "2026-10-30 10:00")], "2026-11-10 00:00", "2026-11-10 00:00"),
        ([pause("2026-11-10 09:00", "2026-11-16 09:00")], "2026-11-10 00:00", "2026-11-10 00:00"),
    ],
)
def test_after_a_resumption_a_flag_waits_a_full_working_day(pauses, due_at, flag_at):
    deadline = compute(national(), FIVE, MONDAY, pauses)

    assert (deadline.due_at, deadline.flag_at) == (at(due_at), at(flag_at))


# --- pauses that last ----------------------------------------------------------------------------


def test_a_clock_that_stands_still_has_no_end():
    deadline = compute(national(), FIVE, MONDAY, [pause("2026-11-04 09:00", None)], Extension(10, MONDAY))

    assert (deadline.due_at, deadline.due_date, deadline.flag_at) == (None, None, None)
    assert (deadline.due_min, deadline.due_max, deadline.extension_valid) == (None, None, None)
    assert not deadline.provisional


@pytest.mark.parametrize("begun", ["2026-11-10 00:00", "2026-11-12 09:00"])
def test_what_is_overdue_cannot_be_paused(begun):
    deadline = compute(national(), FIVE, MONDAY, [pause(begun, None)])

    assert deadline == compute(national(), FIVE, MONDAY)


def test_a_pause_one_second_before_the_end_stops_the_clock():
    assert compute(national(), FIVE, MONDAY, [pause("2026-11-09 23:59:59", None)]).due_at is None


def test_a_pause_that_lasts_stops_the_extended_limit_too():
    stopped = pause("2026-11-12 09:00", None)

    deadline = compute(national(), FIVE, MONDAY, [stopped], Extension(10, at("2026-11-09 09:00")))

    assert deadline.due_at is None


def test_what_is_entered_inside_a_pause_that_lasts_does_not_end_it():
    pauses = [pause("2026-11-04 09:00", None), pause("2026-11-05 09:00", "2026-11-06 09:00")]

    assert compute(national(), FIVE, MONDAY, pauses).due_at is None


# --- units ---------------------------------------------------------------------------------------


def test_a_pause_pushes_a_limit_in_months_by_its_days():
    rule = Rule("month", 1)  # without the pause: 2026-12-02, a Wednesday

    deadline = compute(national(), rule, MONDAY, [pause("2026-11-04 09:00", "2026-11-11 16:00")])

    assert deadline.due_date == date(2026, 12, 9)


def test_office_time_stands_still_while_paused_and_only_then():
    over_before = pause("2026-11-01 09:00", "2026-11-02 09:30")
    inside = pause("2026-11-02 11:00", "2026-11-02 14:30")
    after = pause("2026-11-02 15:30", "2026-11-03 09:00")

    deadline = compute(national(), Rule("officeminute", 120), MONDAY, [over_before, inside, after])

    assert deadline.due_at == at("2026-11-02 15:30")


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        ("2026-01-31 10:00", 1, date(2026, 2, 28)),  # no 31 February; a worked Saturday, so it stays
        ("2025-11-30 10:00", 3, date(2026, 2, 28)),  # over the year's end
        ("2024-02-29 10:00", 12, date(2025, 2, 28)),  # no leap day
        ("2026-08-31 10:00", 1, date(2026, 9, 30)),
        ("2026-03-04 10:00", 0, date(2026, 3, 4)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start, months, due):
    assert compute(national(), Rule("month", months), at(start)).due_date == due


@pytest.mark.parametrize(
    ("unit", "limit", "end", "start_policy"),
    [
        ("", 5, "24:00", "event-day"),  # a limit without a unit
        ("days", 5, "24:00", "event-day"),
        ("workday", -1, "24:00", "event-day"),
        ("officeminute", 0, "24:00", "event-day"),  # no time at all
        ("hour", 0, "24:00", "event-day"),
        ("workday", "5", "24:00", "event-day"),
        ("workday", True, "24:00", "event-day"),
        ("workday", 5, "17:30", "event-day"),
        ("workday", 5, "24:00", "event_day"),
    ],
)
def test_a_rule_that_says_too_little_is_refused(unit, limit, end, start_policy):
    with pytest.raises(Invalid):
        Rule(unit, limit, end, start_policy)


@pytest.mark.parametrize("limit", [-1, "5", None])
def test_an_extension_by_less_than_nothing_is_refused(limit):
    with pytest.raises(Invalid):
        Extension(limit, MONDAY)


@pytest.mark.parametrize(
    "rule",
    [
        Rule("workday", 5),
        Rule("day", 9),
        Rule("day", 10**9),
        Rule("month", 1),
        Rule("month", 10**6),
        Rule("officeminute", 3000),
        Rule("hour", 24 * 9),
        Rule("hour", 10**9),
    ],
)
def test_a_limit_that_leaves_the_table_is_refused(rule):
    with pytest.raises(CalendarEnds):
        compute(small("wwwww--"), rule, at("2026-11-23 10:00"))


@pytest.mark.parametrize(
    ("start", "due_at"),
    [
        ("2026-11-20 17:29", "2026-11-20 17:30"),
        ("2026-11-20 17:30", "2026-11-23 17:30"),  # nobody can answer the same day any more
        ("2026-11-20 23:59", "2026-11-23 17:30"),
    ],
)
def test_a_same_day_limit_never_ends_before_it_begins(start, due_at):
    assert compute(national(), Rule("workday", 0, end="close"), at(start)).due_at == at(due_at)


# --- reminders and counts ------------------------------------------------------------------------


def test_a_reminder_never_comes_before_the_start():
    deadline = compute(national(), Rule("workday", 1), MONDAY)

    assert warn_at(national(), deadline, 1, MONDAY) == MONDAY
    assert warn_at(national(), deadline, 0, MONDAY) == at("2026-11-03 08:30")


def test_a_short_limit_is_reminded_of_by_office_minutes():
    deadline = compute(national(), Rule("workday", 1), MONDAY)

    assert warn_before(national(), deadline, 240, MONDAY) == at("2026-11-03 11:30")
    assert warn_before(national(), deadline, 24 * 60, MONDAY) == MONDAY


def test_a_clock_that_stands_still_has_no_reminder():
    paused = compute(national(), FIVE, MONDAY, [pause("2026-11-04 09:00", None)])

    with pytest.raises(Invalid):
        warn_at(national(), paused, 1, MONDAY)
    with pytest.raises(Invalid):
        warn_before(national(), paused, 60, MONDAY)


@pytest.mark.parametrize(
    ("now", "remaining"),
    [
        ("2026-11-05 09:00", 2),
        ("2026-11-07 09:00", 1),  # on a Saturday, Monday is left
        ("2026-11-09 23:59", 0),
        ("2026-11-10 00:00", -1),
        ("2026-11-14 12:00", -4),  # a Saturday adds nothing
    ],
)
def test_the_days_left_are_working_days(now, remaining):
    assert remaining_working_days(national(), at(now), date(2026, 11, 9)) == remaining


def test_the_day_of_the_start_has_not_elapsed():
    assert elapsed_working_days(national(), MONDAY, at("2026-11-02 23:59")) == 0
    assert elapsed_working_days(national(), MONDAY, at("2026-11-09 00:00")) == 5


@pytest.mark.parametrize(
    ("end", "days", "expected"),
    [
        ("2026-11-21 00:00", 1, "2026-11-24 00:00"),  # Friday 24:00 → Monday 24:00
        ("2026-11-24 00:00", -1, "2026-11-21 00:00"),  # Monday 24:00 → Friday 24:00
        ("2026-11-20 17:30", 1, "2026-11-23 17:30"),
        ("2026-11-23 17:30", -1, "2026-11-20 17:30"),
    ],
)
def test_an_end_is_shifted_with_midnight_as_24_00_of_the_day_before(end, days, expected):
    assert shift_end(national(), at(end), days) == at(expected)
