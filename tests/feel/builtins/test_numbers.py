"""Functions of numbers."""

import pytest

from tests.feel.office import said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("decimal(1/3, 2)", "0.33"),
        ("decimal(1.5, 0)", "2"),
        ("decimal(2.5, 0)", "2"),
        ("decimal(0.515, 2)", "0.52"),
        ("floor(1.5)", "1"),
        ("floor(-1.56, 1)", "-1.6"),
        ("ceiling(1.5)", "2"),
        ("ceiling(-1.5)", "-1"),
        ("round up(5.5, 0)", "6"),
        ("round up(-5.5, 0)", "-6"),
        ("round down(-5.5, 0)", "-5"),
        ("round half up(5.5, 0)", "6"),
        ("round half up(-2.5, 0)", "-3"),
        ("round half down(5.5, 0)", "5"),
        ("round half up(1250, -2)", "1300"),
        ("decimal(1, 99999)", "null"),
        ("abs(-3)", "3"),
        ('abs(@"-P1D")', "P1D"),
        ('abs(@"-P1Y")', "P1Y"),
        ("modulo(12, 5)", "2"),
        ("modulo(-12, 5)", "3"),
        ("modulo(12, -5)", "-3"),
        ("modulo(10.1, 4.5)", "1.1"),
        ("modulo(1, 0)", "null"),
        ("sqrt(16)", "4"),
        ("sqrt(-1)", "null"),
        ("log(1)", "0"),
        ("log(0)", "null"),
        ("exp(0)", "1"),
        ("exp(1)", "2.718281828459045235360287471352662"),
        ("odd(5)", "true"),
        ("odd(1.5)", "false"),
        ("even(-2)", "true"),
        ("even(10 ** 40)", "true"),
        ("9 ** 0.5", "3"),
        ("1 / 0", "null"),
        ("2 ** -1", "0.5"),
        ("10 ** 7000", "null"),
        ('abs("1")', "null"),
        ("abs(n: -1)", "1"),
    ],
)
def test_a_number_function_has_its_value(text: str, expected: str) -> None:
    assert said(text) == expected
