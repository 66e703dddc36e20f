"""What form.js does, in a real Chromium; every request is answered from memory."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, Route, sync_playwright

from tests.browser.driver import ARGUMENTS, CHROMIUM
from tests.forms.samples import ROOT, shipped
from tests.forms.test_form_macros import CHOICES, MACROS, faults

pytestmark = pytest.mark.browser
SITE = "http://form.test"
STATIC = ROOT.parent / "web" / "static"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'"


class Desk:
    """A page with one form, and what it sent. `draft_answer` is the status the next draft gets."""

    def __init__(self, page: Page) -> None:
        """Answer every request of the page from memory."""
        self.page = page
        self.html = ""
        self.sent: list[tuple[str, dict[str, list[str]], Request]] = []
        self.draft_answer = 204
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on(
            "console",
            lambda message: self.problems.append(message.text) if "Content Security" in message.text else None,
        )
        page.route("**/*", self._answer)

    def open(self, path: str, values: dict[str, Any] | None = None, errors: dict[str, Any] | None = None) -> Page:
        """Show a form and wait for its script."""
        form = MACROS.form(shipped(f"window_escalation/{path}.json"), values, errors, CHOICES)
        self.html = f"""<!doctype html>
            <link rel="stylesheet" href="/css/app.css"><link rel="stylesheet" href="/css/form.css">
            <script src="/js/form.js" defer></script>
            <form method="post" action="/submit" data-draft-url="/draft">
            <input type="hidden" name="csrf_token" value="the-token">
            <input type="hidden" name="submission" value="once">{form}
            <button type="submit">OK</button>{MACROS.draft_status()}</form>"""
        self.page.goto(SITE)
        self.page.wait_for_selector("form[data-ready]")
        return self.page

    def of(self, path: str) -> list[dict[str, list[str]]]:
        """Return the fields of everything sent there, but for the token."""
        sent = [fields for sent_to, fields, _request in self.sent if sent_to == path]
        return [{name: typed for name, typed in fields.items() if name != "csrf_token"} for fields in sent]

    def _answer(self, route: Route) -> None:
        request = route.request
        path = request.url.removeprefix(SITE)
        if request.method == "POST":
            self.sent.append((path, parse_qs(request.post_data or ""), request))
            route.fulfill(status=self.draft_answer if path == "/draft" else 200, body="", content_type="text/html")
        elif path.startswith(("/css/", "/js/")):
            route.fulfill(path=STATIC / path.removeprefix("/"))
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=headers)


def questions(page: Page) -> list[str]:
    """Return the kinds of questions the page will have asked; each is answered with yes."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return asked


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all tests of this module."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    """Return an empty page; a script error or a breach of the content security policy fails the test."""
    page = browser.new_page()
    desk = Desk(page)
    yield desk
    page.close()
    assert desk.problems == []


def test_fields_come_and_go_with_what_they_hang_on(desk: Desk):
    page = desk.open("triage")

    hidden_at_first = page.is_hidden("#f-remedy")
    page.check("#f-decision-3")

    assert hidden_at_first
    assert page.is_visible("#f-remedy")
    assert page.is_enabled("#f-remedy")


@pytest.mark.parametrize(
    ("path", "act", "shown"),
    [
        ("register", "#f-judicialLink", "#f-courtDoc"),  # a yes-or-no, true
        ("tell_citizen", "#f-reached-2", "#f-attempts"),  # a yes-or-no, false
        ("register", "#f-failType-8", "#f-failOther"),  # one of several boxes
        ("dept_opinion", "#f-attitude-2", "#f-basis"),  # one of a list
        ("rate", "#f-score-5", "#f-reasons"),
    ],
)
def test_each_kind_of_condition_is_understood(desk: Desk, path: str, act: str, shown: str):
    page = desk.open(path)

    before = page.is_hidden(shown)
    page.check(act)

    assert (before, page.is_hidden(shown)) == (True, False)


def test_the_case_of_twice_is_ticked_by_the_second_visit(desk: Desk):
    page = desk.open("register")

    page.fill("#f-visitCount", "1")
    once = page.is_checked("#f-failType-3")
    page.fill("#f-visitCount", "12")

    assert (once, page.is_checked("#f-failType-3")) == (False, True)


def test_a_section_without_anything_to_fill_in_is_hidden(desk: Desk):
    page = desk.open("feedback")

    headings = page.locator(".form-section:visible > h2").all_inner_texts()

    assert headings == ["告知反映人的内容", "下一步"]


def test_an_anonymous_applicant_is_not_asked_for_a_telephone_number(desk: Desk):
    page = desk.open("register")

    page.fill("#f-applicantName", "匿名")

    assert page.is_hidden("#f-phone")


def test_enter_goes_to_the_next_field_and_does_not_submit(desk: Desk):
    page = desk.open("register")

    page.focus("#f-matterName")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "f-matterCode"
    assert desk.of("/submit") == []


def test_the_input_methods_own_enter_stays_where_it_is(desk: Desk):
    page = desk.open("register")
    page.focus("#f-matterName")

    page.evaluate(
        """document.activeElement.dispatchEvent(new KeyboardEvent(
            'keydown', {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"""
    )

    assert page.evaluate("document.activeElement.id") == "f-matterName"


def test_a_digit_picks_a_radio(desk: Desk):
    page = desk.open("triage")

    page.focus("#f-decision")
    page.keyboard.press("3")

    assert page.is_checked("#f-decision-3")
    assert page.is_visible("#f-remedy")


@pytest.mark.parametrize("typed", ["20261120", "２０２６１１２０", "2026-11-20"])
def test_a_date_is_spelt_out_on_leaving(desk: Desk, typed: str):
    page = desk.open("register")

    page.fill("#f-firstApplyDate", typed)
    page.focus("#f-matterName")

    assert page.input_value("#f-firstApplyDate") == "2026-11-20"


def test_rows_are_added_and_removed(desk: Desk):
    page = desk.open("team_research", {"visits": [{"body": "甲法院"}, {"body": "乙法院"}]})

    page.click("[data-add-row]")
    page.keyboard.type("20261124")
    page.fill("#f-visits-4-body", "丙法院")
    page.click("#f-visits-0 [data-remove-row]")

    assert page.locator("tbody tr td.row-number").all_inner_texts() == ["1", "2"]
    assert [page.input_value(f"#f-visits-{row}-body") for row in (1, 4)] == ["乙法院", "丙法院"]
    assert page.input_value("#f-visits-4-date") == "2026-11-24"


def test_the_last_row_is_emptied_and_stays(desk: Desk):
    page = desk.open("team_research", {"visits": [{"body": "甲法院"}]})

    page.click("[data-remove-row]")

    assert page.input_value("#f-visits-0-body") == ""


def test_control_enter_submits_once_with_the_key_of_the_submission(desk: Desk):
    page = desk.open("triage")
    page.check("#f-decision")
    page.fill("#f-opinion", "能办。")

    with page.expect_navigation():
        page.evaluate("() => { const f = document.forms[0]; f.requestSubmit(); f.requestSubmit(); }")

    assert desk.of("/submit") == [{"submission": ["once"], "decision": ["on_spot"], "opinion": ["能办。"]}]


def test_ctrl_enter_in_a_text_submits(desk: Desk):
    page = desk.open("triage")
    page.focus("#f-opinion")

    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    assert len(desk.of("/submit")) == 1


def test_a_draft_is_kept_while_typing_and_asks_for_a_bare_answer(desk: Desk):
    page = desk.open("triage")

    page.type("#f-opinion", "写到一半")
    page.wait_for_selector("[data-draft-status]:text-matches('^Draft kept [0-9]{2}:[0-9]{2}$')")

    assert desk.of("/draft") == [{"submission": ["once"], "opinion": ["写到一半"]}]
    assert desk.sent[0][1]["csrf_token"] == ["the-token"]
    assert desk.sent[0][2].headers["x-requested-with"] == "fetch"


def test_a_draft_that_was_not_kept_says_so_and_warns_on_leaving(desk: Desk):
    page = desk.open("triage")
    desk.draft_answer = 500
    asked = questions(page)

    page.type("#f-opinion", "写到一半")
    page.wait_for_selector("[data-draft-status].failed")
    page.reload()

    assert asked == ["beforeunload"]
    desk.problems.clear()


def test_nobody_is_warned_when_the_draft_was_kept(desk: Desk):
    page = desk.open("triage")
    asked = questions(page)

    page.type("#f-opinion", "写到一半")
    page.wait_for_selector("[data-draft-status]:has-text('Draft kept')")
    page.reload()

    assert asked == []


def test_what_is_wrong_has_the_focus_after_loading(desk: Desk):
    page = desk.open("triage", {}, faults("window_escalation/triage.json", {}))

    assert page.evaluate("document.activeElement.id") == "f-0-errors"


def test_characters_are_counted_as_the_server_counts_them(desk: Desk):
    page = desk.open("triage")

    page.fill("#f-opinion", "𠮷" * 501)

    assert page.inner_text("#f-opinion-count") == "501 / 500"
    assert "too-long" in (page.get_attribute("#f-opinion-count", "class") or "")
