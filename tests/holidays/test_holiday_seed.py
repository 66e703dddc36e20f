"""The announced years are those of the pinned library, day by day; what is not announced is by rule."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from engine.domain.errors import Invalid
from engine.holidays.seed import announced_until, last_announced_year, national_days, national_rows, provisional_days
from tests.domain.calendars import national

LAST = last_announced_year()


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", range(2004, LAST + 1))
def test_each_announced_day_is_as_the_library_says(year):
    calendar = national()

    assert [day for day in days_of(year) if calendar.is_working(day) != chinese_calendar.is_workday(day)] == []


def test_the_library_has_the_year_2026():
    assert LAST >= 2026


def test_a_year_is_settled_until_28_december():
    assert announced_until() == date(LAST, 12, 28)
    assert national().known_until == announced_until()


def test_the_days_of_a_year_are_plain_rows_with_their_source():
    rows = {row["day"]: row for row in national_days(2026, 2026)}

    assert rows[date(2026, 10, 1)] == {
        "day": date(2026, 10, 1),
        "kind": "off",
        "name": "国庆节",
        "source": "国务院办公厅放假通知（2026年）",
    }
    assert (rows[date(2026, 10, 10)]["kind"], rows[date(2026, 10, 10)]["name"]) == ("work", "国庆节调休上班")
    assert date(2026, 11, 21) not in rows  # a plain Saturday is no exception


def test_the_notice_of_a_year_gives_the_number_of_days_worked():
    worked = [row["day"] for row in national_days(2025, 2026) if row["kind"] == "work"]

    assert len(worked) == 11
    assert all(day.weekday() >= 5 for day in worked)


@pytest.mark.parametrize(("first", "last"), [(2003, 2005), (2026, LAST + 1), (2026, 2025)])
def test_years_that_are_not_announced_are_refused(first, last):
    with pytest.raises(Invalid):
        national_days(first, last)


def test_the_rows_reach_two_years_past_the_last_announced():
    days, years = national_rows()

    assert [year["year"] for year in years] == list(range(2004, LAST + 3))
    assert [year["year"] for year in years if year["provisional"]] == [LAST + 1, LAST + 2]
    assert len({day["day"] for day in days}) == len(days)
    assert [day["day"] for day in days] == sorted(day["day"] for day in days)


def test_days_by_rule_bring_no_worked_weekends():
    assert {row["kind"] for row in provisional_days(2027, 2028)} == {"off"}


def test_new_years_break_may_begin_in_the_december_before():
    # 2030-01-01 is a Tuesday: Sunday to Tuesday
    assert [row["day"] for row in provisional_days(2028, 2029)][-2:] == [date(2029, 12, 30), date(2029, 12, 31)]
    assert [row["day"] for row in provisional_days(2030, 2030)][:3] == [
        date(2029, 12, 30),
        date(2029, 12, 31),
        date(2030, 1, 1),
    ]
