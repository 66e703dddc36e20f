"""Definitions are read strictly, and ours are all readable."""

import json
from typing import Any

import pytest

from forms.definition import FormDefinitionInvalid, parse_form
from forms.loading import read_definition
from tests.forms.samples import PATHS, form_of, shipped

DAY = {"key": "day", "type": "date", "label": "日期"}
COURT = {"key": "court", "type": "text", "label": "法院"}


@pytest.mark.parametrize("path", PATHS)
def test_every_form_we_ship_is_readable_and_names_its_source(path: str):
    form = shipped(path)

    assert form.source
    assert all(section.fields for section in form.sections)


@pytest.mark.parametrize("path", PATHS)
def test_every_key_is_of_the_form_and_every_option_has_a_label(path: str):
    fields = shipped(path).fields

    assert all(label.strip() and value.strip() for field in fields for value, label in field.options)
    assert all(len({label for _value, label in field.options}) == len(field.options) for field in fields)


@pytest.mark.parametrize("path", PATHS)
def test_every_shipped_form_ends_its_hints_and_messages_as_sentences(path: str):
    form = shipped(path)

    assert [field.hint for field in form.fields if field.hint and not field.hint.endswith("。")] == []
    assert [rule.message for rule in form.rules if not rule.message.endswith("。")] == []


def test_the_diagram_routes_by_these_fields():
    routing = {
        (path.split("/")[1].removesuffix(".json"), field.key)
        for path in PATHS
        for field in shipped(path).fields
        if field.routing
    }

    assert routing == {
        ("register", "depts"),
        ("register", "judicialLink"),
        ("triage", "decision"),
        ("feedback", "outcome"),
        ("continue_coordination", "outcome"),
        ("team_research", "outcome"),
        ("approve_extension", "decision"),
        ("team_conclusion", "conclusion"),
        ("decision", "decision"),
    }


def test_the_register_form_marks_what_is_personal():
    register = shipped("window_escalation/register.json")

    assert [field.key for field in register.fields if field.personal] == ["applicantName", "phone", "idNo", "uscc"]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ({"type": "rainbow"}, "unknown type"),
        ({"type": "text", "colour": "red"}, "colour unknown"),
        ({"type": "text", "required": "yes"}, "required of the wrong type"),
        ({"type": "text", "maxlength": True}, "maxlength of the wrong type"),
        ({"type": "text", "width": 13}, "width"),
        ({"type": "text", "minlength": 9, "maxlength": 3}, "minlength"),
        ({"type": "text", "pattern": "(", "pattern_message": "不对。"}, "cannot be read"),
        ({"type": "text", "pattern": "a+"}, "needs its message"),
        ({"type": "text", "options": [["a", "甲"]]}, "options"),
        ({"type": "radio"}, "options"),
        ({"type": "radio", "options": [["a", ""]]}, "is not [value, label]"),
        ({"type": "radio", "options": [["a", "甲"], ["a", "乙"]]}, "twice"),
        ({"type": "checklist", "options": [["a", "甲"]], "ticks": [{"option": "b", "when": {}}]}, "missing"),
        (
            {"type": "text", "ticks": [{"option": "b", "when": {"field": "it", "op": "filled"}}]},
            "a tick is of no option",
        ),
        ({"type": "table"}, "columns"),
        ({"type": "table", "columns": [COURT, COURT]}, "twice"),
        ({"type": "table", "columns": [{**COURT, "type": "table", "columns": [COURT]}]}, "a column is no table"),
        ({"type": "int", "min": 5, "max": 1}, "min is above max"),
        ({"type": "text", "key": "a-b"}, "no name"),
        ({"type": "text", "visible_when": {"field": "later", "op": "filled"}}, "'later'"),
        ({"type": "text", "visible_when": {"field": "x", "op": "filled", "and": 1}}, "and unknown"),
    ],
)
def test_a_faulty_field_is_refused_by_form_field_and_reason(field: dict[str, Any], told: str):
    with pytest.raises(FormDefinitionInvalid) as refused:
        form_of({"key": "it", **field})

    assert str(refused.value).startswith("small: ")
    assert field.get("key", "it") in str(refused.value)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"field": "kind", "op": "eq", "value": "c"}, "no such option"),
        ({"field": "kind", "op": "like", "value": "a"}, "unknown operator"),
        ({"field": "kind", "op": "in", "value": "a"}, "wants a list"),
        ({"field": "kind", "op": "contains", "value": "a"}, "wants a checklist"),
        ({"field": "count", "op": "eq", "value": 3}, "only be filled"),
        ({"field": "kind", "op": "min", "value": 3}, "wants a number"),
        ({"field": "count", "op": "min", "value": "3"}, "wants a number"),
    ],
)
def test_a_condition_that_can_never_hold_is_refused(condition: dict[str, Any], told: str):
    kind = {"key": "kind", "type": "radio", "options": [["a", "甲"], ["b", "乙"]]}
    count = {"key": "count", "type": "int"}

    with pytest.raises(FormDefinitionInvalid, match=told):
        form_of(kind, count, {"key": "it", "type": "text", "visible_when": condition})


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"code": "maybe", "field": "day"}, "unknown code"),
        ({"code": "date_not_after", "field": "nobody", "limit": "today"}, "no such field"),
        ({"code": "date_not_after", "field": "day", "limit": "tomorrow"}, "no limit"),
        ({"code": "date_not_after", "field": "word", "limit": "today"}, "not a date"),
        ({"code": "refused", "field": "word"}, "no condition"),
        ({"code": "date_not_after", "field": "rows.word", "limit": "today"}, "not a date"),
        ({"code": "required", "field": "rows.day", "when": [{"field": "word", "op": "filled"}]}, "only dates"),
        ({"code": "required", "field": "word", "limit": "today"}, "no condition"),
    ],
)
def test_a_faulty_rule_is_refused(rule: dict[str, Any], told: str):
    with pytest.raises(FormDefinitionInvalid, match=told):
        form_of(
            {"key": "day", "type": "date"},
            {"key": "word", "type": "text"},
            {"key": "rows", "type": "table", "columns": [DAY, COURT | {"key": "word"}]},
            rules=[{"message": "不行。", **rule}],
        )


def test_two_fields_of_one_key_are_refused():
    with pytest.raises(FormDefinitionInvalid, match="twice"):
        form_of({"key": "a", "type": "text"}, {"key": "a", "type": "text"})


@pytest.mark.parametrize("definition", [{}, {"key": "a"}, {"key": 1, "version": 1, "title": "a", "sections": []}])
def test_a_form_without_its_parts_is_refused(definition: dict[str, Any]):
    with pytest.raises(FormDefinitionInvalid, match=r"^broken\.json"):
        parse_form(definition, "broken.json")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"key": "other", "version": 1, "title": "甲", "sections": []}', "its key is 'other'"),
        ('{"key": "a", "key": "a", "version": 1, "title": "甲", "sections": []}', "twice"),
        ("{", "Expecting"),  # torn
        ("[]", "is no object"),
    ],
)
def test_what_is_no_form_is_refused_by_the_key_it_was_to_have(text: str, told: str):
    with pytest.raises(FormDefinitionInvalid, match=f"^a: .*{told}"):
        read_definition(text, "a")


def test_a_form_is_read_from_its_text():
    definition = {"key": "a", "version": 1, "title": "甲", "sections": []}

    assert read_definition(json.dumps(definition), "a") == definition
