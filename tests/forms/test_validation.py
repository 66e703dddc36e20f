"""What is filled in becomes typed values, or a sentence at each field that is wrong."""

import json
from typing import Any

import pytest

from forms.validation import FormInvalid, load, routing_values
from tests.forms.samples import CHOICES, FILLED, PATHS, REGISTER, TODAY, form_of, shipped


def faults_of(path: str, **changed: Any) -> dict[str, Any]:
    """Return the faults of a well-filled form with these fields changed, {} where it is right."""
    try:
        load(shipped(path), {**FILLED[path], **changed}, TODAY, CHOICES)
    except FormInvalid as error:
        return error.fields
    return {}


def value_of(kind: str, raw: Any, **more: Any) -> Any:
    """Return one value as loaded by a form of this one field."""
    return load(form_of({"key": "it", "type": kind, **more}), {"it": raw}, TODAY, CHOICES).get("it")


def told_of(kind: str, raw: Any, **more: Any) -> Any:
    """Return what is told of one value that is wrong."""
    with pytest.raises(FormInvalid) as refused:
        value_of(kind, raw, **more)
    return refused.value.fields["it"]


@pytest.mark.parametrize("path", PATHS)
def test_a_well_filled_form_is_kept_as_json(path: str):
    values = load(shipped(path), FILLED[path], TODAY, CHOICES)

    assert json.loads(json.dumps(values)) == values
    assert set(FILLED[path]) <= set(values)


@pytest.mark.parametrize("path", PATHS)
def test_what_was_kept_loads_again_unchanged(path: str):
    form = shipped(path)
    values = load(form, FILLED[path], TODAY, CHOICES)

    assert load(form, values, TODAY, CHOICES) == values


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_form_asks_for_every_required_field_that_is_shown(path: str):
    form = shipped(path)

    with pytest.raises(FormInvalid) as refused:
        load(form, {}, TODAY, CHOICES)

    wanted = {f.key for f in form.fields if f.required and (not f.visible_when or f.visible_when.op == "ne")}
    assert set(refused.value.fields) == wanted
    assert all(told[0].startswith("请") for told in refused.value.fields.values())


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("text", "  林先生\u200b ", "林先生"),  # trimmed, also of invisible marks
        ("text", "一\n二", "一 二"),  # one line
        ("textarea", "一\r\n二", "一\n二"),
        ("text", "𠮷野", "𠮷野"),  # a rare character is one character
        ("text", "\ue123", "\ue123"),  # a private-use one, as old registers have them
        ("int", "12", 12),
        ("int", 12, 12),
        ("date", "20261120", "2026-11-20"),
        ("datetime", "20261120 09:30", "2026-11-20T09:30"),
        ("money", "1,234.5元"[:-1], "1234.50"),
        ("mobile", "139 0000 5678", "13900005678"),
        ("idcard", "11010519491231002x", "11010519491231002X"),
        ("bool", "on", True),
        ("bool", "", False),  # a box that was not ticked
        ("units", ["u-market", "u-market"], ["u-market"]),
        ("unit", "u-housing", "u-housing"),
        ("text", ["一"], "一"),  # as a query string gives it
        ("text", "   ", None),
    ],
)
def test_a_value_is_kept_as_it_was_meant(kind: str, raw: Any, kept: Any):
    assert value_of(kind, raw) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [("int", "12", 12), ("date", "20261120", "2026-11-20"), ("phone", "0598-1234567", "0598-1234567")],
)
def test_full_width_digits_mean_the_plain_ones(kind: str, typed: str, kept: Any):
    wide = typed.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})

    assert value_of(kind, wide) == kept


@pytest.mark.parametrize(
    ("kind", "raw", "more", "told"),
    [
        ("text", "一二三四", {"maxlength": 3}, "标签最多3个字，现在有4个字。"),
        ("text", "一", {"minlength": 2}, "标签至少2个字，现在只有1个字。"),
        ("text", "abc", {"pattern": "[0-9]+", "pattern_message": "只能填数字。"}, "只能填数字。"),
        ("text", "a\u202eb", {}, "标签中有无法识别的字符，请删除后重新填写。"),
        ("text", "a\x00b", {}, "标签中有无法识别的字符，请删除后重新填写。"),
        ("text", "\ud800", {}, "标签中有无法识别的字符，请删除后重新填写。"),
        ("text", {"a": 1}, {}, "标签的内容无法识别，请重新填写。"),
        ("text", ["a", "b"], {}, "标签的内容无法识别，请重新填写。"),
        ("int", "0", {"min": 1, "unit": "次"}, "标签不能小于1次。"),
        ("int", "100", {"max": 99, "unit": "次"}, "标签不能大于99次。"),
        ("int", "1 2", {}, "请填写整数。"),
        ("money", "-1", {"min": 0}, "标签不能小于0。"),
        ("radio", "c", {"options": [["a", "甲"]]}, "标签的内容无法识别，请重新填写。"),
        ("checklist", ["c"], {"options": [["a", "甲"]]}, "标签中有不认识的选项，请重新选择。"),
        ("checklist", ["a", "b"], {"options": [["a", "甲"], ["b", "乙"]], "max": 1}, "标签最多选择1项。"),
        ("units", ["u-nowhere"], {}, "标签中有不认识的选项，请重新选择。"),
        ("unit", "u-nowhere", {}, "标签的内容无法识别，请重新填写。"),
        ("bool", "perhaps", {}, "标签的内容无法识别，请重新填写。"),
        ("bool", "", {"required": True}, "请选择标签。"),
        ("radio", "", {"options": [["a", "甲"]], "required": True}, "请选择标签。"),
        ("text", " ", {"required": True}, "请填写标签。"),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence(kind: str, raw: Any, more: dict[str, Any], told: str):
    assert told_of(kind, raw, **more) == [told]


def test_length_is_counted_in_characters_and_not_in_bytes():
    assert value_of("text", "𠮷" * 60, maxlength=60) == "𠮷" * 60


def test_a_field_the_form_does_not_have_is_refused():
    assert faults_of("window_escalation/triage.json", status="closed") == {"status": ["本表没有这一项。"]}


@pytest.mark.parametrize(
    ("path", "changed", "faulty"),
    [
        # what is required only in one case
        ("triage", {"decision": "not_accepted"}, {"refusalKind", "refusalReason", "remedy"}),
        ("triage", {"decision": "on_spot"}, set[str]()),
        ("dept_opinion", {"attitude": "cannot"}, {"basis"}),
        ("dept_opinion", {"attitude": "not_ours", "basis": "权责清单第3条。"}, set[str]()),
        ("feedback", {"coordinated": "", "proposal": ""}, {"coordinated", "proposal"}),
        ("feedback", {"outcome": "continue"}, set[str]()),
        ("continue_coordination", {"outcome": "solved", "basis": ""}, set[str]()),
        ("continue_coordination", {"outcome": "continue"}, {"outcome"}),
        ("team_research", {"extensionReason": ""}, {"extensionReason"}),
        ("team_research", {"outcome": "conclude", "extensionReason": "", "plan": ""}, set[str]()),
        ("team_conclusion", {"conclusion": "denied"}, {"legalBasis", "remedy"}),
        ("team_conclusion", {"conclusion": "transferred"}, {"transferTo"}),
        ("team_conclusion", {"steps": []}, {"steps"}),
        ("tell_citizen", {"reached": "false"}, {"attempts"}),
        ("register", {"judicialLink": "true", "courtDoc": ""}, {"courtDoc"}),
        ("register", {"judicialLink": "", "courtDoc": ""}, set[str]()),
        ("register", {"failType": ["other"]}, {"failOther"}),
        ("register", {"applicantName": "匿名", "phone": ""}, set[str]()),
        ("register", {"phone": ""}, {"phone"}),
        # limits
        ("register", {"title": "太短了"}, {"title"}),
        ("register", {"title": "长" * 61}, {"title"}),
        ("register", {"content": "长" * 2001}, {"content"}),
        ("register", {"visitCount": "0"}, {"visitCount"}),
        ("register", {"visitCount": "100"}, {"visitCount"}),
        ("register", {"depts": []}, {"depts"}),
        ("register", {"duplicateOf": "BCS-20261124-1"}, {"duplicateOf"}),
        ("rate", {"score": "6"}, {"score"}),
        ("rate", {"comment": "长" * 501}, {"comment"}),
        # dates
        ("register", {"firstApplyDate": "20261125"}, {"firstApplyDate"}),
        ("register", {"firstApplyDate": "20261124"}, set[str]()),
        ("register", {"occurredAt": "20261125"}, {"occurredAt"}),
        ("dept_opinion", {"finishBy": "20261123"}, {"finishBy"}),
        ("dept_opinion", {"finishBy": "20261124"}, set[str]()),
        ("team_conclusion", {"meetingDate": "20261125"}, {"meetingDate"}),
        ("tell_citizen", {"toldOn": "20261125"}, {"toldOn"}),
        # what does not go together
        ("feedback", {"kind": "progress", "outcome": "solved"}, {"outcome"}),
        ("feedback", {"kind": "result", "outcome": "solved"}, set[str]()),
        ("feedback", {"kind": "result", "outcome": "continue", "nextStep": "再找一次法院。"}, {"outcome"}),
    ],
)
def test_a_rule_of_our_forms(path: str, changed: dict[str, Any], faulty: set[str]):
    assert set(faults_of(f"window_escalation/{path}.json", **changed)) == faulty


def test_a_firm_gives_its_credit_code_and_no_identity_number():
    values = load(
        shipped("window_escalation/register.json"),
        {**REGISTER, "applicantType": "enterprise", "uscc": "91350100m000100y43"},
        TODAY,
        CHOICES,
    )

    assert values["uscc"] == "91350100M000100Y43"
    assert "idNo" not in values


@pytest.mark.parametrize(
    ("visits", "chosen", "kept"),
    [
        ("1", ["late"], ["late"]),
        ("2", ["late"], ["late", "twice"]),
        ("２", [], ["twice"]),
        ("2", ["twice", "late"], ["twice", "late"]),
    ],
)
def test_somebody_who_came_twice_has_the_case_of_twice_chosen(visits: str, chosen: list[str], kept: list[str]):
    form = shipped("window_escalation/register.json")

    values = load(form, {**REGISTER, "visitCount": visits, "failType": chosen}, TODAY, CHOICES)

    assert values["failType"] == kept


@pytest.mark.parametrize("visits", ["", "x", "9" * 5000, ["2", "3"], {"a": 1}])
def test_what_is_no_number_of_visits_chooses_nothing(visits: Any):
    assert "failType" in faults_of("window_escalation/register.json", visitCount=visits, failType=[])


def test_a_hidden_field_is_not_kept_even_if_sent():
    form = shipped("window_escalation/triage.json")

    values = load(form, {"decision": "on_spot", "opinion": "能办。", "remedy": "去法院。"}, TODAY, CHOICES)

    assert values == {"decision": "on_spot", "opinion": "能办。"}


def test_what_hangs_on_a_hidden_field_is_hidden_with_it():
    form = form_of(
        {"key": "a", "type": "bool"},
        {"key": "b", "type": "text", "visible_when": {"field": "a", "op": "eq", "value": True}},
        {"key": "c", "type": "text", "required": True, "visible_when": {"field": "b", "op": "filled"}},
    )

    assert load(form, {"a": "false", "b": "有"}, TODAY, CHOICES) == {"a": False}
    assert load(form, {"a": "true", "b": "有", "c": "有"}, TODAY, CHOICES) == {"a": True, "b": "有", "c": "有"}


def test_a_rule_may_require_a_field_and_compare_two_dates():
    form = form_of(
        {"key": "begun", "type": "date"},
        {"key": "ended", "type": "date"},
        rules=[
            {
                "code": "required",
                "field": "ended",
                "message": "请填写结束日期。",
                "when": [{"field": "begun", "op": "filled"}],
            },
            {"code": "date_not_before", "field": "ended", "limit": "begun", "message": "结束不能早于开始。"},
        ],
    )

    with pytest.raises(FormInvalid) as missing:
        load(form, {"begun": "20261101"}, TODAY, CHOICES)
    with pytest.raises(FormInvalid) as crossed:
        load(form, {"begun": "20261101", "ended": "20261031"}, TODAY, CHOICES)

    assert missing.value.fields == {"ended": ["请填写结束日期。"]}
    assert crossed.value.fields == {"ended": ["结束不能早于开始。"]}
    assert load(form, {"begun": "20261101", "ended": "20261101"}, TODAY, CHOICES)


def test_routing_values_are_only_those_the_diagram_may_decide_by():
    form = shipped("window_escalation/register.json")

    values = load(form, REGISTER, TODAY, CHOICES)

    assert routing_values(form, values) == {"depts": ["u-market"], "judicialLink": True}


def test_a_routing_value_that_was_not_given_is_there_as_none():
    form = form_of({"key": "a", "type": "text", "routing": True}, {"key": "b", "type": "text"})

    assert routing_values(form, {"b": "有"}) == {"a": None}
