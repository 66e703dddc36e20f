"""Who may go where: every route, walked as every role and as nobody, against one table of rules."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engine.commands.add_account import AddAccount
from engine.commands.register_case import RegisterCase
from engine.domain.actors import SYSTEM, Actor
from engine.readmodels import dossier
from engine.readmodels.accounts import all_accounts, unit_choices
from engine.readmodels.tasks import of_case
from tests.conftest import REGISTER
from tests.databases import PASSWORD
from tests.web.conftest import sign_in, token_of

WINDOW = {"window_clerk", "coordinator"}
TEAM = {"team_deputy", "team_lead"}
STAFF = {*WINDOW, *TEAM, "dept_chief", "efficiency_office"}
OVERSIGHT = {"supervisor", "duty_leader", "efficiency_office"}
OFFICE = STAFF | OVERSIGHT
DESIGNERS = {"designer", "admin"}
ROLES = sorted({*OFFICE, *DESIGNERS})
EVERYBODY, SIGNED_IN = {*ROLES, "none", "nobody"}, {*ROLES, "none"}  # "none" is signed in without any role

RIGHTS = {
    "account.home": EVERYBODY,
    "account.sign_in": EVERYBODY,
    "account.begin_session": EVERYBODY,
    "account.view": EVERYBODY,
    "citizen.ask": EVERYBODY,
    "citizen.show": EVERYBODY,
    "citizen.rate": EVERYBODY,
    "citizen.document": EVERYBODY,
    "account.end_session": SIGNED_IN,
    "account.profile": SIGNED_IN,
    "account.change_password": SIGNED_IN,
    "account.notices": SIGNED_IN,
    "account.read_notices": SIGNED_IN,
    "desk.keep_draft": SIGNED_IN,
    "desk.clear_draft": SIGNED_IN,
    "desk.inbox": STAFF,
    "desk.show_task": STAFF,
    "desk.submit_task": STAFF,
    "desk.claim": STAFF,
    "desk.reassign": OFFICE,
    "operations.unclaim": STAFF,
    "operations.comment": OFFICE,
    "operations.urge": OFFICE,
    "operations.answer": STAFF,
    "registering.first": WINDOW,
    "registering.form": WINDOW,
    "registering.open_case": WINDOW,
    "desk.team": TEAM,
    "cases.search": OFFICE,
    "cases.show": OFFICE,
    "cases.diagram": OFFICE,
    "cases.diagram_state": OFFICE,
    "cases.document": OFFICE,
    "cases.pause_clock": {"team_lead", "duty_leader"},
    "cases.enter_late_pause": {"team_lead", "duty_leader"},
    "cases.resume_clock": {"team_lead", "duty_leader", "team_deputy", "coordinator"},
    "boards.show": OVERSIGHT,
    "boards.move_clock": {"supervisor", "admin"},
    "flags.index": OFFICE,
    "flags.show": OFFICE,
    "flags.review": OFFICE,
    "calendar.show": {"admin", "supervisor"},
    "calendar.propose": {"admin"},
    "calendar.show_proposal": {"admin"},
    "calendar.decide": {"admin"},
    "self_check.show": {"admin", "supervisor"},
    "self_check.run": {"admin"},
    "designer.show": DESIGNERS,
    "designer.evaluate": DESIGNERS,
    "designer.check": DESIGNERS,
    "designer.decide": DESIGNERS,
    "account.people": {"supervisor", "admin"},
    "interventions.index": {"admin"},
    "interventions.migrate": {"admin"},
    "interventions.show": {"admin"},
    "interventions.move": {"admin"},
    "interventions.change": {"admin"},
    "interventions.undo": {"admin"},
    "interventions.retry": {"admin"},
}


def routes(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Yield every route with its method and an address, with a real process and made-up numbers in it."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            named = dict.fromkeys(rule.arguments, "0" * 8) | {"process": "window_escalation"}
            built = app.url_map.bind("localhost").build(rule.endpoint, named, method)
            yield rule, method, str(built)


def refused(answer: TestResponse) -> bool:
    """Return whether the guard at the door sent somebody away: to the sign-in, or with 401 or 403."""
    return answer.status_code in {401, 403} or answer.headers.get("Location", "").startswith("/sign-in?")


def walked(app: Flask, client: FlaskClient, token: str) -> set[str]:
    """Return the endpoints that let the browser in; signing out is tried last."""
    seen: set[str] = set()
    for rule, method, address in sorted(routes(app), key=lambda route: route[0].endpoint == "account.end_session"):
        answer = client.open(address, method=method, data={"csrf_token": token} if method == "POST" else None)
        if not refused(answer):
            seen.add(rule.endpoint)
    return seen - {"static"}


def enrol(app: Flask, login: str, roles: set[str], unit_id: str | None = None) -> Actor:
    """Give somebody an account with exactly these roles."""
    account = AddAccount(login=login, name=login, password=PASSWORD, roles=frozenset(roles), unit_id=unit_id)
    return Actor(app.extensions["parts"].bus.execute(account, SYSTEM), login, frozenset(roles), unit_id)


def test_every_route_has_a_rule_and_every_rule_a_route(app: Flask):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"} == set(RIGHTS)


def test_nobody_enters_where_one_has_to_sign_in(app: Flask):
    client = app.test_client()

    assert walked(app, client, token_of(client)) == {name for name, who in RIGHTS.items() if "nobody" in who}


@pytest.mark.parametrize("role", [*ROLES, "none"])
def test_a_role_enters_exactly_where_its_rules_say(fresh: Flask, role: str):
    enrol(fresh, "someone", {role} - {"none"})
    client = fresh.test_client()
    assert sign_in(client, "someone") == 303

    assert walked(fresh, client, token_of(client, "/account")) == {name for name, who in RIGHTS.items() if role in who}


def test_a_route_without_a_rule_lets_nobody_in(fresh: Flask):
    fresh.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    client = fresh.test_client()
    sign_in(client, "admin")

    assert client.get("/forgotten").status_code == 403


@pytest.fixture
def objects(fresh: Flask) -> list[tuple[str, str]]:
    """All that belongs to a case of Li Jing's which concerns the market regulation office, as (method, address)."""
    parts = fresh.extensions["parts"]
    with parts.sessions() as session:
        person = next(row for row in all_accounts(session) if row.login == "lijing")
        unit = next(key for key, name in unit_choices(session).items() if "市场监督" in name)
    command = RegisterCase(process="window_escalation", values={**REGISTER, "depts": [unit]})
    case_id = parts.bus.execute(command, Actor(person.id, person.name, person.roles, person.unit_id))
    with parts.sessions() as session:
        task = of_case(session, case_id)[0].id
        paper = dossier.documents_of(session, case_id)[0].id
        clock = dossier.clocks_of(session, case_id)[0].id
    return [
        ("GET", f"/cases/{case_id}"),
        ("GET", f"/cases/{case_id}/diagram.bpmn"),
        ("GET", f"/cases/{case_id}/diagram.json"),
        ("GET", f"/documents/{paper}.pdf"),
        ("GET", f"/tasks/{task}"),
        ("POST", f"/tasks/{task}"),
        ("POST", f"/tasks/{task}/claim"),
        ("POST", f"/tasks/{task}/reassign"),
        *[("POST", f"/tasks/{task}/{what}") for what in ("unclaim", "comment", "urge", "answer")],
        ("POST", f"/drafts/{task}"),
        ("POST", f"/cases/{case_id}/clocks/{clock}/pause"),
        ("POST", f"/cases/{case_id}/clocks/{clock}/late-pause"),
        ("POST", f"/cases/{case_id}/clocks/{clock}/resume"),
    ]


@pytest.mark.parametrize("role", ["coordinator", "dept_chief", "admin", "none"])
def test_who_has_nothing_to_do_with_a_case_reaches_nothing_of_it(
    fresh: Flask, objects: list[tuple[str, str]], role: str
):
    enrol(fresh, "stranger", {role} - {"none"})
    client = fresh.test_client()
    sign_in(client, "stranger")
    form = {"csrf_token": token_of(client, "/account")}

    answers = {f"{method} {path}": client.open(path, method=method, data=form).status_code for method, path in objects}

    assert {path: status for path, status in answers.items() if status not in {403, 404}} == {}
