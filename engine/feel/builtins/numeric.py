"""Functions of numbers."""

import decimal
from decimal import Decimal

from engine.feel.decimals import CONTEXT, ONE, ZERO, is_whole, truncated
from engine.feel.errors import Undefined
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.temporal import MonthsDuration, TimeDuration
from engine.feel.values import Value

_SCALES = (-6111, 6176)  # of decimal128
_FINE = 200  # a scale that no number of 34 digits and everyday size reaches
_COARSE = -400
_WIDE = decimal.Context(prec=7000, Emin=-18429, Emax=18432)
_LARGEST_EXPONENT = 15_000
_TWO = Decimal(2)


def _rounding(name: str, mode: str, *, scale_needed: bool) -> None:
    """Register a rounding function."""

    def rounded(run: Run, number: Decimal, scale: Decimal | None) -> Value:
        places = 0 if scale is None else truncated(scale, name)
        low, high = _SCALES
        if not low <= places <= high:
            raise Undefined("bad_argument", function=name, reason=f"the scale goes from {low} to {high}")
        if places > _FINE:
            return number
        if places < _COARSE:
            return ZERO
        return CONTEXT.plus(number.quantize(ONE.scaleb(-places), mode, _WIDE))

    builtin(name, f"n: number, scale{'' if scale_needed else '?'}: number")(rounded)


_rounding("decimal", decimal.ROUND_HALF_EVEN, scale_needed=True)
_rounding("floor", decimal.ROUND_FLOOR, scale_needed=False)
_rounding("ceiling", decimal.ROUND_CEILING, scale_needed=False)
_rounding("round up", decimal.ROUND_UP, scale_needed=True)
_rounding("round down", decimal.ROUND_DOWN, scale_needed=True)
_rounding("round half up", decimal.ROUND_HALF_UP, scale_needed=True)
_rounding("round half down", decimal.ROUND_HALF_DOWN, scale_needed=True)


@builtin("abs", "n: number")
def _abs(run: Run, number: Decimal) -> Value:
    return CONTEXT.abs(number)


@builtin("abs", "n: duration")
def _abs_duration(run: Run, duration: MonthsDuration | TimeDuration) -> Value:
    if isinstance(duration, MonthsDuration):
        return MonthsDuration(abs(duration.months))
    return TimeDuration(abs(duration.nanoseconds))


@builtin("modulo", "dividend: number, divisor: number")
def _modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Value:
    if divisor == 0:
        raise Undefined("division_by_zero")
    quotient = CONTEXT.divide(dividend, divisor).to_integral_value(decimal.ROUND_FLOOR)
    return CONTEXT.subtract(dividend, CONTEXT.multiply(divisor, quotient))


@builtin("sqrt", "number: number")
def _sqrt(run: Run, number: Decimal) -> Value:
    if number < 0:
        raise Undefined("bad_argument", function="sqrt", reason="the number is negative")
    run.spend(5)
    return CONTEXT.sqrt(number)


@builtin("log", "number: number")
def _log(run: Run, number: Decimal) -> Value:
    if number <= 0:
        raise Undefined("bad_argument", function="log", reason="the number is not positive")
    run.spend(100)
    return CONTEXT.ln(number)


@builtin("exp", "number: number")
def _exp(run: Run, number: Decimal) -> Value:
    if abs(number) > _LARGEST_EXPONENT:
        raise Undefined("number_out_of_range")
    run.spend(100)
    return CONTEXT.exp(number)


@builtin("odd", "number: number")
def _odd(run: Run, number: Decimal) -> Value:
    return is_whole(number) and _WIDE.remainder(number, _TWO) != 0


@builtin("even", "number: number")
def _even(run: Run, number: Decimal) -> Value:
    return is_whole(number) and _WIDE.remainder(number, _TWO) == 0
