"""What an official is shown: a row for each day from the start to the end."""

from datetime import date

import pytest

from engine.domain.counting import CountedDay, explain
from engine.domain.limits import Extension, Pause, Rule
from engine.holidays.build import WEEKLY
from tests.domain.calendars import at, national

NOTICE = "国务院办公厅放假通知（2026年）"


def reasons(rule: Rule, start: str, *pauses: Pause, extension: Extension | None = None) -> list[tuple]:
    """Return (day, ordinal, reason) of each row."""
    rows = explain(national(), rule, at(start), pauses, extension)
    return [(row.day.isoformat()[5:], row.ordinal, row.reason_code) for row in rows]


def pause(start: str, end: str | None) -> Pause:
    return Pause("专家评审", at(start), at(end) if end else None)


def test_a_row_names_the_holiday_and_its_document():
    rows = explain(national(), Rule("workday", 2), at("2026-09-30 10:00"))

    assert rows[1] == CountedDay(date(2026, 10, 1), 3, None, "holiday", "国庆节", NOTICE)
    assert rows[8] == CountedDay(date(2026, 10, 8), 3, 1, "counted", "", WEEKLY)


def test_weekends_and_worked_saturdays_are_told_apart():
    assert reasons(Rule("workday", 3), "2026-10-08 10:00") == [
        ("10-08", None, "start"),
        ("10-09", 1, "counted"),
        ("10-10", 2, "makeup"),
        ("10-11", None, "weekend"),
        ("10-12", 3, "counted"),
    ]


def test_days_inside_a_pause_do_not_count_and_say_its_kind():
    rows = explain(
        national(), Rule("workday", 2), at("2026-11-02 10:00"), [pause("2026-11-03 09:00", "2026-11-05 16:00")]
    )

    assert [(row.ordinal, row.reason_code, row.name) for row in rows] == [
        (None, "start", ""),
        (1, "counted", ""),
        (None, "paused", "专家评审"),
        (None, "paused", "专家评审"),
        (2, "counted", ""),
    ]


def test_a_limit_that_was_paused_on_its_last_day_moves_to_the_day_of_the_resumption():
    assert reasons(Rule("workday", 1), "2026-11-02 10:00", pause("2026-11-03 09:00", "2026-11-04 16:00")) == [
        ("11-02", None, "start"),
        ("11-03", 1, "counted"),
        ("11-04", None, "moved"),
    ]


def test_natural_days_count_holidays_and_move_off_them():
    assert reasons(Rule("day", 2), "2026-11-20 10:00") == [
        ("11-20", None, "start"),
        ("11-21", 1, "counted"),
        ("11-22", 2, "counted"),
        ("11-23", None, "moved"),
    ]


def test_days_after_the_last_counted_one_say_why_they_are_passed_over():
    rows = reasons(Rule("day", 1), "2026-09-30 10:00")

    assert rows[1] == ("10-01", 1, "counted")
    assert {reason for _, _, reason in rows[2:8]} == {"holiday"}
    assert rows[8] == ("10-08", None, "moved")


def test_a_day_cut_short_is_passed_over_by_a_limit_to_closing_time():
    rows = explain(national(date(2026, 11, 24)), Rule("workday", 1, end="close"), at("2026-11-23 10:00"))

    assert [(row.ordinal, row.reason_code) for row in rows] == [(None, "start"), (1, "counted"), (None, "moved")]


def test_of_two_days_cut_short_in_a_row_the_second_says_so():
    calendar = national(date(2026, 11, 24), date(2026, 11, 25))

    rows = explain(calendar, Rule("workday", 1, end="close"), at("2026-11-23 10:00"))

    assert [row.reason_code for row in rows] == ["start", "counted", "cut", "moved"]


def test_what_arrived_after_closing_is_deemed_to_have_arrived_the_next_working_day():
    assert reasons(Rule("workday", 1, start_policy="next-open"), "2026-11-20 17:30") == [
        ("11-20", None, "start"),
        ("11-21", None, "weekend"),
        ("11-22", None, "weekend"),
        ("11-23", None, "deemed"),
        ("11-24", 1, "counted"),
    ]


def test_a_month_is_shown_without_numbers():
    rows = reasons(Rule("month", 1), "2026-01-31 10:00")

    assert len(rows) == 29
    assert {ordinal for _, ordinal, _ in rows} == {None}
    assert rows[-1] == ("02-28", None, "makeup")


def test_an_extension_is_counted_on():
    extension = Extension(1, at("2026-11-03 10:00"))

    assert reasons(Rule("workday", 1), "2026-11-02 10:00", extension=extension)[-1] == ("11-04", 2, "counted")


def test_an_extension_that_came_too_late_is_not():
    extension = Extension(1, at("2026-11-04 10:00"))

    assert reasons(Rule("workday", 1), "2026-11-02 10:00", extension=extension)[-1] == ("11-03", 1, "counted")


def test_a_pause_after_the_end_that_still_lasts_changes_no_row():
    later = pause("2026-11-04 09:00", None)

    assert reasons(Rule("workday", 1), "2026-11-02 10:00", later) == reasons(Rule("workday", 1), "2026-11-02 10:00")


def test_a_limit_of_no_days_ends_on_the_day_of_the_start():
    assert reasons(Rule("workday", 0), "2026-11-02 10:00") == [("11-02", None, "start")]


@pytest.mark.parametrize(
    ("rule", "pauses"),
    [
        (Rule("officeminute", 60), ()),
        (Rule("hour", 2), ()),
        (Rule("workday", 5), (pause("2026-11-03 09:00", None),)),  # stands still
    ],
)
def test_there_are_no_rows_for_moments_and_for_clocks_that_stand_still(rule, pauses):
    assert reasons(rule, "2026-11-02 10:00", *pauses) == []
