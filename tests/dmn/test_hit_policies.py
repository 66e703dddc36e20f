"""Hit policies: what becomes of the rules that fire."""

import pytest

from engine.dmn.errors import DecisionFailed
from tests.dmn.models import ask, decision, item, model, output, table

# 金额 150 fires the first and the third rule, 50 only the second, 500 only the third, 999 none
OVERLAPPING = [["[100..200]", '"甲"'], ["< 100", '"乙"'], ["[120..600]", '"丙"']]


def priced(policy: str, rules: list[list[str]] | None = None, *outputs: str) -> bytes:
    columns = outputs or (output("部门", values='"丙","乙","甲"'),)
    return model(decision("派单", table(rules or OVERLAPPING, policy=policy, outputs=columns)))


@pytest.mark.parametrize(
    ("policy", "amount", "answer"),
    [
        ("UNIQUE", 50, "乙"),
        ("FIRST", 150, "甲"),
        ("PRIORITY", 150, "丙"),  # 丙 stands before 甲 among the output values
        ("RULE ORDER", 150, ["甲", "丙"]),
        ("OUTPUT ORDER", 150, ["丙", "甲"]),
        ("COLLECT", 150, ["甲", "丙"]),
        ("COLLECT+COUNT", 150, 2),
        ("COLLECT+MIN", 150, "丙"),  # texts have an order too: 丙 U+4E19 < 甲 U+7532
        ("COLLECT+MAX", 150, "甲"),
        ("COLLECT", 999, []),
        ("RULE ORDER", 999, []),
        ("OUTPUT ORDER", 999, []),
        ("COLLECT+COUNT", 999, 0),
    ],
)
def test_a_hit_policy_makes_its_own_of_the_rules_that_fire(policy: str, amount: int, answer: object):
    assert ask(priced(policy), "派单", 金额=amount) == answer


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY"])
def test_rules_that_contradict_each_other_fail_with_their_numbers(policy: str):
    with pytest.raises(DecisionFailed) as failure:
        ask(priced(policy), "派单", 金额=150)

    assert failure.value.reason == {"UNIQUE": "several_rules", "ANY": "rules_disagree"}[policy]
    assert "rules 1, 3" in failure.value.detail
    assert failure.value.facts["decision"] == "派单"


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY"])
def test_rules_that_contradict_each_other_are_null_in_a_lenient_evaluation(policy: str):
    assert ask(priced(policy), "派单", strict=False, 金额=150) is None


def test_any_takes_rules_that_agree():
    agreeing = [["> 10", '"甲"'], ["> 20", '"甲"']]

    assert ask(priced("ANY", agreeing), "派单", 金额=30) == "甲"


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT+SUM", "COLLECT+MIN"])
def test_a_table_in_which_no_rule_fires_fails(policy: str):
    with pytest.raises(DecisionFailed) as failure:
        ask(priced(policy, [["> 10", "1"]], output("部门", values="1")), "派单", 金额=3)

    assert failure.value.reason == "no_rule"


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "COLLECT", "COLLECT+SUM"])
def test_a_default_output_stands_in_where_no_rule_fires(policy: str):
    with_default = output("部门", values="1", default="7")

    assert ask(priced(policy, [["> 10", "1"]], with_default), "派单", 金额=3) == 7


def test_sum_adds_durations_as_well_as_numbers():
    rules = [["> 1", 'duration("P1D")'], ["> 2", 'duration("PT12H")']]

    assert ask(priced("COLLECT+SUM", rules, output("时限")), "派单", 金额=3) == "P1DT12H"


def test_several_outputs_come_as_a_context_by_name():
    rules = [["-", '"住建局"', "3"]]

    answer = ask(priced("UNIQUE", rules, output("主办"), output("时限")), "派单", 金额=1)

    assert answer == {"主办": "住建局", "时限": 3}


def test_priority_goes_by_the_first_output_and_then_the_second():
    columns = (output("灯", values='"红","黄"'), output("级", values="1, 2"))
    rules = [["-", '"黄"', "1"], ["-", '"红"', "2"], ["-", '"红"', "1"]]

    assert ask(priced("PRIORITY", rules, *columns), "派单", 金额=1) == {"灯": "红", "级": 1}


def test_outputs_that_are_not_listed_come_last():
    rules = [["-", '"其他"'], ["-", '"黄"'], ["-", '"红"']]
    lamps = output("灯", values='"红","黄"')

    assert ask(priced("OUTPUT ORDER", rules, lamps), "派单", 金额=1) == ["红", "黄", "其他"]


def test_priority_takes_the_order_of_the_outputs_own_type():
    allowed = '<typeRef>string</typeRef><allowedValues><text>"红", "黄"</text></allowedValues>'
    lamps = item("t灯", allowed)
    logic = table([["-", '"黄"'], ["-", '"红"']], policy="PRIORITY", outputs=[output("灯", type_="t灯")])

    assert ask(model(lamps, decision("亮灯", logic)), "亮灯", 金额=1) == "红"


def test_first_looks_no_further_than_the_rule_that_fires():
    rules = [["> 10", '"甲"'], ["不存在的名字 > 3", '"乙"']]

    assert ask(priced("FIRST", rules), "派单", 金额=30) == "甲"


def test_a_single_output_needs_no_name():
    assert ask(priced("UNIQUE", [["-", "1"]], output()), "派单", 金额=1) == 1
