"""
How long one full deadline takes: `python -m bench.deadlines` prints the median of each kind in microseconds.

A full deadline goes in and comes out as dates and instants, with the moment of a flag and the range of what is not
announced yet. Each kind is computed for every day of 2026, in turn, so that no case is better remembered than others.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter_ns

import click

from engine.domain.counting import explain
from engine.domain.deadlines import compute
from engine.domain.limits import Extension, Pause, Rule
from engine.domain.working_time import WorkCalendar
from engine.holidays.build import national_calendar

ROUNDS = 20
STARTS = [datetime(2026, 1, 1, 2, 17, tzinfo=UTC) + timedelta(days=n) for n in range(330)]
PROVISIONAL_STARTS = [datetime(2027, 1, 1, 2, 17, tzinfo=UTC) + timedelta(days=n) for n in range(330)]

Measured = Callable[[WorkCalendar, datetime], object]


def five_days(calendar: WorkCalendar, start: datetime) -> object:
    """Return the end of 5 working days."""
    return compute(calendar, Rule("workday", 5), start)


def paused_and_extended(calendar: WorkCalendar, start: datetime) -> object:
    """Return the end of 5 working days that were paused for a week and extended by 10."""
    pause = Pause("专家评审", start + timedelta(days=1), start + timedelta(days=8))
    return compute(calendar, Rule("workday", 5), start, [pause], Extension(10, start + timedelta(days=2)))


def ten_natural_days(calendar: WorkCalendar, start: datetime) -> object:
    """Return the end of 10 natural days."""
    return compute(calendar, Rule("day", 10), start)


def one_month(calendar: WorkCalendar, start: datetime) -> object:
    """Return the end of a month."""
    return compute(calendar, Rule("month", 1), start)


def two_office_hours(calendar: WorkCalendar, start: datetime) -> object:
    """Return the end of 120 office minutes."""
    return compute(calendar, Rule("officeminute", 120), start)


def five_days_explained(calendar: WorkCalendar, start: datetime) -> object:
    """Return the days of 5 working days one by one."""
    return explain(calendar, Rule("workday", 5), start)


KINDS: tuple[Measured, ...] = (
    five_days,
    paused_and_extended,
    ten_natural_days,
    one_month,
    two_office_hours,
    five_days_explained,
)


def median_of(measured: Measured, calendar: WorkCalendar, starts: list[datetime]) -> float:
    """Return the median of one call in microseconds."""
    times: list[int] = []
    for _round in range(ROUNDS):
        for start in starts:
            before = perf_counter_ns()
            measured(calendar, start)
            times.append(perf_counter_ns() - before)
    return median(times) / 1000


def main() -> None:
    """Print a line for each kind: announced days, then days that are known by rule only."""
    calendar = national_calendar()
    click.echo(f"{'median, µs':>24} {'announced':>10} {'provisional':>12}")
    for measured in KINDS:
        announced, provisional = (median_of(measured, calendar, days) for days in (STARTS, PROVISIONAL_STARTS))
        click.echo(f"{measured.__name__:>24} {announced:>10.1f} {provisional:>12.1f}")


if __name__ == "__main__":
    main()
