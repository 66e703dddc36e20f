"""Strict evaluation: a mistyped name is an error, never a silent false."""

from decimal import Decimal

import pytest

from engine.feel import (
    FeelRuntimeError,
    StrictNull,
    Surroundings,
    compile_expression,
    compile_unary_tests,
    evaluate_test,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("数量 > 100", "unknown_name"),
        ("数量 = 1 or true", "unknown_name"),
        ('if 数量 > 1 then "a" else "b"', "unknown_name"),
        ('申请人.姓 = "李"', "no_entry"),
        ('"a".x = 1', "no_property"),
        ("未知(1)", "unknown_name"),
        ('金额 > "1"', "not_comparable"),
        ('金额 = "1"', "different_types"),
        ('金额 + "1"', "not_defined"),
        ('if 金额 = "1" then 1 else 2', "condition_not_boolean"),
        ("备注 > 1", "not_comparable"),
        ("1 / 0", "division_by_zero"),
        ('date("2026-02-30")', "invalid_date"),
        ('@"2026-13-01"', "invalid_temporal"),
        ("[1][2]", "index_out_of_range"),
        ("sum(1, 2, true)", "bad_argument"),
        ("substring(5, 1)", "argument_type"),
        ("substring()", "wrong_arguments"),
        ("substring(text: 5)", "wrong_parameters"),
        ("5(1)", "not_a_function"),
        ("{a: 1, a: 2}", "duplicate_key"),
        ("[3..1]", "range_bounds"),
        ("-true", "not_defined"),
        ("for x in null return x", "nothing_to_iterate"),
        ('for x in "a".."b" return x', "range_not_iterable"),
        ("1 and true", "not_boolean"),
        ("not(1)", "not_boolean"),
        ("any(1)", "not_boolean"),
        ("now()", "no_instant"),
        ('is working day(date("2026-01-01"))', "no_calendar"),
        ('matches("a", "(")', "invalid_pattern"),
        ('matches(半, "a")', "bad_argument"),
        ("10 ** 7000", "number_out_of_range"),
        ("5 between 1 and null", "not_comparable"),
        ("金额.x[1]", "no_property"),
    ],
)
def test_a_null_with_a_reason_is_an_error(text: str, code: str) -> None:
    data = {"金额": 250, "申请人": {"姓名": "李四"}, "备注": None, "半": "a\ud800"}

    with pytest.raises(StrictNull) as caught:
        compile_expression(text).evaluate(data)

    assert code in {warning.code for warning in caught.value.warnings}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("备注", None),
        ("备注 = null", True),
        ("备注.内容", None),
        ("is defined(数量)", False),
        ("get or else(数量, 5)", Decimal(5)),
        ("get or else(申请人.姓, 5)", Decimal(5)),
        ("true or 备注", True),
        ("false and 备注", False),
        ("[1, 备注][item > 0]", [Decimal(1)]),
        ('get value(申请人, "姓")', None),
    ],
)
def test_a_null_without_a_reason_is_a_value(text: str, value: object) -> None:
    data = {"申请人": {"姓名": "李四"}, "备注": None}

    assert compile_expression(text).evaluate(data) == value


def test_without_strictness_the_reasons_come_with_the_null() -> None:
    value, warnings = compile_expression("数量 + 1").evaluate_with_warnings({})

    assert value is None
    assert [str(warning) for warning in warnings] == ["there is no 数量 here"]
    assert compile_expression("数量 + 1").evaluate({}, strict=False) is None


def test_the_error_says_its_first_reason() -> None:
    with pytest.raises(StrictNull, match="there is no 数量 here"):
        compile_expression("数量 > 1").evaluate({})


@pytest.mark.parametrize(
    ("tests", "value", "passes"),
    [
        ("> 100", 250, True),
        ("> 100", None, False),
        ("? > 100", None, False),
        ('contains(?, "噪声")', None, False),
        ("null", None, True),
        ('"A", "B"', "B", True),
        ('not("A", "B")', "B", False),
        ("[100..500]", 100, True),
        ("-", None, True),
        ("> 上限", 5, False),
        ('contains(?, "噪声")', "夜间噪声", True),
        ("? > 1 and ? < 9", 5, True),
        ("true", True, True),
        ("1, 2, 3", 2.0, True),
        ("= null", None, True),
        ("[1, 2]", 2, True),
    ],
)
def test_a_cell_lets_a_value_pass_or_not(tests: str, value: object, passes: bool) -> None:
    assert evaluate_test(compile_unary_tests(tests), value, {"上限": 10}) is passes


@pytest.mark.parametrize(("tests", "value"), [("> 100", "x"), ("> 上线", 5), ('"A"', 5), ("[1..5]", "x")])
def test_a_cell_of_another_kind_than_the_value_is_an_error(tests: str, value: object) -> None:
    with pytest.raises(StrictNull):
        evaluate_test(compile_unary_tests(tests), value, {})

    assert evaluate_test(compile_unary_tests(tests), value, {}, strict=False) is False


def test_unary_tests_read_their_input_under_the_question_mark() -> None:
    assert compile_unary_tests("> 100").evaluate({"?": 250}) is True


def test_a_number_that_is_none_is_an_error() -> None:
    with pytest.raises(FeelRuntimeError):
        compile_expression("a > 1").evaluate({"a": Decimal("NaN")}, surroundings=Surroundings())
