"""Signing in, staying in, signing out."""

import importlib

import pytest
from werkzeug.test import Cookie

from tests.databases import PASSWORD
from tests.web.conftest import sign_in, token_of

TRIES = 5  # wrong ones in 15 minutes, after which nobody is heard


def cookie_of(client) -> Cookie:
    cookie = client.get_cookie("banjie")
    assert cookie is not None
    return cookie


def test_the_right_password_leads_to_ones_work(browser):
    answer = browser("lijing").get("/", follow_redirects=True)

    assert answer.request.path == "/inbox"
    assert "李静" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("lijing", "wrong"),  # somebody's login with a wrong password
        ("nobody", PASSWORD),  # no such login
        ("lijing", ""),
    ],
)
def test_a_refusal_does_not_say_whether_the_login_exists(fresh, login, password):
    client = fresh.test_client()

    answer = client.post("/sign-in", data={"login": login, "password": password, "csrf_token": token_of(client)})

    assert answer.status_code == 422
    assert "账号或口令不对" in answer.get_data(as_text=True)


def test_after_five_wrong_tries_the_right_password_is_not_even_looked_at(fresh):
    client = fresh.test_client()

    wrong = [sign_in(client, "lijing", "wrong") for _ in range(TRIES)]
    right = sign_in(client, "lijing")

    assert set(wrong) == {422}
    assert right == 429


def test_one_persons_wrong_tries_do_not_lock_out_a_colleague_at_the_same_address(fresh):
    client = fresh.test_client()

    wrong = [sign_in(client, "lijing", "wrong") for _ in range(TRIES)]

    assert set(wrong) == {422}
    assert sign_in(client, "wangfang") == 303


def test_an_address_that_tries_many_logins_is_not_heard_any_more(fresh, monkeypatch):
    monkeypatch.setattr(importlib.import_module("engine.commands.sign_in"), "MOST_FROM_ADDRESS", TRIES + 1)
    client = fresh.test_client()

    wrong = [sign_in(client, f"guess{n}", "wrong") for n in range(TRIES + 1)]

    assert set(wrong) == {422}
    assert sign_in(client, "lijing") == 429


def test_the_session_before_signing_in_is_worth_nothing_after_it(fresh):
    client, thief = fresh.test_client(), fresh.test_client()
    token_of(client)
    planted = cookie_of(client).value

    sign_in(client, "lijing")
    thief.set_cookie("banjie", planted)

    assert cookie_of(client).value != planted
    assert thief.get("/inbox").status_code == 303


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(fresh):
    client, thief = fresh.test_client(), fresh.test_client()
    sign_in(client, "lijing")
    thief.set_cookie("banjie", cookie_of(client).value)
    assert thief.get("/inbox").status_code == 200

    client.post("/sign-out", data={"csrf_token": token_of(client, "/account")})

    assert thief.get("/inbox").status_code == 303


def test_signing_out_needs_a_post(browser):
    client = browser("lijing")

    assert client.get("/sign-out").status_code == 405
    assert client.get("/inbox").status_code == 200


def test_a_changed_password_ends_every_session(fresh):
    here, elsewhere = fresh.test_client(), fresh.test_client()
    sign_in(here, "lijing")
    sign_in(elsewhere, "lijing")

    form = {"old": PASSWORD, "new": "Another-2027", "csrf_token": token_of(here, "/account")}
    assert here.post("/account/password", data=form).status_code == 303

    assert elsewhere.get("/inbox").status_code == 303
    assert sign_in(here, "lijing", "Another-2027") == 303


def test_the_cookie_holds_no_name_and_no_role(browser):
    client = browser("lijing")

    with client.session_transaction() as kept:
        assert set(kept) <= {"token", "csrf_token"}


def test_who_is_led_to_the_sign_in_comes_back_to_where_they_wanted(app):
    client = app.test_client()
    led = client.get("/cases?q=BCS", follow_redirects=True)
    assert 'name="next" value="/cases?q=BCS"' in led.get_data(as_text=True)

    form = {"login": "lijing", "password": PASSWORD, "csrf_token": token_of(client), "next": "/cases?q=BCS"}

    assert client.post("/sign-in", data=form).location == "/cases?q=BCS"
