"""The macros draw every form accessibly, with Jinja alone."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forms.definition import Form
from forms.showing import displayed
from forms.validation import FormInvalid, load
from tests.forms.samples import CHOICES, FILLED, PATHS, REGISTER, ROOT, TODAY, UNITS, form_of, shipped

TEMPLATES = ROOT.parent / "web" / "templates"
CONTROLS = ("input", "select", "textarea")
JINJA = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"], undefined=StrictUndefined
)
JINJA.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # added by the extension
MACROS: Any = JINJA.get_template("_form.html").module


class Page(HTMLParser):
    """The tags of a drawn form with their attributes, and all text."""

    def __init__(self, html: str) -> None:
        """Read the markup."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data

    def values(self, name: str, *tags: str) -> list[str]:
        """Return one attribute of all tags that have it, or of these tags."""
        return [a[name] or "" for tag, a in self.tags if name in a and (not tags or tag in tags)]

    def tag(self, id_: str) -> dict[str, str | None]:
        """Return the attributes of the tag with that id."""
        return next(a for _tag, a in self.tags if a.get("id") == id_)


def drawn(form: Form, values: dict[str, Any] | None = None, errors: dict[str, Any] | None = None) -> Page:
    """Return the form as drawn."""
    return Page(str(MACROS.form(form, values, errors, CHOICES)))


def faults(path: str, raw: dict[str, Any]) -> dict[str, Any]:
    """Return what is wrong with these values."""
    with pytest.raises(FormInvalid) as refused:
        load(shipped(path), raw, TODAY, CHOICES)
    return refused.value.fields


def states(path: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the form empty, filled, and with every fault that an empty one has."""
    return [({}, {}), (FILLED[path], {}), ({}, faults(path, {}))]


@pytest.mark.parametrize("path", PATHS)
def test_every_id_is_there_once_and_every_reference_leads_to_one(path: str):
    pages = [drawn(shipped(path), values, errors) for values, errors in states(path)]

    for page in pages:
        ids = Counter(page.values("id"))
        referred = {
            i for name in ("for", "aria-labelledby", "aria-describedby") for v in page.values(name) for i in v.split()
        }
        links = {link.removeprefix("#") for link in page.values("href")}
        assert [i for i, count in ids.items() if count > 1] == []
        assert (referred | links) - set(ids) == set()


@pytest.mark.parametrize("path", PATHS)
def test_every_control_has_a_label_and_a_name_of_the_form(path: str):
    form = shipped(path)

    page = drawn(form, FILLED[path])

    labelled = set(page.values("for", "label"))
    assert set(page.values("id", *CONTROLS)) <= labelled
    keys = {name.split("-")[0] for name in page.values("name", *CONTROLS)}
    assert keys == {field.key for field in form.fields if field.type != "static"}


@pytest.mark.parametrize("path", PATHS)
def test_nothing_inline_is_drawn(path: str):
    page = drawn(shipped(path), FILLED[path], faults(path, {}))

    assert "style" not in {name for _tag, attributes in page.tags for name in attributes}
    assert [name for _tag, attributes in page.tags for name in attributes if name.startswith("on")] == []
    assert {"script", "style"} & {tag for tag, _attributes in page.tags} == set()


@pytest.mark.parametrize("path", PATHS)
def test_every_fault_is_told_in_the_summary_and_at_its_field(path: str):
    errors = faults(path, {})

    page = drawn(shipped(path), {}, errors)

    assert page.tag("f-0-errors")["role"] == "alert"
    assert page.tag("f-0-errors")["tabindex"] == "-1"
    assert page.values("href") == [f"#f-{field.key}" for field in shipped(path).fields if field.key in errors]
    assert all(page.text.count(told[0]) == 2 for told in errors.values())


@pytest.mark.parametrize("path", PATHS)
def test_what_was_typed_and_what_was_stored_are_drawn_the_same(path: str):
    form = shipped(path)

    stored = drawn(form, load(form, FILLED[path], TODAY, CHOICES))

    chosen = [(a["name"], a["value"]) for _tag, a in stored.tags if "checked" in a]
    typed = [(a["name"], a["value"]) for _tag, a in drawn(form, FILLED[path]).tags if "checked" in a]
    assert chosen == typed


def test_a_faulty_field_says_so_to_a_screen_reader():
    page = drawn(shipped("window_escalation/register.json"), {}, {"title": ["请填写标题。"]})

    title = page.tag("f-title")
    assert (title["aria-invalid"], title["aria-required"]) == ("true", "true")
    assert title["aria-describedby"] == "f-title-hint f-title-error"


def test_values_are_drawn_where_they_belong():
    page = drawn(shipped("window_escalation/register.json"), REGISTER)

    checked = {(a["name"], a["value"]) for _tag, a in page.tags if "checked" in a}
    assert {("urgency", "urgent"), ("judicialLink", "true")} <= checked
    assert {
        ("failType", "twice"),
        ("failType", "grey"),
        ("depts", "u-market"),
        ("smsConsent", "true"),
    } <= checked
    assert ("failType", "late") not in checked
    assert page.tag("f-visitCount")["value"] == "4"
    assert [a["value"] for tag, a in page.tags if tag == "option" and "selected" in a] == [
        "window",
        "window",
        "qinghe",
    ]


def test_nothing_typed_becomes_markup():
    raw = {"title": '"><script>alert(1)</script>', "content": "</textarea><img src=x>"}

    html = str(MACROS.form(shipped("window_escalation/register.json"), raw, {"title": ["<b>"]}, CHOICES))

    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html


def test_a_condition_travels_with_its_field():
    page = drawn(shipped("window_escalation/register.json"))

    when = {a["data-field"]: a.get("data-when") for _tag, a in page.tags if "data-field" in a}
    assert when["courtDoc"] == '{"field": "judicialLink", "op": "eq", "value": true}'
    assert when["title"] is None


def test_digits_stand_beside_the_options_of_a_radio():
    html = str(MACROS.form(shipped("window_escalation/triage.json"), {}, {}, CHOICES))

    assert re.findall(r"<kbd[^>]*>(\d)</kbd>", html) == ["1", "2", "3"]


def test_a_table_can_be_filled_without_javascript():
    page = drawn(shipped("window_escalation/team_research.json"), {"visits": [{"body": "青禾区人民法院"}]})

    names = page.values("name", "input")
    assert {f"visits-{row}-body" for row in (0, 1, 2)} < set(names)
    assert page.tag("f-visits-0-body")["value"] == "青禾区人民法院"
    assert [a["id"] for _tag, a in page.tags if "data-spare" in a] == ["f-visits-1", "f-visits-2"]
    assert all("hidden" in a for _tag, a in page.tags if "data-add-row" in a or "data-remove-row" in a)


def test_a_full_table_has_no_spare_rows():
    column = {"key": "a", "type": "text", "label": "甲"}
    form = form_of({"key": "rows", "type": "table", "columns": [column], "max_rows": 2})

    page = drawn(form, {"rows": [{"a": "一"}, {"a": "二"}]})

    assert page.values("name", "input") == ["rows-0-a", "rows-1-a", "rows-__row__-a"]


def test_a_fault_in_a_table_leads_to_its_cell():
    path = "window_escalation/team_research.json"
    raw = {**FILLED[path], "visits": [{"date": "20261399", "body": "法院", "result": "好"}]}

    page = drawn(shipped(path), raw, faults(path, raw))

    assert page.values("href") == ["#f-visits-0-date"]
    assert page.tag("f-visits-0-date")["aria-describedby"] == "f-visits-0-date-error"
    assert "Row 1" in page.text


def test_the_summary_counts_every_fault_once():
    path = "window_escalation/team_research.json"
    raw = {"visits": [{"date": "20261123"}], "research": "三家法院均已同意。"}

    page = drawn(shipped(path), raw, faults(path, raw))

    assert "4 fields need correcting" in page.text  # two cells, two fields
    assert len(page.values("href")) == 4


def test_a_row_that_is_no_row_and_a_column_that_is_none_are_told_at_the_row():
    errors = {"visits": {0: {"": ["这一行的内容无法识别。"]}, 1: {"owner": ["本表没有这一项。"]}}}

    page = drawn(shipped("window_escalation/team_research.json"), {"visits": [{}, {}]}, errors)

    assert page.values("href") == ["#f-visits-0", "#f-visits-1"]
    assert {"f-visits-0", "f-visits-1"} <= set(page.values("id"))


def test_a_fault_of_a_field_that_is_not_there_is_told_without_a_link():
    page = drawn(shipped("window_escalation/triage.json"), {}, {"status": ["本表没有这一项。"]})

    assert page.values("href") == []
    assert "status: 本表没有这一项。" in page.text


@pytest.mark.parametrize(
    "kind", ["text", "textarea", "int", "money", "date", "datetime", "mobile", "phone", "uscc", "idcard"]
)
def test_every_typed_field_draws_its_value(kind: str):
    page = Page(str(MACROS.form(form_of({"key": "it", "type": kind, "unit": "元"}), {"it": "123"}, {}, {})))

    assert page.tag("f-it").get("value", page.text.strip().split("\n")[-1]) == "123"


def test_a_unit_is_chosen_by_name_and_a_static_text_has_no_control():
    form = form_of(
        {"key": "who", "type": "unit"}, {"key": "note", "type": "static", "label": "提示", "hint": "看这里。"}
    )

    page = drawn(form, {"who": "u-housing"})

    assert [a["value"] for tag, a in page.tags if tag == "option"] == ["", *UNITS]
    assert [a["value"] for tag, a in page.tags if tag == "option" and "selected" in a] == ["u-housing"]
    assert page.values("name") == ["who"]
    assert "看这里。" in page.text


def test_the_read_only_view_shows_labels_and_words():
    form = shipped("window_escalation/register.json")

    page = Page(str(MACROS.facts(displayed(form, load(form, REGISTER, TODAY, CHOICES), UNITS))))

    assert "市场监督管理局" in page.text
    assert "2026年7月13日" in page.text
    assert [tag for tag, _attributes in page.tags if tag in CONTROLS] == []


def test_the_draft_status_carries_its_wording():
    status = Page(str(MACROS.draft_status())).tags[0][1]

    assert {"data-draft-status", "data-kept", "data-failed"} <= set(status)
    assert status["role"] == "status"


def test_the_style_sheet_needs_no_newer_browser_than_chromium_86():
    css = Path(ROOT.parent / "web/static/css/form.css").read_text()

    newer = r":is\(|:where\(|:has\(|\binset\s*:|aspect-ratio|@layer|color-mix|accent-color|dvh|@container"
    assert re.findall(newer, css) == []
