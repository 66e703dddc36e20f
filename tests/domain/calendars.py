"""Calendars and boundary-biased values for the tests of deadlines."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from types import SimpleNamespace

from hypothesis import strategies as st

from engine.domain.day_table import Day
from engine.domain.limits import Pause, Rule
from engine.domain.local_time import SHANGHAI
from engine.domain.working_time import OpenMakeUps, WorkCalendar
from engine.holidays.build import STANDARD_HOURS, Closure, Local, calendar_of_rows
from engine.holidays.seed import national_rows

# moments at which something turns: midnight, opening, lunch, closing, and one minute to either side
EDGES = (
    "00:00", "08:29", "08:30", "08:31", "11:59", "12:00", "12:01", "13:59", "14:00", "14:01", "17:29", "17:30", "17:31",
    "23:59",
)  # fmt: skip


@cache
def national(*cuts: date) -> WorkCalendar:
    """Return the nation's calendar, 2015 to 2028; 2027 and 2028 by rule. `cuts`: days on which work stops at 14:00."""
    days, years = national_rows()
    local = Local(closures=[Closure(day, 14 * 3600, 24 * 3600) for day in cuts])
    return calendar_of_rows(
        [SimpleNamespace(**day) for day in days], [SimpleNamespace(**year) for year in years], "CN@test", local=local
    )


def working(day: date) -> Day:
    """Return a day that counts, with standard hours."""
    return Day(day, working=True, segments=STANDARD_HOURS)


def off(day: date, name: str = "") -> Day:
    """Return a day that does not count."""
    return Day(day, working=False, segments=(), name=name)


def small(
    pattern: str,
    *,
    first: date = date(2026, 11, 23),
    known_until: date = date.max,
    make_ups: tuple[OpenMakeUps, ...] = (),
) -> WorkCalendar:
    """Return a calendar of a few days: "w" counts, "-" does not. The first is Monday 2026-11-23."""
    days = [
        working(first + timedelta(days=n)) if mark == "w" else off(first + timedelta(days=n))
        for n, mark in enumerate(pattern)
    ]
    return WorkCalendar(days, known_until, "small", make_ups)


def changed(calendar: WorkCalendar, change: Day, *, first: date, last: date) -> WorkCalendar:
    """Return a part of a calendar with one day changed."""
    days = calendar.table.part(first.toordinal(), last.toordinal())
    return WorkCalendar((change if day.date == change.date else day for day in days), calendar.known_until, "changed")


def at(text: str) -> datetime:
    """Return the instant that "2026-11-23 10:00" is in Shanghai, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@cache
def turning_days(first: date, last: date) -> tuple[date, ...]:
    """Return the days around holidays and make-up days: within three of a day that is not as its weekday would be."""
    calendar = national()
    odd = [day.date for day in calendar.table.part(first.toordinal(), last.toordinal()) if day.name]
    return tuple(sorted({day + timedelta(days=n) for day in [first, *odd, last] for n in range(-3, 4)}))


def instants(first: date, last: date) -> st.SearchStrategy[datetime]:
    """Return instants biased to the edges: opening minutes × days around holidays."""
    days = st.one_of(st.sampled_from(turning_days(first, last)), st.dates(first, last))
    times = st.one_of(
        st.sampled_from(EDGES).map(time.fromisoformat),
        st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60)),
    )
    return st.builds(lambda day, moment: datetime.combine(day, moment, SHANGHAI).astimezone(UTC), days, times)


STARTS = instants(date(2024, 1, 5), date(2026, 9, 1))
DAY_RULES = st.builds(
    Rule,
    unit=st.sampled_from(["workday", "workday", "day", "month"]),
    limit=st.integers(0, 12),
    end=st.sampled_from(["24:00", "close"]),
    start_policy=st.sampled_from(["event-day", "next-open"]),
).map(lambda rule: replace(rule, limit=min(rule.limit, 4)) if rule.unit == "month" else rule)
MOMENT_RULES = st.one_of(
    st.builds(Rule, unit=st.just("officeminute"), limit=st.sampled_from([1, 30, 90, 120, 210, 420, 421, 900])),
    st.builds(Rule, unit=st.just("hour"), limit=st.integers(1, 72)),
)


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime, most: int = 3) -> list[Pause]:
    """Draw pauses that begin up to two days before and three weeks after a start, at the edges of the day."""
    pauses: list[Pause] = []
    day = start.astimezone(SHANGHAI).date()
    for _ in range(draw(st.integers(0, most))):
        begins = day + timedelta(days=draw(st.integers(-2, 21)))
        ends = begins + timedelta(days=draw(st.integers(0, 12)))
        moments = [time.fromisoformat(draw(st.sampled_from(EDGES))) for _ in range(2)]
        edges = sorted(datetime.combine(*edge, SHANGHAI) for edge in zip((begins, ends), moments, strict=True))
        pauses.append(Pause("听证", edges[0].astimezone(UTC), edges[1].astimezone(UTC)))
    return pauses


@st.composite
def limits(draw: st.DrawFn, rules: st.SearchStrategy[Rule] = DAY_RULES, most: int = 3) -> tuple:
    """Draw (rule, start, pauses)."""
    start = draw(STARTS)
    return draw(rules), start, draw(pauses_after(start, most))
