"""Days laid over a table count as if the table had been built with them."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from engine.domain.amended_days import AmendedDays
from engine.domain.day_table import Day, DayTable
from engine.holidays.build import STANDARD_HOURS

FIRST = date(2027, 1, 4).toordinal()
PLAIN = [
    Day(date.fromordinal(FIRST + n), n % 7 < 5, STANDARD_HOURS if n % 7 < 5 else ()) for n in range(120)
]  # Monday to Friday
WEEKEND = [FIRST + n for n in range(120) if n % 7 >= 5]
ORDINALS = st.integers(FIRST, FIRST + 60)


def worked(ordinals: set[int]) -> dict[int, Day]:
    """Return days off as working days."""
    days = (PLAIN[ordinal - FIRST] for ordinal in ordinals)
    return {day.date.toordinal(): replace(day, working=True, segments=STANDARD_HOURS) for day in days}


def both(ordinals: set[int]) -> tuple[AmendedDays, DayTable]:
    """Return a plain table with days laid over it, and a table built of the same days."""
    instead = worked(ordinals)
    return AmendedDays(DayTable(PLAIN), instead), DayTable(instead.get(day.date.toordinal(), day) for day in PLAIN)


@given(ordinals=st.sets(st.sampled_from(WEEKEND), max_size=5), after=ORDINALS, days=st.integers(0, 25))
def test_the_nth_working_day_is_the_same(ordinals: set[int], after: int, days: int):
    laid_over, built = both(ordinals)

    assert laid_over.add(after, days) == built.add(after, days)


@given(ordinals=st.sets(st.sampled_from(WEEKEND), max_size=5), after=ORDINALS, until=ORDINALS)
def test_as_many_days_count(ordinals: set[int], after: int, until: int):
    laid_over, built = both(ordinals)

    assert laid_over.count(after, until) == built.count(after, until)


@given(ordinals=st.sets(st.sampled_from(WEEKEND), max_size=5), day=ORDINALS)
def test_days_open_and_close_at_the_same_time(ordinals: set[int], day: int):
    laid_over, built = both(ordinals)

    assert (laid_over.day(day), laid_over.closing(day)) == (built.day(day), built.closing(day))
