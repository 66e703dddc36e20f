"""Work at the window behind the pages: a case in coordination, a clock set by hand, people's browsers."""

from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from engine.commands.register_case import RegisterCase
from engine.commands.submit_form import SubmitForm
from engine.domain.actors import Actor
from engine.readmodels.accounts import all_accounts, unit_choices
from engine.timers.sweep import sweep
from tests.conftest import REGISTER
from tests.web.conftest import sign_in

AFTER_THE_LIMIT = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # 09:00 on Friday; it ran out on Thursday at 24:00
MARKET_OFFICE = "云川市市场监督管理局"


def ask(app: Flask, statement: str) -> object:
    """Return one figure from the database."""
    with app.extensions["parts"].sessions() as session:
        return session.execute(text(statement)).scalar()


def person(app: Flask, login: str) -> Actor:
    """Return somebody of the demonstration as one who acts."""
    with app.extensions["parts"].sessions() as session:
        row = next(row for row in all_accounts(session) if row.login == login)
    return Actor(row.id, row.name, row.roles, row.unit_id)


def opened(app: Flask, office: str = MARKET_OFFICE, **changes: object) -> str:
    """Register a case that concerns an office and send it into coordination; return its id."""
    bus = app.extensions["parts"].bus
    with app.extensions["parts"].sessions() as session:
        unit = next(key for key, name in unit_choices(session).items() if name == office)
    command = RegisterCase(process="window_escalation", values={**REGISTER, "depts": [unit], **changes})
    case_id = bus.execute(command, person(app, "lijing"))
    triage = str(ask(app, "SELECT id FROM task WHERE element_id = 'triage'"))
    values = {"decision": "coordinate", "opinion": "涉及查封，需协调法院和市场监管局。"}
    bus.execute(SubmitForm(task_id=triage, values=values), person(app, "lijing"))
    return case_id


def browser_of(app: Flask, login: str) -> FlaskClient:
    """Return a browser in which somebody is signed in."""
    client = app.test_client()
    assert sign_in(client, login) == 303
    return client


def move_to(app: Flask, instant: datetime) -> None:
    """Set the house's clock and carry out what is due by then."""
    parts = app.extensions["parts"]
    parts.bus.clock.at = instant
    sweep(parts.bus, parts.sessions)
