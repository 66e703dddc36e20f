"""Numbers: decimals of 34 digits, as IEEE 754 decimal128 (DMN 1.5, 10.3.2.3.1)."""

import decimal
from decimal import Decimal

from engine.feel.errors import Undefined

CONTEXT = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
ZERO = Decimal(0)
ONE = Decimal(1)
_COUNTABLE = 10**9


def whole(number: Decimal, function: str) -> int:
    """Return a whole number below a thousand million as int. Raises Undefined."""
    if abs(number) >= _COUNTABLE or number != number.to_integral_value():
        raise Undefined("bad_argument", function=function, reason="a whole number is needed")
    return int(number)


def truncated(number: Decimal, function: str) -> int:
    """Return a number below a thousand million without its fraction. Raises Undefined."""
    if abs(number) >= _COUNTABLE:
        raise Undefined("bad_argument", function=function, reason="the number is too large")
    return int(number)


def is_whole(number: Decimal) -> bool:
    """Say whether a number has no fraction."""
    return number == number.to_integral_value()


def text_of_number(number: Decimal) -> str:
    """Return a number as FEEL writes it: no exponent, no trailing zeros."""
    return "0" if number == 0 else format(number.normalize(CONTEXT), "f")
