"""Which days count, and when the office is open."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.domain.day_table import Day
from engine.domain.errors import CalendarEnds, Invalid
from engine.domain.local_time import local_date, local_seconds, midnight_of
from engine.domain.working_time import WorkCalendar
from tests.domain.calendars import STARTS, at, instants, national, small, working

DAYS = st.dates(date(2016, 1, 1), date(2026, 6, 1))
FEW = st.integers(-60, 60)
SECONDS = st.sampled_from([1, 60, 3599, 12600, 12601, 25200, 25201]) | st.integers(1, 100_000)


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a weekend
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # from a day off
        (date(2026, 11, 21), 0, date(2026, 11, 23)),  # 0 from a day off: the next that counts
        (date(2026, 11, 23), 0, date(2026, 11, 23)),  # 0 from a working day: itself
        (date(2026, 11, 23), -1, date(2026, 11, 20)),  # back over a weekend
        (date(2026, 11, 22), -1, date(2026, 11, 20)),  # back from a day off
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # onto a worked Saturday
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # over the Spring Festival
    ],
)
def test_working_days_are_added(day, days, expected):
    assert national().add_working_days(day, days) == expected


@settings(deadline=None)
@given(DAYS, st.integers(1, 60), st.integers(1, 60))
def test_adding_twice_equals_adding_the_sum(day, some, more):
    calendar = national()

    twice = calendar.add_working_days(calendar.add_working_days(day, some), more)

    assert twice == calendar.add_working_days(day, some + more)


@settings(deadline=None)
@given(DAYS, FEW)
def test_adding_and_taking_back_gives_the_same_working_day(day, days):
    calendar = national()
    assume(calendar.is_working(day))

    assert calendar.add_working_days(calendar.add_working_days(day, days), -days) == day


@settings(deadline=None)
@given(DAYS, st.integers(1, 60))
def test_counting_undoes_adding(day, days):
    calendar = national()

    assert calendar.working_days_between(day, calendar.add_working_days(day, days)) == days


@settings(deadline=None)
@given(DAYS, DAYS)
def test_counting_backwards_is_the_negative(one, other):
    calendar = national()

    assert calendar.working_days_between(one, other) == -calendar.working_days_between(other, one)


@settings(deadline=None)
@given(DAYS, DAYS, FEW)
def test_adding_keeps_the_order_of_days(one, other, days):
    calendar = national()
    earlier, later = sorted((one, other))

    assert calendar.add_working_days(earlier, days) <= calendar.add_working_days(later, days)


@settings(deadline=None)
@given(STARTS, STARTS, STARTS)
def test_office_time_is_additive(one, two, three):
    between = national().office_seconds_between

    assert between(one, two) + between(two, three) == between(one, three)


@settings(deadline=None)
@given(STARTS, SECONDS)
def test_office_time_is_added_to_the_earliest_moment(start, seconds):
    calendar = national()

    end = calendar.add_office_seconds(start, seconds)

    assert calendar.office_seconds_between(start, end) == seconds
    assert calendar.office_seconds_between(start, end - timedelta(seconds=1)) == seconds - 1


@settings(deadline=None)
@given(STARTS, SECONDS)
def test_office_time_is_taken_to_the_latest_moment(end, seconds):
    calendar = national()

    start = calendar.sub_office_seconds(end, seconds)

    assert calendar.office_seconds_between(start, end) == seconds
    assert calendar.office_seconds_between(start + timedelta(seconds=1), end) == seconds - 1


def test_office_time_that_runs_out_at_closing_ends_there():
    assert national().add_office_seconds(at("2026-11-23 10:00"), 2 * 3600) == at("2026-11-23 12:00")
    assert national().sub_office_seconds(at("2026-11-23 16:00"), 2 * 3600) == at("2026-11-23 14:00")


def test_no_office_time_leaves_the_moment_as_it_is():
    noon = at("2026-11-23 12:30")

    assert national().add_office_seconds(noon, 0) == noon
    assert national().sub_office_seconds(noon, 0) == noon


def test_a_day_says_what_is_known_of_it():
    assert national().day(date(2026, 10, 1)) == Day(
        date(2026, 10, 1), working=False, segments=(), name="国庆节", source="国务院办公厅放假通知（2026年）"
    )


def test_a_day_opens_and_closes_in_utc():
    assert national().opening_of(date(2026, 11, 23)) == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    assert national().closing_of(date(2026, 11, 23)) == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_a_day_off_opens_and_closes_with_the_next_that_counts():
    assert national().opening_of(date(2026, 11, 21)) == at("2026-11-23 08:30")
    assert national().closing_of(date(2026, 11, 21)) == at("2026-11-23 17:30")


def test_a_day_cut_short_has_no_closing_time_of_its_own():
    assert national(date(2026, 11, 23)).closing_of(date(2026, 11, 23)) == at("2026-11-24 17:30")


@pytest.mark.parametrize(
    ("instant", "days", "expected"),
    [
        ("2026-11-20 10:15", 1, "2026-11-23 10:15"),  # a Friday
        ("2026-11-21 10:15", 1, "2026-11-23 10:15"),  # a Saturday
        ("2026-11-23 00:00", 3, "2026-11-26 00:00"),  # midnight belongs to the day it begins
        ("2026-11-23 23:59", -1, "2026-11-20 23:59"),  # back
    ],
)
def test_an_instant_is_shifted_by_working_days(instant, days, expected):
    assert national().shift(at(instant), days) == at(expected)


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar: calendar.is_working(date(2026, 11, 22)),
        lambda calendar: calendar.day(date(2026, 11, 28)),
        lambda calendar: calendar.add_working_days(date(2026, 11, 23), 5),
        lambda calendar: calendar.add_working_days(date(2026, 11, 27), 1),
        lambda calendar: calendar.add_working_days(date(2026, 11, 23), -1),
        lambda calendar: calendar.working_days_between(date(2026, 11, 1), date(2026, 11, 24)),
        lambda calendar: calendar.add_office_seconds(at("2026-11-27 17:00"), 1801),
        lambda calendar: calendar.sub_office_seconds(at("2026-11-23 09:00"), 1801),
        lambda calendar: calendar.office_seconds_between(at("2026-11-22 23:59"), at("2026-11-23 09:00")),
        lambda calendar: calendar.opening_of(date(2026, 11, 28)),
        lambda calendar: calendar.shift(at("2026-11-23 10:00"), 5),
    ],
)
def test_whatever_lies_outside_the_table_is_refused(ask):
    with pytest.raises(CalendarEnds):
        ask(small("wwwww"))


def test_the_refusal_names_the_first_day_that_is_missing():
    with pytest.raises(CalendarEnds) as refused:
        small("wwwww").add_working_days(date(2026, 11, 25), 3)

    assert refused.value.facts == {"day": "2026-11-28"}


@pytest.mark.parametrize(
    "days",
    [
        [],
        [working(date(2026, 11, 23)), working(date(2026, 11, 25))],  # a gap
        [working(date(2026, 11, 23)), working(date(2026, 11, 23))],  # twice
        [Day(date(2026, 11, 23), working=True, segments=())],  # worked, but never open
        [Day(date(2026, 11, 23), working=True, segments=((50, 40),))],  # closes before it opens
        [Day(date(2026, 11, 23), working=True, segments=((10, 40), (30, 50)))],  # open twice at once
        [Day(date(2026, 11, 23), working=True, segments=((10, 86_401),))],  # longer than the day
    ],
)
def test_a_table_that_cannot_be_right_is_refused(days):
    with pytest.raises(Invalid):
        WorkCalendar(days, date.max, "wrong")


def test_a_calendar_cannot_be_changed():
    with pytest.raises(AttributeError):
        small("w").version = "other"


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="naive"):
        national().shift(datetime(2026, 11, 23, 10), 1)  # noqa: DTZ001  # naive is the point


def test_the_fixed_offset_is_shanghai_from_1992_to_2099():
    place = ZoneInfo("Asia/Shanghai")
    hours = range(0, 108 * 366 * 24, 61)  # 61 hours: each hour of the day and each day of the year comes up
    moments = [datetime(1992, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in hours]

    assert {moment.astimezone(place).utcoffset() for moment in moments} == {timedelta(hours=8)}
    assert all(local_date(moment) == moment.astimezone(place).date() for moment in moments[::7])


@settings(max_examples=50, deadline=None)
@given(instants(date(2016, 1, 1), date(2026, 1, 1)))
def test_the_date_is_that_of_shanghai(instant):
    assert local_date(instant) == instant.astimezone(ZoneInfo("Asia/Shanghai")).date()
    assert midnight_of(local_date(instant)) <= instant < midnight_of(local_date(instant) + timedelta(days=1))


def test_a_fraction_of_a_second_is_cut_off_also_before_1970():
    assert local_seconds(datetime(1970, 1, 1, 0, 0, 0, 900_000, tzinfo=UTC)) == 8 * 3600
    assert local_seconds(datetime(1969, 12, 31, 23, 59, 59, 900_000, tzinfo=UTC)) == 8 * 3600 - 1


def test_a_day_off_has_no_office_time_even_if_hours_are_given():
    idle = Day(date(2026, 11, 24), working=False, segments=((0, 3600),))
    calendar = WorkCalendar([working(date(2026, 11, 23)), idle, working(date(2026, 11, 25))], date.max, "idle")

    assert calendar.office_seconds_between(at("2026-11-23 18:00"), at("2026-11-25 00:00")) == 0
