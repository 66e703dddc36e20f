"""Laws that hold for all values: logic, order, dates, and the way through JSON."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Date, compare, compile_expression, equal, from_json, text_of, to_json
from engine.feel.civil import day_number, day_of_number
from engine.feel.temporal import TimeDuration
from engine.feel.temporal_text import date_time_of_text, duration_of_text
from tests.feel.trees import PATIENT

TRUTH = (True, False, None)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)
days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
instants = st.datetimes(timezones=st.none() | st.timezones())
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def value(text: str, **data: Any) -> Any:
    """Return the value over the data, however null it is."""
    return compile_expression(text).evaluate(data, strict=False)


@pytest.mark.parametrize("left", TRUTH)
@pytest.mark.parametrize("right", TRUTH)
def test_and_and_or_are_each_others_mirror(left: bool | None, right: bool | None) -> None:
    assert value("not(a and b)", a=left, b=right) is value("not(a) or not(b)", a=left, b=right)
    assert value("a and b", a=left, b=right) is value("b and a", a=left, b=right)
    assert value("a or b or a", a=left, b=right) is value("a or b", a=left, b=right)


@PATIENT
@given(a=numbers, b=numbers)
def test_numbers_have_one_order(a: Decimal, b: Decimal) -> None:
    assert [value("a < b", a=a, b=b), value("a = b", a=a, b=b), value("a > b", a=a, b=b)].count(True) == 1
    assert value("a <= b", a=a, b=b) is value("not(a > b)", a=a, b=b)
    assert value("a - b + b = a", a=a, b=b) is True


@PATIENT
@given(a=st.integers(-(10**12), 10**12), b=st.integers(-(10**12), 10**12))
def test_whole_numbers_of_the_data_compare_like_feel_numbers(a: int, b: int) -> None:
    quick = compile_expression(f"a > {b}") if b >= 0 else compile_expression(f"a > -{-b}")

    assert quick.evaluate({"a": a}) is quick.evaluate({"a": Decimal(a)}) is (a > b)


@PATIENT
@given(day=days, count=st.integers(-10_000, 10_000))
def test_days_count_like_the_calendar_of_python(day: date, count: int) -> None:
    ordinal = day.toordinal() + count

    assert day_of_number(day_number(day.year, day.month, day.day)) == (day.year, day.month, day.day)
    assert not 1 <= ordinal <= date.max.toordinal() or value("d + n", d=day, n=timedelta(days=count)) == from_json(
        date.fromordinal(ordinal)
    )


@PATIENT
@given(day=days, count=st.integers(-200, 200))
def test_months_end_where_the_month_ends(day: date, count: int) -> None:
    moved = value('d + @"P1M" * n', d=day, n=count)

    assert isinstance(moved, Date)
    assert moved.day == min(day.day, value("last day of month(m)", m=moved).day)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == count


@PATIENT
@given(moment=instants)
def test_a_moment_survives_its_text(moment: Any) -> None:
    converted = from_json(moment)

    assert date_time_of_text(text_of(converted)) == converted


@PATIENT
@given(nanoseconds=st.integers(-(10**20), 10**20))
def test_a_duration_survives_its_text(nanoseconds: int) -> None:
    duration = TimeDuration(nanoseconds)

    assert duration_of_text(str(duration)) == duration


@PATIENT
@given(data=json_values)
def test_json_survives_the_way_through_feel(data: Any) -> None:
    assert to_json(from_json(data)) == data


@PATIENT
@given(a=json_values, b=json_values)
def test_equality_is_the_same_from_both_sides(a: Any, b: Any) -> None:
    left, right = from_json(a), from_json(b)

    assert equal(left, right) is equal(right, left)
    assert equal(left, left) is True
    assert compare(left, right) is None or compare(left, right) == -(compare(right, left) or 0)
