"""Functions of contexts, of absence and of kinds."""

import pytest

from tests.feel.office import said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('get value({a: 1}, "a")', "1"),
        ('get value({a: 1}, "b")', "null"),
        ("get entries({a: 1})", '[{key: "a", value: 1}]'),
        ('context([{key: "a", value: 1}, {key: "b", value: 2}])', "{a: 1, b: 2}"),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"),
        ("context([{key: 1, value: 1}])", "null"),
        ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
        ('context put({a: {b: 1}}, ["a", "c"], 2)', "{a: {b: 1, c: 2}}"),
        ('context put({a: 1}, ["a", "c"], 2)', "null"),
        ("context put({}, [], 2)", "null"),
        ("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
        ("context merge([1])", "null"),
        ("is defined(不存在)", "false"),
        ("is defined(金额)", "true"),
        ("is defined(value: 不存在)", "false"),
        ("get or else(不存在, 1)", "1"),
        ("get or else(value: 不存在.名称, default: 2)", "2"),
        ("get or else(金额, 1)", "250"),
        ("not(1)", "null"),
        ("string(1.10)", "1.1"),
        ("string(null)", "null"),
        ('string([1, "a", {"b c": null}])', '[1, "a", {"b c": null}]'),
        ('string(@"P1D")', "P1D"),
        ("string(true)", "true"),
        ("string(1e30)", "1000000000000000000000000000000"),
        ('number("1,000.5", ",", ".")', "1000.5"),
        ('number("1 000,5", " ", ",")', "1000.5"),
        ('number("1.000,5", ".", ",")', "1000.5"),
        ('number("x")', "null"),
        ('number("1", "x")', "null"),
        ('number("1e3")', "1000"),
        ('number("1,5", ",", ",")', "null"),
        ('number(from: "5")', "5"),
        ("number(5)", "5"),
        ('context put({a: 1}, ["b"], 2)', "{a: 1, b: 2}"),
        ("get entries({})", "[]"),
    ],
)
def test_a_context_function_has_its_value(text: str, expected: str) -> None:
    assert said(text) == expected
