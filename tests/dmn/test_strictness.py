"""Strictness: what gives no answer to act on is an error that names its place, never a silent null."""

import pytest

from engine.dmn.errors import DecisionFailed
from tests.dmn.models import (
    ask,
    asked,
    context,
    decision,
    function,
    input_data,
    knowledge,
    literal,
    model,
    output,
    table,
)


def failure_of(xml: bytes, name: str, **inputs: object) -> DecisionFailed:
    with pytest.raises(DecisionFailed) as caught:
        ask(xml, name, **inputs)
    return caught.value


def test_a_cell_that_cannot_be_compared_names_decision_rule_and_column():
    failure = failure_of(model(decision("派单", table([["-", '"甲"'], ["> 100", '"乙"']]))), "派单", 金额="多")

    assert failure.reason == "expression"
    assert failure.sentence().startswith('"派单", rule 2, column "金额": ')
    assert failure.facts["element"] == "rule_2"


def test_an_unknown_name_in_an_output_names_decision_rule_and_column():
    xml = model(decision("派单", table([["-", "部门名"]], outputs=[output("部门")])))

    assert failure_of(xml, "派单", 金额=3).sentence().startswith('"派单", rule 1, column "部门": ')


def test_a_name_that_the_data_does_not_hold_fails():
    failure = failure_of(model(decision("派单", table([["-", '"甲"']]))), "派单", 金客=3)

    assert "金额" in failure.detail


def test_an_empty_input_passes_no_comparison_and_is_no_error():
    xml = model(decision("派单", table([["> 100", '"甲"'], ["null", '"乙"']], policy="FIRST")))

    assert ask(xml, "派单", 金额=None) == "乙"


def test_a_value_that_a_column_does_not_list_fails():
    listed = "<inputValues><text>1, 2</text></inputValues></input>"
    xml = model(decision("派单", table([["-", '"甲"']]).replace("</input>", listed)))

    failure = failure_of(xml, "派单", 金额=3)

    assert failure.reason == "value_unlisted"
    assert failure.facts["column"] == "金额"


def test_a_column_that_lists_its_values_may_still_be_empty():
    listed = "<inputValues><text>1, 2</text></inputValues></input>"
    xml = model(decision("派单", table([["-", '"甲"']]).replace("</input>", listed)))

    assert ask(xml, "派单", 金额=None) == "甲"


def test_the_kind_of_an_input_column_is_checked():
    logic = table([["-", '"甲"']]).replace("<inputExpression>", '<inputExpression typeRef="number">')

    failure = failure_of(model(decision("派单", logic)), "派单", 金额="三")

    assert failure.reason == "wrong_type"
    assert failure.facts["column"] == "金额"


def test_a_division_by_zero_fails():
    assert failure_of(model(decision("均", literal("1 / 件数"))), "均", 件数=0).reason == "expression"


def test_a_null_that_is_meant_is_an_answer():
    assert ask(model(decision("空", literal("null"))), "空") is None


def test_a_lenient_evaluation_lists_its_warnings_with_their_places():
    result = asked(model(decision("均", literal("1 / 件数"))), "均", strict=False, 件数=0)

    assert result.value is None
    assert result.as_json()["warnings"][0]["decision"] == "均"


@pytest.mark.parametrize(
    "text",
    [
        "for a in [1..20000], b in [1..20000] return a",
        "for a in [1..99999999] return a",
        'string join(for a in [1..9000] return "一二三四五六七八九十一二三")',
    ],
)
def test_a_bomb_is_stopped_by_the_limits(text: str):
    assert failure_of(model(decision("炸", literal(text))), "炸").reason in {"limit", "expression"}


def test_iterations_inside_each_other_use_up_one_budget():
    inner = f'<for iteratorVariable="b"><in>{literal("[1..2000]")}</in><return>{literal("b")}</return></for>'
    outer = f'<for iteratorVariable="a"><in>{literal("[1..2000]")}</in><return>{inner}</return></for>'

    assert failure_of(model(decision("炸", outer)), "炸").reason == "limit"


@pytest.mark.parametrize(
    "logic",
    [
        literal("for i in 1..60 return partial"),
        f"<list>{literal('for i in 1..11 return partial') * 60}</list>",
        context(**{f"k{each}": literal(f"[k{each - 1}, k{each - 1}]" if each else "1") for each in range(40)}),
        f'<for iteratorVariable="a"><in>{literal("[1..60]")}</in><return>{literal("partial")}</return></for>',
        context(f=function("x", literal("[x, x]")), result=literal("f(" * 20 + "1" + ")" * 20)),
    ],
)
def test_a_value_whose_parts_are_shared_may_not_be_a_huge_tree(logic: str):
    assert failure_of(model(decision("炸", logic)), "炸").reason == "limit"


def test_a_huge_argument_is_stopped_before_it_is_recorded():
    caller = decision("炸", literal("取(for i in 1..60 return partial)"), knows="k_取")

    assert failure_of(model(knowledge("取", "x", literal("1")), caller), "炸").reason == "limit"


def test_data_of_other_kinds_than_json_is_refused():
    xml = model(input_data("金额"), decision("派单", literal("金额"), needs="i_金额"))

    assert failure_of(xml, "派单", 金额=object()).reason == "input_type"
