"""Explanations: which decisions were made, and which rules fired with which inputs."""

import json

from tests.dmn.models import asked, decision, input_data, knowledge, literal, model, output, table

RULES = [["< 100", '"综合窗口"', "1"], [">= 100", '"市场监管局"', "5"]]
COLUMNS = [output("部门"), output("时限")]


def routed() -> bytes:
    logic = table(RULES, outputs=COLUMNS)
    return model(input_data("金额", "number"), decision("派单", logic, needs="i_金额"))


def test_a_table_tells_what_it_was_asked_and_which_rule_fired():
    result = asked(routed(), "派单", 金额=250)

    assert result.trace == [
        {
            "kind": "decision",
            "name": "派单",
            "id": "d_派单",
            "inputs": {"金额": 250},
            "tables": [
                {
                    "hit_policy": "UNIQUE",
                    "inputs": [{"column": "金额", "value": 250}],
                    "fired": [{"rule": 2, "id": "rule_2", "outputs": {"部门": "市场监管局", "时限": 5}}],
                }
            ],
            "value": {"部门": "市场监管局", "时限": 5},
        }
    ]


def test_the_annotations_of_a_rule_are_told():
    xml = routed().decode().replace("<rule id", '<annotation name="依据"/><rule id', 1)
    grounds = "<annotationEntry><text>《办法》第三条</text></annotationEntry></rule>"

    result = asked(xml.replace("</rule>", grounds).encode(), "派单", 金额=1)

    assert result.trace[0]["tables"][0]["fired"][0]["annotations"] == {"依据": "《办法》第三条"}


def test_a_knowledge_model_tells_its_arguments():
    double = knowledge("加倍", "数", literal("数 * 2"))

    result = asked(model(double, decision("算", literal("加倍(21)"), knows="k_加倍")), "算")

    assert result.trace[0] == {"kind": "knowledge", "name": "加倍", "id": "k_加倍", "inputs": {"数": 21}, "value": 42}


def test_names_taken_from_the_data_are_told():
    result = asked(model(decision("加一", literal("件数 + 1"))), "加一", 件数=3, 无关=4)

    assert result.trace[0]["inputs"] == {"件数": 3}


def test_an_explanation_is_plain_json():
    grounds = decision("起算", literal('{日: date("2026-03-02"), 限: duration("P5D"), 段: [1..3], 算: function(x) x}'))

    result = asked(model(grounds), "起算").as_json()

    assert json.loads(json.dumps(result))["result"] == {
        "日": "2026-03-02",
        "限": "P5D",
        "段": "[1..3]",
        "算": "function",
    }


def test_an_explanation_does_not_grow_without_end():
    double = knowledge("加倍", "数", literal("数 * 2"))
    many = decision("算", literal("for i in 1..2000 return 加倍(i)"), knows="k_加倍")

    result = asked(model(double, many), "算")

    assert len(result.trace) == 500
    assert result.record.cut
