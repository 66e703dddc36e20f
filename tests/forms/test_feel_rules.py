"""Rules between fields in FEEL: what they say, when they say nothing, and which are refused at deployment."""

from typing import Any

import pytest

from engine.commands.deploy_process import DeployProcess
from forms.definition import FormDefinitionInvalid
from forms.expressions import matches
from forms.validation import FormInvalid, load
from tests.conftest import House
from tests.domain.calendars import national
from tests.forms.samples import CHOICES, REGISTER, TODAY, form_of, shipped

FIELDS: tuple[dict[str, Any], ...] = (
    {"key": "start", "type": "date"},
    {"key": "end", "type": "date"},
    {"key": "fee", "type": "money"},
    {"key": "share", "type": "money"},
    {"key": "count", "type": "int"},
    {"key": "remark", "type": "text"},
)


def faults(feel: str, calendar: Any = None, **raw: str) -> dict[str, Any]:
    """Return what one rule, told at the remark, says of these values."""
    form = form_of(*FIELDS, rules=[{"code": "holds", "field": "remark", "feel": feel, "message": "请核对。"}])
    try:
        load(form, raw, TODAY, CHOICES, calendar)
    except FormInvalid as error:
        return error.fields
    return {}


@pytest.mark.parametrize(
    ("feel", "raw"),
    [
        ("end >= start", {"start": "2026-11-24", "end": "2026-11-24"}),
        ('end - start <= @"P10D"', {"start": "2026-11-20", "end": "2026-11-30"}),
        ("fee = share * 3", {"fee": "0.30", "share": "0.1"}),  # exact: no binary fractions
        ("if count > 2 then remark != null else true", {"count": "3", "remark": "有"}),
        ("start <= today()", {"start": "2026-11-24"}),
    ],
)
def test_a_rule_that_holds_says_nothing(feel: str, raw: dict[str, str]):
    assert faults(feel, **raw) == {}


@pytest.mark.parametrize(
    ("feel", "raw"),
    [
        ("end >= start", {"start": "2026-11-24", "end": "2026-11-23"}),
        ("fee > 100", {"fee": "100.00"}),
        ("if count > 2 then remark != null else true", {"count": "3"}),
    ],
)
def test_a_broken_rule_is_told_at_its_field_in_its_own_words(feel: str, raw: dict[str, str]):
    assert faults(feel, **raw) == {"remark": ["请核对。"]}


def test_a_rule_says_nothing_of_a_field_that_is_empty_or_wrong_already():
    assert faults("end >= start", start="2026-11-24") == {}
    assert faults("end >= start", start="2026-11-24", end="昨天").keys() == {"end"}


def test_a_rule_without_an_answer_refuses_and_does_not_pass_silently():
    assert faults("remark > count", remark="一", count="1") == {"remark": ["这项校验无法得出结果，请告知系统管理员。"]}


def test_a_rule_counts_working_days_by_the_calendar_of_the_case():
    rule = "working days between(start, end) <= 3"

    assert faults(rule, national(), start="2026-11-20", end="2026-11-25") == {}
    assert faults(rule, national(), start="2026-11-20", end="2026-11-26") == {"remark": ["请核对。"]}


@pytest.mark.parametrize(
    ("feel", "told"),
    [
        ("end >=", "line 1"),
        ("ende >= start", "ende"),
        ("end >= strat", "strat"),
        ("now() > start", "today"),
        ("1 < 2", "names no field"),
        ('start > date("2026-02-30")', "2026-2-30"),
        ('__import__("os").system("id")', "__import__"),
        ("", "holds"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_its_form_and_field(feel: str, told: str):
    with pytest.raises(FormDefinitionInvalid, match=f"(?s)small: rule on end.*{told}"):
        form_of(*FIELDS, rules=[{"code": "holds", "field": "end", "feel": feel, "message": "请核对。"}])


def test_an_expression_belongs_to_no_other_kind_of_rule():
    with pytest.raises(FormDefinitionInvalid, match="belongs to `holds`"):
        form_of(*FIELDS, rules=[{"code": "required", "field": "end", "feel": "end > start", "message": "请核对。"}])


def test_a_process_whose_form_has_a_faulty_rule_is_not_deployed(house: House):
    field = '{"key": "a", "type": "int", "label": "数"}'
    rule = '{"code": "holds", "field": "a", "feel": "b > 1", "message": "不行。"}'
    form = f'{{"key": "f", "version": 1, "title": "表", "sections": [{{"title": "节", "fields": [{field}]}}], '
    form += f'"rules": [{rule}]}}'

    with pytest.raises(FormDefinitionInvalid, match="rule on a"):
        house.do(DeployProcess(diagram=b"<a/>", manifest="{}", forms={"f": form}), "admin")


def test_who_chose_the_case_of_twice_has_come_twice():
    form = shipped("window_escalation/register.json")

    with pytest.raises(FormInvalid) as refused:
        load(form, {**REGISTER, "visitCount": "1", "failType": ["twice"]}, TODAY, CHOICES)

    assert refused.value.fields == {"failType": ["勾选了“两次及以上仍未办成”，但已跑次数不足2次，请核对。"]}


def test_a_pattern_is_asked_in_linear_time_and_of_the_whole_text():
    assert matches("(a+)+", "a" * 5000)
    assert not matches("(a+)+", "a" * 5000 + "!")
    assert not matches("[0-9]+", "12\n")
