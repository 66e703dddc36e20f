"""What is not FEEL is refused with its place and a sentence that a designer understands."""

import pytest

from engine.feel import FeelLimitExceeded, FeelSyntaxError, compile_expression, compile_unary_tests, parse_type


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a == 1", "double_equals", 1, 3),
        ("a && b", "foreign_operator", 1, 3),
        ("!a", "foreign_operator", 1, 1),
        ("'a'", "single_quotes", 1, 1),
        ("${a}", "foreign_expression", 1, 1),
        ("“甲”", "fullwidth_sign", 1, 1),
        ("sum(1，2)", "fullwidth_sign", 1, 6),
        ("金额 （1）", "fullwidth_sign", 1, 4),
        ('"abc', "open_string", 1, 1),
        ("1 /* x", "open_comment", 1, 3),
        ("1 +\n  ", "unexpected_end", 2, 3),
        ("1 +\n  )", "unexpected_text", 2, 3),
        ("if a then b", "unexpected_end", 1, 12),
        ("", "empty_expression", 1, 1),
        ("1e99999", "bad_number", 1, 1),
        ("a ~ b", "unexpected_character", 1, 3),
        ('"\ud800"', "unexpected_character", 1, 2),
        ("function(x) external {java: {}}", "external_function", 1, 13),
        ("for in [1] return 1", "unexpected_text", 1, 5),
        ("f(a: 1, 2)", "unexpected_text", 1, 9),
        ("{1: 2}", "unexpected_text", 1, 2),
        ("[1..2", "unexpected_end", 1, 6),
        ("1 2", "unexpected_text", 1, 3),
        ("@5", "unexpected_text", 1, 2),
        ("then", "unexpected_text", 1, 1),
        ("a.", "unexpected_end", 1, 3),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(text)

    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)


def test_the_sentence_names_what_should_stand_there() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression("if 金额 > 1 that 2")

    assert str(caught.value) == "line 1, column 11: “then” should stand here, not “that”"


@pytest.mark.parametrize("text", ["", "> > 1", "> 5 and ? < 10", "> 5 and < 10", "1 2", "not(1", "not(1))", "- 1 -"])
def test_a_broken_cell_is_refused(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(text)


def test_a_type_ends_where_its_text_ends() -> None:
    with pytest.raises(FeelSyntaxError):
        parse_type("list<number> x")


def test_nesting_beyond_the_limit_is_refused() -> None:
    with pytest.raises(FeelLimitExceeded) as caught:
        compile_expression("(" * 65 + "1" + ")" * 65)

    assert caught.value.limit == "nesting"


def test_a_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(FeelLimitExceeded) as caught:
        compile_expression("1 + " * 1025 + "1")

    assert caught.value.limit == "text"
