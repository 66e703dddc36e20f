"""Requirement graphs: decisions over decisions, knowledge models, services and imports."""

import pytest

from engine.dmn import read_model
from engine.dmn.errors import DecisionFailed
from tests.dmn.models import (
    SURROUNDINGS,
    ask,
    asked,
    decision,
    input_data,
    knowledge,
    literal,
    model,
    service,
)

RATE = knowledge("加急费", "天数:number 费率:number", literal("天数 * 费率"))
FEE = decision("费用", literal("基本费 + 加急费(天数, 2)"), needs="d_基本费 i_天数", knows="k_加急费")
BASE = decision("基本费", literal("if 个人 then 0 else 10"), needs="i_个人")
FEES = (input_data("天数", "number"), input_data("个人", "boolean"), RATE, BASE, FEE)


def test_a_decision_is_made_after_the_decisions_it_needs():
    result = asked(model(*FEES), "费用", 天数=3, 个人=False)

    assert result.value == 16
    assert [step["name"] for step in result.trace] == ["基本费", "加急费", "费用"]


def test_a_decision_may_be_asked_by_its_id():
    assert ask(model(*FEES), "d_基本费", 个人=True) == 0


def test_each_decision_is_made_once_however_many_need_it():
    left, right = (decision(name, literal("底 + 1"), needs="d_底") for name in ("左", "右"))
    top = decision("顶", literal("左 + 右"), needs="d_左 d_右")

    result = asked(model(decision("底", literal("1")), left, right, top), "顶")

    assert [step["name"] for step in result.trace] == ["底", "左", "右", "顶"]


def test_a_long_chain_of_decisions_needs_no_deep_stack():
    chain = [
        decision(f"n{number}", literal(f"n{number - 1} + 1"), needs=f"d_n{number - 1}") for number in range(1, 901)
    ]

    assert ask(model(decision("n0", literal("0")), *chain), "n900") == 900


def test_a_name_of_another_node_is_seen_only_along_an_arrow():
    stray = decision("旁观", literal("天数 + 1"))

    with pytest.raises(DecisionFailed):
        read_model(model(*FEES, stray), lenient=True).evaluate("旁观", {"天数": 3}, surroundings=SURROUNDINGS)


def test_a_name_that_no_node_has_is_taken_from_the_data():
    assert ask(model(decision("加一", literal("件数 + 1"))), "加一", 件数=3) == 4


def test_spaces_in_a_name_count_as_one():
    counting = decision("申请  人数", literal("3")).replace('id="d_申请  人数"', 'id="d_1"')

    assert ask(model(counting, decision("算", literal("申请 人数 + 1"), needs="d_1")), "算") == 4


def test_what_a_decision_is_asked_with_can_be_listed():
    asking = read_model(model(*FEES))

    assert asking.decisions == ("基本费", "费用")
    assert asking.inputs_of("费用") == ("个人", "天数")
    assert read_model(model(decision("加一", literal("件数 + 1")))).inputs_of("加一") == ("件数",)


def test_an_input_that_is_not_given_fails_with_its_name():
    with pytest.raises(DecisionFailed) as failure:
        ask(model(*FEES), "费用", 天数=3)

    assert failure.value.reason == "input_missing"
    assert "个人" in failure.value.detail


def test_an_input_that_is_given_as_null_is_given():
    assert (
        ask(model(input_data("备注"), decision("空", literal("备注 = null"), needs="i_备注")), "空", 备注=None) is True
    )


def test_an_unknown_decision_fails():
    with pytest.raises(DecisionFailed) as failure:
        ask(model(*FEES), "没有的决定")

    assert failure.value.reason == "unknown_decision"


SERVED = (
    input_data("金额", "number"),
    decision("档", literal('if 金额 > 100 then "高" else "低"'), needs="i_金额"),
    decision("灯", literal('if 档 = "高" then "红" else "绿"'), needs="d_档"),
)


def test_a_service_gives_the_value_of_its_output_decision():
    served = model(*SERVED, service("亮灯", outputs="d_灯", inputs="i_金额"))

    assert ask(served, "亮灯", 金额=200) == "红"


def test_a_service_of_several_decisions_gives_a_context():
    served = model(*SERVED, service("全部", outputs="d_灯 d_档", inputs="i_金额"))

    assert ask(served, "全部", 金额=2) == {"灯": "绿", "档": "低"}


def test_an_input_decision_of_a_service_is_given_and_not_made():
    served = model(*SERVED, service("按档亮灯", outputs="d_灯", decisions="d_档"))

    result = asked(served, "按档亮灯", 档="高")

    assert result.value == "红"
    assert [step["name"] for step in result.trace] == ["灯", "按档亮灯"]


def test_a_service_can_be_called_like_a_function_with_inputs_before_decisions():
    served = service("评", outputs="d_评语", inputs="i_金额", decisions="d_档")
    remark = decision("评语", literal("档 + string(金额)"), needs="d_档 i_金额")
    caller = decision("总评", literal('评(7, "高")'), knows="s_评")

    assert ask(model(*SERVED, remark, served, caller), "总评") == "高7"


def test_a_service_that_is_not_given_its_input_fails():
    served = model(*SERVED, service("亮灯", outputs="d_灯", inputs="i_金额"))

    with pytest.raises(DecisionFailed) as failure:
        ask(served, "亮灯")
    assert failure.value.reason == "input_missing"


def test_a_knowledge_model_may_use_another_one():
    double = knowledge("加倍", "数", literal("数 * 2"))
    quadruple = knowledge("四倍", "数", literal("加倍(加倍(数))"), knows="k_加倍")

    assert ask(model(double, quadruple, decision("算", literal("四倍(3)"), knows="k_四倍")), "算") == 12


def test_a_knowledge_model_can_be_asked_by_itself():
    assert ask(model(*FEES), "加急费", 天数=3, 费率=5) == 15
    assert read_model(model(*FEES)).inputs_of("加急费") == ("天数", "费率")


def test_a_knowledge_model_that_is_not_given_its_argument_fails():
    with pytest.raises(DecisionFailed) as failure:
        ask(model(*FEES), "加急费", 天数=3)
    assert failure.value.reason == "input_missing"


def test_knowledge_models_that_call_each_other_for_ever_are_stopped():
    endless = knowledge("无穷", "数", literal("无穷(数 + 1)"), knows="k_无穷")

    with pytest.raises(DecisionFailed) as failure:
        read_model(model(endless, decision("算", literal("无穷(1)"), knows="k_无穷")), lenient=True).evaluate(
            "算", {}, surroundings=SURROUNDINGS, strict=False
        )
    assert failure.value.reason == "limit"


IMPORT = '<import namespace="urn:rates" name="费率表" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
RATES = model(knowledge("加倍", "数", literal("数 * 2")), decision("基数", literal("5")), own="urn:rates")


def importing(text: str) -> bytes:
    arrows = (
        '<informationRequirement><requiredDecision href="urn:rates#d_基数"/></informationRequirement>'
        '<knowledgeRequirement><requiredKnowledge href="urn:rates#k_加倍"/></knowledgeRequirement>'
    )
    return model(IMPORT, f'<decision id="d" name="算"><variable name="算"/>{arrows}{literal(text)}</decision>')


def test_nodes_of_an_imported_model_stand_behind_the_imports_name():
    importer = read_model(importing("费率表.加倍(费率表.基数)"), imported=[RATES])

    assert importer.evaluate("算", {}, surroundings=SURROUNDINGS).value == 10


def test_a_knowledge_model_of_an_import_can_be_invoked_by_parameter_names():
    binding = f'<binding><parameter name="数"/>{literal("4")}</binding>'
    invoking = importing("1").replace(
        literal("1").encode(), f"<invocation>{literal('费率表.加倍')}{binding}</invocation>".encode()
    )

    assert read_model(invoking, imported=[RATES]).evaluate("算", {}, surroundings=SURROUNDINGS).value == 8


def test_input_data_of_an_import_are_given_by_name_or_by_namespace():
    applicant = input_data("申请 人").replace("i_申请 人", "i_1")
    needs = '<informationRequirement><requiredInput href="urn:rates#i_1"/></informationRequirement>'
    importer = model(IMPORT, decision("问", literal("费率表.申请 人")).replace("<literal", f"{needs}<literal", 1))
    asking = read_model(importer, imported=[model(applicant, decision("空", literal("1")), own="urn:rates")])

    assert asking.evaluate("问", {"申请 人": "甲"}, surroundings=SURROUNDINGS).value == "甲"
    assert asking.evaluate("问", {"urn:rates#申请 人": "乙"}, surroundings=SURROUNDINGS).value == "乙"


def test_types_of_an_imported_model_stand_behind_the_imports_name():
    days = '<itemDefinition name="t天数"><typeRef>number</typeRef></itemDefinition>'
    typed = model(IMPORT, decision("算", literal('"三"'), type_="费率表.t天数"))

    importer = read_model(typed, imported=[model(days, decision("空", literal("1")), own="urn:rates")])

    with pytest.raises(DecisionFailed) as failure:
        importer.evaluate("算", {}, surroundings=SURROUNDINGS)
    assert failure.value.reason == "wrong_type"
