"""Our own functions: working days, by the calendar of the case."""

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from typing import Any

from engine.feel.decimals import whole
from engine.feel.errors import Undefined
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.surroundings import WorkingTime
from engine.feel.temporal import Date, DateTime, day_of
from engine.feel.values import Value


@builtin("add working days", "date: date or date and time, n: number", pure=False)
def _add_working_days(run: Run, start: Date | DateTime, count: Decimal) -> Value:
    """Return the working day n working days after a date; a date and time keeps its time."""
    day, days = _python_day(start), whole(count, "add working days")
    reached = _asked(run, lambda calendar: calendar.add_working_days(day, days), start)
    found = Date(reached.year, reached.month, reached.day)
    return DateTime(found, start.time) if isinstance(start, DateTime) else found


@builtin("working days between", "start: date or date and time, end: date or date and time", pure=False)
def _working_days_between(run: Run, start: Date | DateTime, end: Date | DateTime) -> Value:
    """Return how many working days lie after the start, up to and including the end."""
    first, last = _python_day(start), _python_day(end)
    return Decimal(_asked(run, lambda calendar: calendar.working_days_between(first, last), end))


@builtin("is working day", "date: date or date and time", pure=False)
def _is_working_day(run: Run, value: Date | DateTime) -> Value:
    day = _python_day(value)
    return _asked(run, lambda calendar: calendar.is_working(day), value)


def _python_day(value: Date | DateTime) -> date:
    day = day_of(value)
    if not MINYEAR <= day.year <= MAXYEAR:
        raise Undefined("outside_calendar", found=day)
    return date(day.year, day.month, day.day)


def _asked(run: Run, question: Callable[[WorkingTime], Any], value: Date | DateTime) -> Any:
    """Return what the calendar answers. Raises Undefined when there is none, or it does not reach that far."""
    run.spend(4)
    calendar = run.surroundings.calendar
    if calendar is None:
        raise Undefined("no_calendar")
    try:
        return question(calendar)
    except Exception as error:  # each calendar refuses a day with an error of its own
        raise Undefined("outside_calendar", found=value) from error
