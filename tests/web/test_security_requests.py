"""What every request must pass: a rule for its address, a token, the right host, a size."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.web.conftest import token_of

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def address(app: Flask, rule: Rule) -> str:
    """Return the rule's address with a made-up number wherever it wants one."""
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "0" * 8)))


def routes(app: Flask, *, unsafe: bool) -> list[Rule]:
    """Return the rules that change something, or those that only show."""
    return [r for r in app.url_map.iter_rules() if bool(UNSAFE & (r.methods or set())) is unsafe]


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
