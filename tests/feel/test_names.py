"""Names of several words: which of them a place in a text is taken for."""

import pytest

from engine.feel import FeelLimitExceeded, compile_expression, from_json
from engine.feel.lexer import tokens_of
from engine.feel.limits import STANDARD
from engine.feel.names import NameTable


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("申请 金额 合计 + 1", ("申请 金额 合计", 3)),  # the longest that fits
        ("申请 金额 + 1", ("申请 金额", 2)),
        ("申请 + 1", ("", 0)),
        ('"申请" 金额', ("", 0)),  # a text is no name
        ("申请", ("", 0)),
    ],
)
def test_the_longest_known_name_is_taken(text: str, found: tuple[str, int]):
    table = NameTable(["申请 金额", "申请 金额 合计", "申请 日期"])

    assert table.match(tokens_of(text), 0) == found


def test_a_name_is_added_once_and_taken_out_without_the_longer_one():
    table = NameTable(["a b c"])

    assert table.add("a b")
    assert not table.add("a b")
    table.remove("a b")
    table.remove("never there")
    assert table.all() == ["a b c"]
    assert table.match(tokens_of("a b + 1"), 0) == ("", 0)


def test_many_names_with_one_beginning_are_known_without_being_compared_with_each_other():
    names = [f"材料 {number}号" for number in range(20_000)]

    assert compile_expression("材料 19999号", names=names).evaluate({"材料 19999号": 3}) == 3


def test_data_of_too_many_values_are_refused_and_not_walked():
    shared: list[object] = [1]
    for _ in range(30):
        shared = [shared, shared]  # 2^30 values, 31 lists

    with pytest.raises(FeelLimitExceeded):
        from_json(shared)
    assert len(from_json([0] * (STANDARD.nodes - 1))) == STANDARD.nodes - 1
