"""What every request must pass: a rule for its address, a token, the right host, a size."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.web.conftest import sign_in, token_of
from web.access import ANYONE, rules

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
LOGINS = {  # one of each kind: login → roles, as the demonstration has them
    "wangfang": {"window_clerk"},
    "lijing": {"coordinator", "window_clerk"},
    "zhaolei": {"dept_chief"},
    "chengang": {"team_deputy"},
    "hejun": {"team_lead"},
    "zhouting": {"efficiency_office"},
    "wumin": {"supervisor"},
    "liuyang": {"duty_leader"},
    "admin": {"admin"},
}


def address(app: Flask, rule: Rule) -> str:
    """Return the rule's address with a made-up number wherever it wants one."""
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "0" * 8)))


def routes(app: Flask, *, unsafe: bool) -> list[Rule]:
    """Return the rules that change something, or those that only show."""
    return [r for r in app.url_map.iter_rules() if bool(UNSAFE & (r.methods or set())) is unsafe]


def test_every_route_says_who_may_see_it(app):
    said = rules(app)

    assert [endpoint for endpoint, allowed in said.items() if not allowed and endpoint != "static"] == []


def test_a_route_that_says_nothing_is_seen_by_nobody(fresh):
    fresh.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    client = fresh.test_client()
    sign_in(client, "admin")

    assert client.get("/forgotten").status_code in {403, 404}


def test_nobody_sees_anything_without_signing_in_but_what_is_for_everybody(app):
    client, said = app.test_client(), rules(app)
    guarded = [r for r in routes(app, unsafe=False) if r.endpoint != "static" and said[r.endpoint] != ANYONE]

    answers = {r.endpoint: client.get(address(app, r)) for r in guarded}

    assert {a.status_code for a in answers.values()} == {303}
    assert all(a.location.startswith("/sign-in") for a in answers.values())


@pytest.mark.parametrize("login", LOGINS)
def test_every_page_refuses_every_role_it_is_not_for(app, browser, login):
    client, said = browser(login), rules(app)
    listed = [
        r for r in routes(app, unsafe=False) if said.get(r.endpoint) and not said[r.endpoint] & {"anyone", "signed_in"}
    ]
    foreign = [r for r in listed if LOGINS[login].isdisjoint(said[r.endpoint])]

    answers = {r.endpoint: client.get(address(app, r)).status_code for r in foreign}

    assert {e: status for e, status in answers.items() if status not in {403, 404}} == {}


@pytest.mark.parametrize("login", LOGINS)
def test_every_action_refuses_every_role_it_is_not_for(app, browser, login):
    client, said = browser(login), rules(app)
    form = {"csrf_token": token_of(client, "/account")}
    listed = [r for r in routes(app, unsafe=True) if not said[r.endpoint] & {"anyone", "signed_in"}]
    foreign = [r for r in listed if LOGINS[login].isdisjoint(said[r.endpoint])]

    answers = {r.endpoint: client.post(address(app, r), data=form).status_code for r in foreign}

    assert {e: status for e, status in answers.items() if status not in {403, 404}} == {}


def test_no_action_is_carried_out_without_a_token(app, browser):
    client = browser("lijing")

    answers = {r.endpoint: client.post(address(app, r)).status_code for r in routes(app, unsafe=True)}

    assert set(answers.values()) == {400}
    assert len(answers) > 8


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},  # another host of the same city's domain is another site to us
        {"Origin": "https://evil.example"},  # a browser too old to send Sec-Fetch-Site
        {"Origin": "null"},  # a sandboxed frame
    ],
)
def test_another_sites_page_cannot_act_even_with_the_token(app, headers):
    client = app.test_client()
    form = {"login": "lijing", "password": "x", "csrf_token": token_of(client)}

    answer = client.post("/sign-in", data=form, headers=headers)

    assert answer.status_code in {400, 403}


def test_our_own_page_can_act(app):
    client = app.test_client()
    form = {"login": "lijing", "password": "x", "csrf_token": token_of(client)}

    answer = client.post("/sign-in", data=form, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 422  # a wrong password, but the request itself was heard


def test_an_unknown_host_is_refused_and_told_so(app):
    answer = app.test_client().get("/sign-in", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.get_data(as_text=True)


def test_more_than_25_mb_are_refused(app):
    client = app.test_client()
    announced = {"CONTENT_LENGTH": str(25 * 1024 * 1024 + 1)}  # refused by what it says, before it is read

    answer = client.post("/sign-in", data={"csrf_token": token_of(client)}, environ_overrides=announced)

    assert app.config["MAX_CONTENT_LENGTH"] == 25 * 1024 * 1024
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "/\t/evil.example",  # browsers drop the tab: //evil.example
        "/\n/evil.example",
        " //evil.example",
        "evil.example",
    ],
)
def test_signing_in_never_leads_to_another_site(app, target):
    client = app.test_client()
    form = {"login": "lijing", "password": "Yunchuan-2026", "csrf_token": token_of(client), "next": target}

    answer = client.post("/sign-in", data=form)

    assert answer.status_code == 303
    assert answer.location == "/"
