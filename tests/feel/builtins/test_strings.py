"""Functions of strings."""

import pytest

from tests.feel.office import said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('substring("foobar", 3)', "obar"),
        ('substring("foobar", 3, 3)', "oba"),
        ('substring("foobar", -2, 1)', "a"),
        ('substring("foobar", 0)', "null"),
        ('substring("foobar", 7)', "null"),
        ('substring("\\U01F40Eab", 2)', "ab"),
        ('substring(string: "foobar", start position: 2, length: 2)', "oo"),
        ('string length("政务服务")', "4"),
        ('string length("\\U01F40E")', "1"),
        ("string length(null)", "null"),
        ('upper case("aßc")', "ASSC"),
        ('lower case("ABC")', "abc"),
        ('trim("  a ")', "a"),
        ('substring before("foobar", "bar")', "foo"),
        ('substring before("foobar", "x")', ""),
        ('substring after("foobar", "ob")', "ar"),
        ('substring after("foobar", "")', "foobar"),
        ('substring after("", "a")', ""),
        ('contains("foobar", "of")', "false"),
        ('starts with("foobar", "fo")', "true"),
        ('ends with("foobar", "r")', "true"),
        ('contains(null, "a")', "null"),
        ('string join(["a", null, "c"])', "ac"),
        ('string join(["a", "b"], "，")', "a，b"),
        ('string join([], "x")', ""),
        ('string join([1], "x")', "null"),
        ('string join(["a"], null)', "a"),
        ('split("John Doe", "\\s")', '["John", "Doe"]'),
        ('split("a;b;;c", ";")', '["a", "b", "", "c"]'),
        ('split("abc", "")', "null"),
        ('substring("foobar", 1, 0)', "null"),
        ('substring("foobar", 9999999999)', "null"),
    ],
)
def test_a_string_function_has_its_value(text: str, expected: str) -> None:
    assert said(text) == expected
