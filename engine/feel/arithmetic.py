"""+ - * / ** between values (DMN 1.5, tables 51 to 54). A pair without a rule raises Undefined."""

from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from engine.feel.decimals import CONTEXT, is_whole
from engine.feel.errors import Undefined
from engine.feel.run import Run
from engine.feel.temporal import (
    Date,
    DateTime,
    MonthsDuration,
    Time,
    TimeDuration,
    later,
    months_later,
    with_midnight,
)
from engine.feel.values import Value, kind_of

Rule = Callable[[Any, Any], Value]
_LARGEST_FACTOR = Decimal(10) ** 12
_MAX_POWER = 100_000
_SMALL = 100
_QUICK_POWER, _SLOW_POWER, _TEMPORAL = 10, 200, 10  # steps


def calculate(operator: str, left: Value, right: Value, run: Run) -> Value:
    """Return `left operator right`. Raises Undefined."""
    if type(left) is str and type(right) is str and operator == "+":
        return run.kept_text(left + right)
    if type(left) is not Decimal or operator == "**":
        run.spend(_power_cost(right) if operator == "**" else _TEMPORAL)
    rule = _RULES.get((operator, type(left), type(right)))
    if rule is None:
        raise Undefined("not_defined", left=kind_of(left), operator=operator, right=kind_of(right))
    try:
        return rule(left, right)
    except (DecimalException, OverflowError) as error:
        raise Undefined("number_out_of_range") from error


def _power_cost(exponent: Value) -> int:
    """Return the steps of a power; with a fraction it is a logarithm and an exponential."""
    return _QUICK_POWER if type(exponent) is Decimal and is_whole(exponent) and abs(exponent) <= _SMALL else _SLOW_POWER


def _divided(left: Decimal, right: Decimal) -> Decimal:
    if right == 0:
        raise Undefined("division_by_zero")
    return CONTEXT.divide(left, right)


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if abs(exponent) > _MAX_POWER and abs(base) != 1 and base != 0:
        raise Undefined("number_out_of_range")
    result = CONTEXT.power(base, exponent)
    if not result.is_finite():
        raise Undefined("number_out_of_range")
    return result


def _between_times(left: Time, right: Time) -> TimeDuration:
    if (left.zone is None) != (right.zone is None):
        raise Undefined("not_defined", left="local time", operator="-", right="time with a zone")
    return TimeDuration(left.instant() - right.instant())


def _between_days(left: Date | DateTime, right: Date | DateTime) -> TimeDuration:
    start, end = with_midnight(right), with_midnight(left)
    if (start.time.zone is None) != (end.time.zone is None):
        raise Undefined("not_defined", left="local date and time", operator="-", right="date and time with a zone")
    return TimeDuration(end.instant() - start.instant())


def _add_months(value: Date | DateTime, duration: MonthsDuration, sign: int = 1) -> Date | DateTime:
    if isinstance(value, Date):
        return months_later(value, sign * duration.months)
    return DateTime(months_later(value.date, sign * duration.months), value.time)


def _scaled(amount: int, factor: Decimal) -> int:
    if abs(factor) >= _LARGEST_FACTOR:
        raise Undefined("number_out_of_range")
    return int(Decimal(amount) * factor)


def _shared(amount: int, divisor: Decimal) -> int:
    return int(_divided(Decimal(amount), divisor))


def _duration_rules(kind: type, wrap: Callable[[int], Value], amount: Callable[[Any], int]) -> dict[Any, Rule]:
    """Return the rules that both kinds of durations share; `amount` is their number of months or nanoseconds."""
    return {
        ("+", kind, kind): lambda a, b: wrap(amount(a) + amount(b)),
        ("-", kind, kind): lambda a, b: wrap(amount(a) - amount(b)),
        ("*", kind, Decimal): lambda a, b: wrap(_scaled(amount(a), b)),
        ("*", Decimal, kind): lambda a, b: wrap(_scaled(amount(b), a)),
        ("/", kind, Decimal): lambda a, b: wrap(_shared(amount(a), b)),
        ("/", kind, kind): lambda a, b: _divided(Decimal(amount(a)), Decimal(amount(b))),
    }


def _rules() -> dict[tuple[str, type, type], Rule]:
    rules: dict[Any, Rule] = {
        ("+", Decimal, Decimal): CONTEXT.add,
        ("-", Decimal, Decimal): CONTEXT.subtract,
        ("*", Decimal, Decimal): CONTEXT.multiply,
        ("/", Decimal, Decimal): _divided,
        ("**", Decimal, Decimal): _power,
        ("-", Time, Time): _between_times,
        **_duration_rules(MonthsDuration, MonthsDuration, lambda value: value.months),
        **_duration_rules(TimeDuration, TimeDuration, lambda value: value.nanoseconds),
    }
    for kind in (Date, DateTime):
        rules["+", kind, MonthsDuration] = _add_months
        rules["+", MonthsDuration, kind] = lambda a, b: _add_months(b, a)
        rules["-", kind, MonthsDuration] = lambda a, b: _add_months(a, b, -1)
        rules["-", kind, Date] = rules["-", kind, DateTime] = _between_days
    for kind in (Date, DateTime, Time):
        rules["+", kind, TimeDuration] = lambda a, b: later(a, b.nanoseconds)
        rules["+", TimeDuration, kind] = lambda a, b: later(b, a.nanoseconds)
        rules["-", kind, TimeDuration] = lambda a, b: later(a, -b.nanoseconds)
    return rules


_RULES = _rules()
