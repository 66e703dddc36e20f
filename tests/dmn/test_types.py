"""Item definitions: what fits, what is converted, what is refused."""

import pytest

from engine.dmn.errors import DecisionFailed
from tests.dmn.models import (
    ask,
    context,
    decision,
    function,
    input_data,
    item,
    knowledge,
    literal,
    model,
    output,
    part,
    service,
    table,
)

PERSON = item("t申请人", part("姓名", "string") + part("出生", "date") + part("件数", "number"))
CHANNEL = item("t渠道", '<typeRef>string</typeRef><allowedValues><text>"窗口","网上"</text></allowedValues>')
DAYS = item("t天数", "<typeRef>number</typeRef>", collection=True)
CHANNELS = item(
    "t各渠道", '<typeRef>string</typeRef><allowedValues><text>"窗口","网上"</text></allowedValues>', collection=True
)
TREE = item(
    "t部门",
    part("名称", "string") + '<itemComponent name="下级" isCollection="true"><typeRef>t部门</typeRef></itemComponent>',
)
TYPES = (PERSON, CHANNEL, DAYS, CHANNELS, TREE)


def typed(text: str, type_: str, *, strict: bool = True) -> object:
    return ask(model(*TYPES, decision("值", literal(text), type_=type_)), "值", strict=strict)


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("1", "number", 1),
        ("[1]", "number", 1),  # a list of one becomes its item
        ("1", "t天数", [1]),  # a value becomes a list of itself
        ("[1, 2]", "t天数", [1, 2]),
        ('date("2026-03-02")', "dateTime", "2026-03-02T00:00:00Z"),  # a date becomes its midnight in UTC
        ("null", "number", None),  # null is of every type
        ('"窗口"', "t渠道", "窗口"),
        ('["窗口", "网上"]', "t各渠道", ["窗口", "网上"]),
        ('{姓名: "甲", 出生: null, 件数: 1}', "t申请人", {"姓名": "甲", "出生": None, "件数": 1}),
        ('{名称: "一", 下级: [{名称: "二", 下级: []}]}', "t部门", {"名称": "一", "下级": [{"名称": "二", "下级": []}]}),
        ("1", "Any", 1),
        ('duration("P1D")', "dayTimeDuration", "P1D"),
    ],
)
def test_a_value_fits_its_type(text: str, type_: str, value: object):
    assert typed(text, type_) == value


@pytest.mark.parametrize(
    ("text", "type_", "reason"),
    [
        ('"1"', "number", "wrong_type"),
        ("[1, 2]", "number", "wrong_type"),
        ('[1, "二"]', "t天数", "wrong_type"),
        ('"电话"', "t渠道", "value_unlisted"),
        ('["窗口", "电话"]', "t各渠道", "value_unlisted"),
        ("{姓名: 3, 出生: null, 件数: 1}", "t申请人", "wrong_type"),
        ('{姓名: "甲"}', "t申请人", "wrong_type"),  # what may be unknown is given as null
        ('{名称: "一", 下级: [{名称: 2}]}', "t部门", "wrong_type"),
        ("1", "t申请人", "wrong_type"),
        ("1", "function", "wrong_type"),
    ],
)
def test_a_value_that_does_not_fit_fails_and_is_null_in_a_lenient_evaluation(text: str, type_: str, reason: str):
    with pytest.raises(DecisionFailed) as failure:
        typed(text, type_)

    assert failure.value.reason == reason
    assert typed(text, type_, strict=False) is None


def test_texts_of_the_data_become_dates_where_the_type_wants_dates():
    born = decision("年份", literal("申请人.出生.year"), needs="i_申请人")
    xml = model(*TYPES, input_data("申请人", "t申请人"), born)

    assert ask(xml, "年份", 申请人={"姓名": "甲", "出生": "1990-05-01", "件数": 2}) == 1990


def test_a_column_says_of_what_type_a_name_of_the_data_is():
    rules = [['< date("2026-01-01")', '"旧"'], ["-", '"新"']]
    logic = table(rules, policy="FIRST", inputs=["受理日"]).replace(
        "<inputExpression", '<inputExpression typeRef="date"'
    )

    assert ask(model(decision("办法", logic)), "办法", 受理日="2025-12-31") == "旧"


def test_an_input_that_is_not_among_the_allowed_values_fails_with_its_name():
    xml = model(*TYPES, input_data("渠道", "t渠道"), decision("取", literal("渠道"), needs="i_渠道"))

    with pytest.raises(DecisionFailed) as failure:
        ask(xml, "取", 渠道="电话")
    assert failure.value.reason == "value_unlisted"
    assert "电话" in failure.value.detail
    assert failure.value.facts["decision"] == "渠道"


@pytest.mark.parametrize(("text", "verdict"), [('"窗口"', True), ('"电话"', True), ("null", False), ("3", False)])
def test_instance_of_knows_the_types_of_the_model(text: str, verdict: bool):
    assert typed(f"{text} instance of t渠道", "boolean") is verdict  # allowed values do not matter


def test_the_parameters_of_a_function_are_made_to_fit():
    logic = context(首=function("数:number", literal("数 + 1")), result=literal("首([4])"))

    assert ask(model(decision("算", logic)), "算") == 5


def test_a_call_with_an_argument_that_does_not_fit_is_null_in_a_lenient_evaluation():
    logic = context(空=function("数:number", literal("数 = null")), result=literal('空("三")'))

    assert ask(model(decision("算", logic)), "算", strict=False) is None


@pytest.mark.parametrize("call", ['加("三")', '问("三")'])
def test_a_knowledge_model_or_service_with_an_argument_that_does_not_fit_is_null_in_a_lenient_evaluation(call: str):
    add = knowledge("加", "数:number", literal("数 = null"))
    asked = (input_data("数", "number"), decision("空", literal("数 = null"), needs="i_数"))
    serving = service("问", outputs="d_空", inputs="i_数")

    xml = model(*asked, add, serving, decision("算", literal(call), knows="k_加 s_问"))

    assert ask(xml, "算", strict=False) is None


def test_an_output_of_a_table_is_made_to_fit_its_column():
    logic = table([["-", '"三"']], outputs=[output("天数", type_="number")])

    with pytest.raises(DecisionFailed) as failure:
        ask(model(decision("限", logic)), "限", 金额=1)
    assert failure.value.facts == {
        "reason": "wrong_type",
        "detail": '"三" is not of type number',
        "decision": "限",
        "element": "rule_1",
        "line": 3,
        "rule": 1,
        "column": "天数",
    }


def test_dmn_1_1_writes_types_with_a_prefix():
    old = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
    xml = model(decision("值", literal("1"), type_="feel:number"), namespace=old)

    assert (
        ask(xml.replace(b"<definitions ", b'<definitions xmlns:feel="http://www.omg.org/spec/FEEL/20140401" '), "值")
        == 1
    )
