"""What can be said of a day, and the present instant, which the surroundings give."""

from decimal import Decimal

from engine.feel.civil import day_number, day_of_number, month_length
from engine.feel.conversions import from_json
from engine.feel.errors import Undefined
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.temporal import Date, DateTime, day_of
from engine.feel.values import Value

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONDAY = 3  # 1970-01-01 was a Thursday


@builtin("now", pure=False)
def _now(run: Run) -> Value:
    return _instant(run)


@builtin("today", pure=False)
def _today(run: Run) -> Value:
    return day_of(_instant(run))


def _instant(run: Run) -> DateTime:
    if run.surroundings.now is None:
        raise Undefined("no_instant")
    return from_json(run.surroundings.now)


@builtin("day of year", "date: date or date and time")
def _day_of_year(run: Run, value: Date | DateTime) -> Value:
    day = day_of(value)
    return Decimal(day.number - day_number(day.year, 1, 1) + 1)


@builtin("day of week", "date: date or date and time")
def _day_of_week(run: Run, value: Date | DateTime) -> Value:
    return _WEEKDAYS[(day_of(value).number + _MONDAY) % 7]


@builtin("month of year", "date: date or date and time")
def _month_of_year(run: Run, value: Date | DateTime) -> Value:
    return _MONTHS[day_of(value).month - 1]


@builtin("week of year", "date: date or date and time")
def _week_of_year(run: Run, value: Date | DateTime) -> Value:
    """Return the week by ISO 8601: it belongs to the year of its Thursday."""
    number = day_of(value).number
    thursday = number - (number + _MONDAY) % 7 + 3
    return Decimal((thursday - day_number(day_of_number(thursday)[0], 1, 1)) // 7 + 1)


@builtin("last day of month", "date: date or date and time")
def _last_day_of_month(run: Run, value: Date | DateTime) -> Value:
    day = day_of(value)
    return Date(day.year, day.month, month_length(day.year, day.month))
