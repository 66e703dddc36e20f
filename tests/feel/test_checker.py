"""Mistakes that are certain before any data come: said with their place, at deployment."""

import pytest

from engine.feel import Vocabulary, check_expression, check_tests

KNOWN = Vocabulary(names=("金额", "材料", "申请 金额"), types=("t材料",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("数量 > 1", [("unknown_name", 1, 1)]),
        ("金额 > 1 and\n  未知(金额)", [("unknown_function", 2, 3)]),
        ("substring(金额)", [("wrong_arguments", 1, 1)]),
        ("substring(text: 1, start position: 1)", [("wrong_parameters", 1, 1)]),
        ('金额 = 1 or date("2026-02-30") = today()', [("invalid_date", 1, 11)]),
        ('duration("5天")', [("invalid_duration", 1, 1)]),
        ('@"2026-13-01"', [("invalid_temporal", 1, 1)]),
        ('matches("a", "(")', [("invalid_pattern", 1, 1)]),
        ("{甲: 1, 甲: 2}", [("duplicate_key", 1, 1)]),
        ("金额 instance of list<t金额>", [("unknown_type", 1, 16)]),
        ("数 + 量", [("unknown_name", 1, 1), ("unknown_name", 1, 5)]),
    ],
)
def test_a_certain_mistake_is_found_with_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    found = check_expression(text, KNOWN)

    assert [(finding.code, finding.line, finding.column) for finding in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "金额 > 1 and 申请 金额 < 2",
        "材料[页数 > 1].名称",
        "for 份 in 材料 return 份.页数",
        "{count: function(甲, 乙) 甲, 数: count(1, 2)}.数",
        'substring(string: "a", start position: 1)',
        "金额 instance of t材料",
        'matches("a b", "a b", "x")',
        "sort([1], function(甲, 乙) 甲 < 乙)",
        "count",
        "is defined(备注) and get or else(value: 备注, default: 1) > 0",
    ],
)
def test_what_the_data_may_explain_is_no_mistake(text: str) -> None:
    assert check_expression(text, KNOWN) == ()


def test_without_a_vocabulary_every_name_may_come_with_the_data() -> None:
    assert check_expression("数量 > 1") == ()


def test_cells_are_checked_too() -> None:
    assert [finding.code for finding in check_tests("> 上限", KNOWN)] == ["unknown_name"]
    assert check_tests('? > 1, "A"', KNOWN) == ()


def test_a_finding_reads_as_a_sentence() -> None:
    assert str(check_expression("数量", KNOWN)[0]) == "line 1, column 1: there is no 数量 here"
