"""What goes wrong at the window: each with its status, its words, and nothing lost or half-done."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from engine.commands import HANDLERS
from engine.commands.register_case import RegisterCase
from engine.domain.errors import CalendarEnds
from tests.conftest import REGISTER
from tests.databases import MONDAY_10AM
from tests.web.conftest import token_of
from tests.web.window import AFTER_THE_LIMIT, ask, browser_of, move_to, opened

BEYOND_THE_TABLE = datetime(2090, 1, 3, 2, 0, tzinfo=UTC)
ORIGIN = {"Origin": "http://localhost"}
PAYLOAD = "<img src=x onerror=alert(1)>"


def test_an_unknown_case_is_not_found_and_says_what_to_check(fresh: Flask):
    answer = browser_of(fresh, "wumin").get("/cases/00000000")

    assert answer.status_code == 404
    assert "请核对地址或件号" in answer.get_data(as_text=True)


def test_a_case_that_moved_on_meanwhile_shows_what_was_typed(fresh: Flask):
    opened(fresh)
    client = browser_of(fresh, "lijing")
    task = ask(fresh, "SELECT id FROM task WHERE element_id = 'feedback'")
    form = {"csrf_token": token_of(client, f"/tasks/{task}"), "feedbackText": "已联系三家法院，两家同意解封。"}

    fresh.extensions["parts"].bus.clock.at = MONDAY_10AM + timedelta(hours=1)
    move_to(fresh, AFTER_THE_LIMIT)
    client = browser_of(fresh, "lijing")  # the session had run out with the clock
    form["csrf_token"] = token_of(client, "/account")
    answer = client.post(f"/tasks/{task}", data=form, headers=ORIGIN)

    assert answer.status_code == 409
    assert "已联系三家法院，两家同意解封。" in answer.get_data(as_text=True)
    assert ask(fresh, "SELECT count(*) FROM task WHERE element_id = 'team_research' AND status = 'open'") == 1


def test_the_same_step_handed_in_by_two_browsers_counts_once(fresh: Flask):
    opened(fresh)
    task = ask(fresh, "SELECT id FROM task WHERE element_id = 'dept_opinion'")
    values = {"attitude": "cannot", "basis": "市场主体登记管理条例第八条", "opinion": "查封期间不能变更登记。"}
    first, second = browser_of(fresh, "zhaolei"), browser_of(fresh, "zhaolei")
    answers = [
        one.post(
            f"/tasks/{task}",
            data={**values, "csrf_token": token_of(one, "/account"), "submission": key},
            headers=ORIGIN,
        )
        for one, key in ((first, "a"), (second, "b"))
    ]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert "查封期间不能变更登记。" in answers[1].get_data(as_text=True)


@pytest.mark.parametrize("code", ["AAAAAAAAAAAA", "0", "nonsense", "' OR 1=1 --"])
def test_a_wrong_query_code_says_the_same_whatever_is_wrong_with_it(fresh: Flask, code: str):
    answer = fresh.test_client().get(f"/q/{code}")

    assert answer.status_code == 404
    assert "没有这个查询码" in answer.get_data(as_text=True)


def test_who_tries_query_codes_is_slowed_down_even_with_a_right_one(fresh: Flask):
    opened(fresh)
    right = ask(fresh, "SELECT query_code FROM gov_case")
    client = fresh.test_client()

    wrong = [client.get("/q/AAAAAAAAAAAA").status_code for _ in range(11)]
    answer = client.get(f"/q/{right}")

    assert wrong[:9] == [404] * 9
    assert answer.status_code == 429
    assert "请一分钟后再试" in answer.get_data(as_text=True)


def test_the_citizens_page_tells_nothing_of_flags_or_opinions(fresh: Flask):
    opened(fresh)
    move_to(fresh, AFTER_THE_LIMIT)
    code = ask(fresh, "SELECT query_code FROM gov_case")

    page = fresh.test_client().get(f"/q/{code}").get_data(as_text=True)

    assert ask(fresh, "SELECT count(*) FROM flag") == 2
    assert not re.search("旗标|F03|F05|涉及查封，需协调法院", page)


def test_an_internal_document_is_not_found_by_the_citizen(fresh: Flask):
    opened(fresh)
    move_to(fresh, AFTER_THE_LIMIT)  # the submission to the team is internal
    code = ask(fresh, "SELECT query_code FROM gov_case")
    internal = ask(fresh, "SELECT id FROM document WHERE public = 0")

    assert fresh.test_client().get(f"/q/{code}/documents/{internal}.pdf").status_code == 404


def test_a_date_outside_the_calendar_is_said_and_what_was_typed_is_kept(fresh: Flask, monkeypatch: pytest.MonkeyPatch):
    client = browser_of(fresh, "lijing")
    form = {**REGISTER, "csrf_token": token_of(client, "/register"), "submission": "k"}

    def ends(_command: object, _work: object) -> None:
        raise CalendarEnds(day="2031-01-02")

    monkeypatch.setitem(HANDLERS, RegisterCase, ends)
    answer = client.post("/register/window_escalation", data=form, headers=ORIGIN)

    assert answer.status_code == 422
    assert "超出工作日历" in answer.get_data(as_text=True)
    assert REGISTER["content"] in answer.get_data(as_text=True)
    assert ask(fresh, "SELECT count(*) FROM draft") == 1


@pytest.mark.parametrize("login", ["lijing", "wumin"])
def test_pages_still_come_in_a_year_without_a_calendar(fresh: Flask, login: str):
    case_id = opened(fresh)
    fresh.extensions["parts"].bus.clock.at = BEYOND_THE_TABLE
    client = browser_of(fresh, login)

    answer = client.get(f"/cases/{case_id}")

    assert answer.status_code == 200
    assert "本年度工作日历未加载" in answer.get_data(as_text=True)


def test_markup_in_any_field_stays_text_on_every_page(fresh: Flask):
    fields = {"title": PAYLOAD, "content": PAYLOAD * 2, "windowReply": PAYLOAD, "expectation": PAYLOAD}
    case_id = opened(fresh, **fields, matterName=PAYLOAD, applicantName=PAYLOAD)
    task = ask(fresh, "SELECT id FROM task WHERE element_id = 'feedback'")
    code = ask(fresh, "SELECT query_code FROM gov_case")
    addresses = ["/inbox", f"/tasks/{task}", f"/cases/{case_id}", "/cases?q=%3Cimg", "/notices", f"/q/{code}"]
    client = browser_of(fresh, "lijing")

    pages = {address: client.get(address).get_data(as_text=True) for address in addresses}

    assert [address for address, page in pages.items() if PAYLOAD in page] == []
    assert "&lt;img" in pages[f"/cases/{case_id}"]


def test_looking_at_pages_changes_nothing(fresh: Flask):
    case_id = opened(fresh)
    client = browser_of(fresh, "lijing")
    tables = (
        "gov_case",
        "task",
        "task_holding",
        "case_clock",
        "clock_event",
        "timer",
        "flag",
        "event",
        "draft",
        "notice",
    )
    state = "SELECT " + " || '-' || ".join(f"(SELECT count(*) FROM {table})" for table in tables)  # noqa: S608  # ours
    before = ask(fresh, state)

    for address in ("/inbox", "/register", "/cases", f"/cases/{case_id}", "/flags", "/notices", "/account"):
        client.get(address)

    assert ask(fresh, state) == before
