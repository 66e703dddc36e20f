"""A browser's names become nested values; stored values become words, and personal ones are masked."""

from typing import Any

import pytest

from forms.reading import raw_values
from forms.showing import displayed, masked
from forms.validation import load
from tests.forms.samples import CHOICES, FILLED, REGISTER, TODAY, UNITS, form_of, shipped


class Posted(dict[str, list[str]]):
    """A request as a web framework gives it."""

    def getlist(self, key: str) -> list[str]:
        """Return all texts of a name."""
        return self.get(key, [])


def test_a_request_is_read_by_the_forms_own_names():
    form = shipped("window_escalation/team_research.json")
    posted = Posted(
        {
            "research": ["症结在解封。"],
            "outcome": ["conclude"],
            "visits-10-body": ["第十行"],
            "visits-2-body": ["第二行"],
            "visits-2-date": ["20261123"],
            "visits-3-body": [""],
            "visits-2-owner": ["root"],
            "csrf_token": ["x"],
            "is_admin": ["1"],
        }
    )

    raw = raw_values(form, posted)

    assert raw == {
        "research": "症结在解封。",
        "outcome": "conclude",
        "visits": [{"date": "20261123", "body": "第二行"}, {"body": "第十行"}],
    }


def test_several_choices_stay_a_list_and_a_doubled_field_counts_once():
    form = shipped("window_escalation/register.json")

    raw = raw_values(form, Posted({"depts": ["u-market", "u-housing"], "title": ["一", "二"], "failType": ["late"]}))

    assert raw == {"depts": ["u-market", "u-housing"], "title": "一", "failType": ["late"]}


def test_a_table_can_not_be_sent_as_a_plain_field():
    form = shipped("window_escalation/team_research.json")

    assert raw_values(form, Posted({"visits": ["x"], "research-0-x": ["y"]})) == {}


def test_what_was_given_is_shown_in_words():
    form = shipped("window_escalation/register.json")

    shown = dict(displayed(form, load(form, REGISTER, TODAY, CHOICES), UNITS))

    assert list(shown) == ["反映的问题", "反映人", "办事经过"]
    problem, matter = dict(shown["反映的问题"]), dict(shown["办事经过"])
    assert (problem["紧急程度"], problem["反映人要求对身份保密"]) == ("紧急", "否")
    assert "事发地址" not in problem  # not given
    assert matter["涉及部门"] == "市场监督管理局"
    assert matter["首次申请日期"] == "2026年7月13日"
    assert matter["已跑次数"] == "4次"
    assert matter["办不成的情形"] == "两次及以上仍未办成、规定空白、模糊或依据不明"
    assert matter["涉及法院查封、冻结等司法事项"] == "是"


def test_a_table_is_shown_row_by_row():
    path = "window_escalation/team_research.json"
    form = shipped(path)

    shown = dict(displayed(form, load(form, FILLED[path], TODAY, CHOICES), UNITS))

    row = "1. 日期：2026年11月23日；对接机关：青禾区人民法院；对接人：王法官；对接结果：同意解封"
    assert shown["上门对接"] == [("上门对接记录", row)]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("money", "1234.50", "1234.50元"),
        ("datetime", "2026-11-20T09:30", "2026年11月20日 09:30"),
        ("date", "not yet", "not yet"),  # a draft
        ("unit", "u-gone", "u-gone"),  # a unit that was dissolved
        ("text", "u-market", "u-market"),
    ],
)
def test_a_value_in_words(kind: str, value: str, words: str):
    form = form_of({"key": "it", "type": kind, "unit": "元"})

    assert displayed(form, {"it": value}, UNITS) == [("一节", [("标签", words)])]


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        ("text", "林先生", "林*"),
        ("text", "林", "林*"),
        ("text", "云川市某某文旅有限公司", "云*"),  # its length is not shown
        ("text", "匿名", "匿名"),  # nothing to hide
        ("phone", "13912345678", "139****5678"),
        ("phone", "0598-1234567", "059****4567"),
        ("phone", "12345", "****"),
        ("idcard", "350400199001011234", "3504**********1234"),
        ("uscc", "91350100M000100Y43", "9135**********0Y43"),
        ("idcard", "3504", "****"),
        ("text", None, None),
    ],
)
def test_a_personal_value_is_masked(kind: str, value: Any, seen: Any):
    form = form_of({"key": "it", "type": kind, "personal": True}, {"key": "open", "type": "text"})

    assert masked(form, {"it": value, "open": "林先生"}) == {"it": seen, "open": "林先生"}


def test_personal_columns_of_a_table_are_masked():
    columns = [
        {"key": "who", "type": "text", "label": "谁", "personal": True},
        {"key": "what", "type": "text", "label": "事"},
    ]
    form = form_of({"key": "rows", "type": "table", "columns": columns})

    seen = masked(form, {"rows": [{"who": "林先生", "what": "解封"}], "extra": 1})

    assert seen == {"rows": [{"who": "林*", "what": "解封"}], "extra": 1}


def test_the_register_form_masked_shows_no_personal_number():
    form = shipped("window_escalation/register.json")

    seen = masked(form, load(form, REGISTER, TODAY, CHOICES))

    assert (seen["applicantName"], seen["phone"], seen["idNo"]) == ("林*", "139****5678", "3504**********1231")
    assert seen["title"] == REGISTER["title"]
