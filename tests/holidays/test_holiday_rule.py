"""The rule for years that are not announced, tried on those that are."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from engine.holidays.provisional import Break, breaks_among, breaks_by_rule
from engine.holidays.seed import national_days


def days(first: date, length: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range(length))


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_rule_gives_every_weekday_off_of_the_announced_years(year):
    by_rule = {day for each in breaks_by_rule(year) for day in each.days if day.weekday() < 5}

    announced = {day for day in days(date(year, 1, 1), 365) if day.weekday() < 5 and chinese_calendar.is_holiday(day)}

    assert by_rule == announced


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_rule_gives_the_number_of_days_worked_and_where_they_can_be(year):
    worked = {row["day"] for row in national_days(year, year) if row["kind"] == "work"}

    by_rule = breaks_by_rule(year)

    assert sum(each.make_ups for each in by_rule) == len(worked)
    assert worked <= {day for each in by_rule if each.make_ups for day in each.nearby}


def test_the_breaks_of_2027():
    assert [(each.name, each.days[0], len(each.days), each.make_ups) for each in breaks_by_rule(2027)] == [
        ("元旦", date(2027, 1, 1), 3, 0),
        ("春节", date(2027, 2, 5), 8, 2),
        ("清明节", date(2027, 4, 3), 3, 0),
        ("劳动节", date(2027, 5, 1), 5, 1),
        ("端午节", date(2027, 6, 9), 1, 0),  # a Wednesday
        ("中秋节", date(2027, 9, 15), 1, 0),  # a Wednesday
        ("国庆节", date(2027, 10, 1), 7, 2),
    ]


def test_mid_autumn_within_national_day_makes_one_break_of_eight_days():
    # 2028-10-03; of the five weekdays off the law itself gives four
    assert breaks_by_rule(2028)[-1] == Break("国庆节、中秋节", days(date(2028, 10, 1), 8))
    assert breaks_by_rule(2028)[-1].make_ups == 1


def test_make_up_days_lie_within_thirteen_days_of_the_break():
    may = Break("劳动节", days(date(2027, 5, 1), 5))

    assert (may.nearby[0], may.nearby[-1]) == (date(2027, 4, 18), date(2027, 5, 16))
    assert {day.weekday() for day in may.nearby} == {5, 6}
    assert not set(may.nearby) & set(may.days)


def test_days_in_a_row_under_one_name_are_a_break():
    named = [(day, "国庆节") for day in days(date(2027, 10, 1), 3)]
    named += [(date(2027, 10, 4), "中秋节"), (date(2028, 10, 1), "国庆节")]

    assert [(each.name, len(each.days)) for each in breaks_among(reversed(named))] == [
        ("国庆节", 3),
        ("中秋节", 1),
        ("国庆节", 1),
    ]
