"""Printing is the inverse of parsing."""

import pytest
from hypothesis import given

from engine.feel.parser import parse_expression, parse_tests
from engine.feel.printer import print_node
from engine.feel.syntax import Node
from tests.feel.trees import PATIENT, SPACED_NAMES, expressions, unary_tests


@PATIENT
@given(tree=expressions())
def test_a_printed_expression_parses_to_the_same_tree(tree: Node) -> None:
    printed = print_node(tree)

    assert parse_expression(printed, SPACED_NAMES) == tree


@PATIENT
@given(tree=unary_tests())
def test_printed_unary_tests_parse_to_the_same_tree(tree: Node) -> None:
    printed = print_node(tree)

    assert parse_tests(printed, SPACED_NAMES) == tree


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("( 1+2 )*3", "(1 + 2) * 3"),
        ("1+2*3", "1 + 2 * 3"),
        ("-(2 ** 3)", "-(2 ** 3)"),
        ("if a then 1 else 2", "if a then 1 else 2"),
        ("]1..5[", "(1..5)"),
        ("x in > 3", "x in ((> 3))"),
        ('{"a b": 1, c: 2}', '{"a b": 1, c: 2}'),
        ("1e3", "1000"),
    ],
)
def test_printing_uses_one_spelling(text: str, printed: str) -> None:
    assert print_node(parse_expression(text)) == printed
