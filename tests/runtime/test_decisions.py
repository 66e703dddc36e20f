"""Business rule tasks: a decision of the bundle is asked, and its answer goes on with the case."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.dmn.decide import inputs_of
from engine.dmn.errors import DecisionFailed
from engine.runtime.contract import Advance
from engine.runtime.house import There
from tests.dmn.models import decision, model
from tests.runtime.drawing import END, START, diagram, flow, gateway, line, rule, user
from tests.runtime.walking import NOW, RUNTIME

ROUTING = (Path(__file__).parents[1] / "dmn" / "data" / "routing.dmn").read_bytes()
MODELS = {"routing": ROUTING}
ASKED = {"诉求类别": "register.category", "涉及金额": "register.amount"}
ALONE = "分派.协办单位 = null"


def routed(category: str, amount: object, **inputs: str) -> Advance:
    """Start begin → route → x, which leads to `alone` or `together` by what the decision says."""
    asked = rule("route", "派单", "routing", "分派", **(inputs or ASKED))
    model = diagram(START, asked, gateway("exclusive", "x", 'default="x-together"'), user("alone"), user("together"),
                    END, line("begin", "route", "x"), flow("x", "alone", ALONE), flow("x", "together"),
                    line("alone", "finish"), line("together", "finish"))  # fmt: skip
    assert RUNTIME.check(model, There(decisions=inputs_of(MODELS))) == []
    definition = replace(RUNTIME.define(model), decisions=MODELS)
    return RUNTIME.start(definition, "i1", {"register": {"category": category, "amount": amount}}, NOW)


def test_a_decision_routes_the_case():
    assert [task.element_id for task in routed("社保", 1).opened] == ["alone"]
    assert [task.element_id for task in routed("房产", 1).opened] == ["together"]


def test_what_was_decided_is_told_with_the_rules_that_fired_and_what_they_saw():
    (decided,) = routed("消费", 60000).decided

    table = decided.trace[0]["tables"][0]
    assert (decided.element_id, decided.decision) == ("route", "派单")
    assert decided.result == {"主办单位": "市市场监督管理局", "协办单位": "市公安局"}
    assert table["inputs"] == [{"column": "诉求类别", "value": "消费"}, {"column": "涉及金额", "value": 60000}]
    assert [(fired["rule"], fired["annotations"]["依据"]) for fired in table["fired"]] == [(1, "大额消费纠纷须会商")]


def test_without_inputs_of_its_own_a_decision_sees_the_data_of_the_case():
    asked = rule("route", "派单", "routing", "分派")
    model = diagram(START, asked, user("a"), END, line("begin", "route", "a", "finish"))
    definition = replace(RUNTIME.define(model), decisions=MODELS)

    advance = RUNTIME.start(definition, "i1", {"诉求类别": "用工", "涉及金额": 5}, NOW)

    assert advance.decided[0].result == {"主办单位": "市人力资源和社会保障局", "协办单位": None}


def test_a_decision_without_an_answer_is_an_error_that_names_the_place():
    with pytest.raises(DecisionFailed) as caught:
        routed("天气", 1)

    assert (caught.value.reason, caught.value.place.node) == ("value_unlisted", "派单")


def test_a_decision_sees_exact_values_and_gives_them_back():
    listed = '<decisionTable><input><inputExpression typeRef="date"><text>day</text></inputExpression></input>'
    row = '<rule><inputEntry><text>&gt; @"2026-01-01"</text></inputEntry><outputEntry><text>day + @"P1D"</text>'
    table = model(decision("d", f"{listed}<output/>{row}</outputEntry></rule></decisionTable>"))
    script = '<scriptTask id="s"><script>{day: date("2026-03-31")}</script></scriptTask>'
    late = gateway("exclusive", "x", 'default="x-a"')
    drawn = diagram(START, script, rule("r"), late, user("a"), user("b"), END, line("begin", "s", "r", "x"),
                    flow("x", "b", 'answer = @"2026-04-01"'), flow("x", "a"), line("a", "finish"),
                    line("b", "finish"))  # fmt: skip
    assert RUNTIME.check(drawn, There({"a_form", "b_form"}, decisions=inputs_of({"m": table}))) == []

    advance = RUNTIME.start(replace(RUNTIME.define(drawn), decisions={"m": table}), "i1", {}, NOW)

    assert [task.element_id for task in advance.opened] == ["b"]
    assert advance.decided[0].result == "2026-04-01"


def test_a_decision_whose_answer_cannot_be_kept_is_an_error():
    table = model(decision("d", "<literalExpression><text>function(x) x</text></literalExpression>"))
    drawn = diagram(START, rule("r"), user("a"), END, line("begin", "r", "a", "finish"))

    with pytest.raises(DecisionFailed, match="wrong_type"):
        RUNTIME.start(replace(RUNTIME.define(drawn), decisions={"m": table}), "i1", {}, NOW)


def test_where_messages_may_bring_names_none_is_called_unknown():
    known = {"d": ("n",)}
    waiting = '<receiveTask id="w" messageRef="m"/>'
    drawn = diagram(START, waiting, rule("r", n="payload.n"), user("a"), END, line("begin", "w", "r", "a", "finish"),
                    declared='<message id="m" name="m"/>')  # fmt: skip

    assert RUNTIME.check(drawn, There({"a_form"}, decisions={"m": known})) == []
