"""Calendars from rows: the week, the exceptions, hours in use, local days and orders to stop work."""

from datetime import date
from types import SimpleNamespace

import pytest

from engine.domain.errors import Invalid
from engine.domain.working_time import WorkCalendar
from engine.holidays.build import (
    STANDARD_HOURS,
    Closure,
    Exceptional,
    Hours,
    Local,
    Reach,
    build_calendar,
    calendar_of_rows,
)
from tests.domain.calendars import at, national

MONDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 28)
NOVEMBER = Reach(date(2026, 11, 1), date(2026, 12, 31), date(2026, 12, 28), "v7")
EARLY = ((7 * 3600, 13 * 3600),)


def built(*exceptions: Exceptional, hours: tuple[Hours, ...] = (), local: Local | None = None) -> WorkCalendar:
    return build_calendar(exceptions, NOVEMBER, hours or (Hours(date.min, STANDARD_HOURS),), local or Local())


def stopped(first: float, last: float, day: date = MONDAY) -> WorkCalendar:
    """Return a calendar in which an order stops work from one hour to another."""
    return built(local=Local(closures=[Closure(day, int(first * 3600), int(last * 3600))]))


def test_without_exceptions_monday_to_friday_are_worked():
    calendar = built()

    assert (calendar.is_working(MONDAY), calendar.is_working(SATURDAY)) == (True, False)
    assert calendar.day(MONDAY).segments == STANDARD_HOURS
    assert (calendar.version, calendar.known_until) == ("v7", date(2026, 12, 28))


def test_an_exception_takes_a_day_off_or_has_it_worked():
    calendar = built(Exceptional(MONDAY, "off", "节", "文"), Exceptional(SATURDAY, "work", "班", "文"))

    assert (calendar.is_working(MONDAY), calendar.is_working(SATURDAY)) == (False, True)
    assert (calendar.day(MONDAY).name, calendar.day(SATURDAY).source) == ("节", "文")


def test_a_place_overrides_the_nation_both_ways():
    nation = Exceptional(SATURDAY, "work", "班", "文")
    local = Local([Exceptional(SATURDAY, "off", "节", "地方"), Exceptional(date(2026, 11, 29), "work", "班", "地方")])

    calendar = built(nation, local=local)

    assert not calendar.is_working(SATURDAY)
    assert calendar.is_working(date(2026, 11, 29))
    assert calendar.day(SATURDAY).source == "地方"


def test_hours_are_those_in_use_on_the_day():
    uses = (Hours(date(2026, 11, 24), EARLY), Hours(date.min, STANDARD_HOURS))

    calendar = built(hours=uses)

    assert calendar.opening_of(MONDAY) == at("2026-11-23 08:30")
    assert calendar.opening_of(date(2026, 11, 24)) == at("2026-11-24 07:00")


@pytest.mark.parametrize(
    ("calendar", "counts", "loses_closing"),
    [
        (stopped(14, 24), True, True),  # exactly half of the office time is left
        (stopped(13.9, 24), True, True),  # nobody was in at 13:54
        (stopped(12, 24), True, True),
        (stopped(11.9, 24), False, False),  # less than half
        (stopped(0, 24), False, False),  # all of it
        (stopped(8.5, 10), True, False),  # the morning only: it closes as always
        (stopped(18, 24), True, False),  # after closing
        (stopped(10, 15), True, False),  # 4 of 7 hours are left, the last ones among them
        (stopped(9, 16), False, False),  # 2 of 7
    ],
)
def test_a_day_cut_short_counts_if_it_keeps_half_its_office_time(calendar, counts, loses_closing):
    assert calendar.is_working(MONDAY) is counts
    assert calendar.day(MONDAY).cut is loses_closing


def test_an_order_on_a_day_off_changes_nothing():
    assert stopped(0, 24, SATURDAY).day(SATURDAY) == built().day(SATURDAY)


def test_a_cut_day_keeps_the_office_time_before_the_order():
    calendar = stopped(16, 24)

    assert calendar.add_office_seconds(at("2026-11-23 15:00"), 2 * 3600) == at("2026-11-24 09:30")


@pytest.mark.parametrize(
    "build",
    [
        lambda: built(Exceptional(MONDAY, "rest", "", "")),
        lambda: built(local=Local([Exceptional(MONDAY, "off", "", ""), Exceptional(MONDAY, "work", "", "")])),
        lambda: built(local=Local([Exceptional(MONDAY, "rest", "", "")])),
        lambda: built(hours=(Hours(date(2026, 11, 24), EARLY),)),  # no hours yet on the first days
        lambda: calendar_of_rows([], [SimpleNamespace(year=2027, provisional=True)], "v"),
        lambda: calendar_of_rows([], [], "v"),
    ],
)
def test_what_cannot_be_a_calendar_is_refused(build):
    with pytest.raises(Invalid):
        build()


def test_rows_of_the_store_make_the_calendar_of_their_years():
    days = [SimpleNamespace(day=date(2026, 1, 5), kind="off", name="节", source="文")]
    years = [SimpleNamespace(year=2026, provisional=False), SimpleNamespace(year=2027, provisional=True)]

    calendar = calendar_of_rows(days, years, "v")

    assert not calendar.is_working(date(2026, 1, 5))
    assert calendar.is_working(date(2027, 12, 31))
    assert (calendar.known_until, calendar.make_ups) == (date(2026, 12, 28), ())


def test_open_make_up_days_stand_near_their_break_as_they_would_be_worked():
    spring, labour, national_day = national().make_ups[:3]

    assert [each.count for each in (spring, labour, national_day)] == [2, 1, 2]
    assert spring.days[0].date == date(2027, 1, 23)
    assert {day.segments for day in spring.days} == {STANDARD_HOURS}
    assert all(day.working and not national().is_working(day.date) for each in national().make_ups for day in each.days)


def test_a_day_off_under_another_name_is_not_free_to_be_worked():
    free = {day.date for each in national().make_ups for day in each.days}

    assert not {day for day in free if national().day(day).name}


def test_settled_december_takes_no_make_up_day():
    days = [SimpleNamespace(day=date(2026, 1, n), kind="off", name="元旦", source="") for n in (1, 2, 3)]
    years = [SimpleNamespace(year=2025, provisional=False), SimpleNamespace(year=2026, provisional=True)]

    (new_year,) = calendar_of_rows(days, years, "v").make_ups

    assert new_year.days[0].date == date(2026, 1, 4)
