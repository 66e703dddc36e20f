"""Forms in the browser: wrong ones come back as typed, right ones are carried out once, and nothing typed is lost."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from engine.commands.sign_out import SignOut
from engine.domain.actors import SYSTEM
from tests.conftest import REGISTER
from tests.web.conftest import TOKEN, sign_in, token_of

ORIGIN = {"Origin": "http://localhost"}
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
HOLDER = "SELECT login FROM account JOIN task ON holder_id = account.id WHERE task.status = 'open'"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def clerk(fresh: Flask) -> FlaskClient:
    """A clerk at the window, signed in."""
    client = fresh.test_client()
    assert sign_in(client, "wangfang") == 303
    return client


def ask(client: FlaskClient, statement: str) -> Any:
    """Return one figure from the database behind the browser."""
    app = client.application
    with app.extensions["parts"].sessions() as session:
        return session.execute(text(statement)).scalar()


def filled(client: FlaskClient, **changes: Any) -> dict[str, Any]:
    """Return a good registration as a browser sends it."""
    unit = ask(client, "SELECT id FROM unit WHERE name = '云川市市场监督管理局'")
    known = {
        "csrf_token": token_of(client, "/register"),
        "draft": "register:window_escalation",
        "submission": "once",
        "depts": [unit],
    }
    return {**REGISTER, **known, **changes}


def send(client: FlaskClient, path: str, fields: dict[str, Any]) -> TestResponse:
    """Return the answer to a form sent from one of our own pages."""
    return client.post(path, data=fields, headers=ORIGIN)


def end_on_server(client: FlaskClient) -> None:
    """End the browser's session without the browser noticing."""
    digest = ask(client, "SELECT token_digest FROM web_session")
    client.application.extensions["parts"].bus.execute(SignOut(token_digest=digest), SYSTEM)


def task_of(client: FlaskClient, element: str) -> str:
    """Return the open task of a step."""
    return ask(client, f"SELECT id FROM task WHERE element_id = '{element}' AND status = 'open'")  # noqa: S608  # ours


def words_of(answer: TestResponse) -> str:
    """Return a page's text with its character references resolved."""
    return html.unescape(answer.get_data(as_text=True))


def test_a_wrong_form_comes_back_with_every_fault_and_all_that_was_typed(clerk: FlaskClient):
    answer = send(
        clerk,
        "/register/window_escalation",
        filled(clerk, title="太短", phone="123", expectation="把股权变更到本人名下"),
    )

    page = words_of(answer)
    assert answer.status_code == 422
    assert '<a href="#f-title">标题至少5个字，现在只有2个字。</a>' in page
    assert re.search(r'id="f-phone"[^>]*value="123"', page) or re.search(r'value="123"[^>]*id="f-phone"', page)
    assert "把股权变更到本人名下</textarea>" in page
    assert ask(clerk, "SELECT count(*) FROM gov_case") == 0


def test_a_wrong_form_is_there_again_when_one_comes_back_later(clerk: FlaskClient):
    send(clerk, "/register/window_escalation", filled(clerk, title="太短"))

    assert 'value="太短"' in words_of(clerk.get("/register"))


def test_a_right_form_opens_a_case_and_leaves_no_draft(clerk: FlaskClient):
    answer = send(clerk, "/register/window_escalation", filled(clerk))

    assert answer.status_code == 303
    assert "/cases/" in answer.location
    assert ask(clerk, "SELECT count(*) FROM draft") == 0


def test_a_form_sent_twice_opens_one_case_and_leads_there_both_times(clerk: FlaskClient):
    fields = filled(clerk)

    first, second = (
        send(clerk, "/register/window_escalation", fields),
        send(clerk, "/register/window_escalation", fields),
    )

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert ask(clerk, "SELECT count(*) FROM gov_case") == 1


def test_a_wrong_form_keeps_its_key_so_that_the_next_try_still_counts_once(clerk: FlaskClient):
    page = words_of(send(clerk, "/register/window_escalation", filled(clerk, title="太短", submission="the-key")))

    assert ("submission", "the-key") in FIELD.findall(page)


def test_a_draft_sent_by_the_script_is_kept_and_shown_again(clerk: FlaskClient):
    headers = {**ORIGIN, "X-Requested-With": "fetch"}

    answer = clerk.post("/drafts/register:window_escalation", data=filled(clerk, title="写到一半"), headers=headers)

    assert (answer.status_code, answer.data) == (204, b"")
    assert 'value="写到一半"' in words_of(clerk.get("/register"))


def test_a_draft_is_kept_by_a_button_where_there_is_no_script(clerk: FlaskClient):
    answer = send(clerk, "/drafts/register:window_escalation", filled(clerk, title="写到一半"))

    assert (answer.status_code, answer.location) == (303, "/register/window_escalation")
    assert 'value="写到一半"' in words_of(clerk.get("/register"))


def test_a_draft_is_said_to_be_one_and_can_be_emptied(clerk: FlaskClient):
    fields = filled(clerk, title="写到一半")
    send(clerk, "/drafts/register:window_escalation", fields)
    before = words_of(clerk.get("/register"))

    answer = send(clerk, "/drafts/register:window_escalation/clear", fields)

    after = words_of(clerk.get("/register"))
    assert (answer.status_code, answer.location) == (303, "/register/window_escalation")
    assert ("draft-note" in before, "draft-note" in after) == (True, False)
    assert 'value="写到一半"' not in after


def test_a_wrong_form_of_a_task_is_shown_beside_it_on_small_screens_too(fresh: Flask, clerk: FlaskClient):
    send(clerk, "/register/window_escalation", filled(clerk))
    coordinator = fresh.test_client()
    sign_in(coordinator, ask(clerk, HOLDER))
    triage = task_of(clerk, "triage")

    answer = send(coordinator, f"/tasks/{triage}", {"csrf_token": token_of(coordinator, f"/tasks/{triage}")})

    assert answer.status_code == 422
    assert 'class="workbench has-task"' in words_of(answer)


def test_a_draft_for_anothers_task_is_refused(clerk: FlaskClient):
    send(clerk, "/register/window_escalation", filled(clerk))
    triage = task_of(clerk, "triage")

    answer = send(clerk, f"/drafts/{triage}", filled(clerk))

    assert answer.status_code == 404


def test_markup_in_a_text_stays_text_in_the_form_and_on_the_cases_page(clerk: FlaskClient):
    wrong = send(clerk, "/register/window_escalation", filled(clerk, title=SCRIPT + "很长" * 30, windowReply=SCRIPT))
    right = send(clerk, "/register/window_escalation", filled(clerk, title=SCRIPT, windowReply=f"</textarea>{SCRIPT}"))
    page = clerk.get(right.location).get_data(as_text=True)

    assert SCRIPT not in wrong.get_data(as_text=True)
    assert SCRIPT not in page
    assert SCRIPT in html.unescape(page)


@pytest.mark.parametrize(
    ("lose", "status"),
    [
        (lambda client, token: send(client, "/sign-out", {"csrf_token": token}), 400),  # in another tab
        (lambda client, _: end_on_server(client), 401),  # too long idle
    ],
)
def test_what_somebody_signed_out_has_typed_is_their_draft_once_they_sign_in_again(
    clerk: FlaskClient, lose: Callable[[FlaskClient, str], object], status: int
):
    fields = filled(clerk, title="登录超时之前写的标题")
    lose(clerk, fields["csrf_token"])

    lost = send(clerk, "/register/window_escalation", fields)
    page = lost.get_data(as_text=True)
    carried = {name: html.unescape(value) for name, value in FIELD.findall(page)}
    back = send(clerk, "/sign-in", {**carried, "login": "wangfang", "password": "Yunchuan-2026"})

    assert lost.status_code == status
    assert (back.status_code, back.location) == (303, "/register/window_escalation")
    assert 'value="登录超时之前写的标题"' in words_of(clerk.get("/register"))


def test_a_wrong_password_does_not_lose_what_was_typed(clerk: FlaskClient):
    fields = filled(clerk, title="登录超时之前写的标题")
    clerk.delete_cookie("banjie")
    lost = send(clerk, "/register/window_escalation", fields).get_data(as_text=True)
    carried = {name: html.unescape(value) for name, value in FIELD.findall(lost)}

    again = send(clerk, "/sign-in", {**carried, "login": "wangfang", "password": "wrong"})

    still = {name: html.unescape(value) for name, value in FIELD.findall(again.get_data(as_text=True))}
    assert again.status_code == 422
    assert still["kept"] == carried["kept"]


def test_somebody_else_who_signs_in_there_does_not_get_the_draft_of_a_task_that_is_not_theirs(clerk: FlaskClient):
    send(clerk, "/register/window_escalation", filled(clerk))
    triage = task_of(clerk, "triage")
    clerk.delete_cookie("banjie")
    fields = {"csrf_token": token_of(clerk), "kept": "opinion=x", "draft": triage, "next": "/"}

    back = send(clerk, "/sign-in", {**fields, "login": "wangfang", "password": "Yunchuan-2026"})

    assert back.status_code == 303
    assert ask(clerk, "SELECT count(*) FROM draft") == 0


def test_a_page_gone_stale_sends_what_was_typed_after_one_more_click(clerk: FlaskClient):
    fields = filled(clerk, csrf_token="stale", failType=["late", "twice"])

    stale = send(clerk, "/register/window_escalation", fields)
    pairs = [(name, html.unescape(value)) for name, value in FIELD.findall(stale.get_data(as_text=True))]
    again = send(clerk, "/register/window_escalation", {name: [v for n, v in pairs if n == name] for name, _ in pairs})

    assert stale.status_code == 400
    assert again.status_code == 303
    assert '["late", "twice"]' in ask(clerk, "SELECT \"values\" FROM task WHERE form = 'register'")


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_sites_words_are_not_carried_into_our_forms(clerk: FlaskClient, headers: dict[str, str]):
    fields = filled(clerk, csrf_token="stale", title="别的网站写的标题")

    answer = clerk.post("/register/window_escalation", data=fields, headers=headers)

    assert answer.status_code == 400
    assert "别的网站写的标题" not in words_of(answer)


def test_a_task_done_by_somebody_else_meanwhile_shows_what_was_typed(fresh: Flask, clerk: FlaskClient):
    send(clerk, "/register/window_escalation", filled(clerk))
    coordinator = fresh.test_client()
    sign_in(coordinator, ask(clerk, HOLDER))
    triage = task_of(clerk, "triage")
    fields = {"csrf_token": token_of(coordinator, f"/tasks/{triage}"), "decision": "on_spot", "submission": "1"}
    done = send(coordinator, f"/tasks/{triage}", {**fields, "opinion": "现场办理。"})

    late = send(coordinator, f"/tasks/{triage}", {**fields, "submission": "2", "opinion": "写了很久的研判意见。"})

    assert done.status_code == 303
    assert late.status_code == 409
    assert "写了很久的研判意见。" in words_of(late)


def test_a_task_that_is_anothers_is_refused_with_what_was_typed(clerk: FlaskClient):
    send(clerk, "/register/window_escalation", filled(clerk))
    triage = task_of(clerk, "triage")
    fields = {"csrf_token": token_of(clerk, "/register"), "decision": "on_spot", "opinion": "写了很久的研判意见。"}

    answer = send(clerk, f"/tasks/{triage}", fields)

    assert answer.status_code == 403
    assert "写了很久的研判意见。" in words_of(answer)


def test_a_form_that_is_not_there_is_not_found(clerk: FlaskClient):
    answer = send(clerk, "/tasks/nothing", {"csrf_token": token_of(clerk, "/register")})

    assert answer.status_code == 404


def test_every_page_with_a_form_says_what_draft_it_is_of(clerk: FlaskClient):
    page = clerk.get("/register").get_data(as_text=True)

    assert ("draft", "register:window_escalation") in FIELD.findall(page)
    assert TOKEN.search(page)
