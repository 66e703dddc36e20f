"""The administrator's pages: moving a token, changing a variable, taking back, moving cases to a version."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.commands.register_case import RegisterCase
from engine.domain.actors import SYSTEM, Actor
from engine.readmodels.accounts import all_accounts, unit_choices
from engine.readmodels.interventions import running_instances
from engine.seeding import bundle_of
from tests.conftest import REGISTER, ROOT
from tests.web.conftest import sign_in, token_of
from tests.web.window import AFTER_THE_LIMIT, browser_of, move_to, opened


@pytest.fixture
def case_id(fresh: Flask) -> str:
    """A case that was registered at the window."""
    parts = fresh.extensions["parts"]
    with parts.sessions() as session:
        person = next(row for row in all_accounts(session) if row.login == "lijing")
        unit = next(key for key, name in unit_choices(session).items() if "市场监督" in name)
    command = RegisterCase(process="window_escalation", values={**REGISTER, "depts": [unit]})
    return str(parts.bus.execute(command, Actor(person.id, person.name, person.roles, person.unit_id)))


@pytest.fixture
def admin(fresh: Flask) -> FlaskClient:
    """The administrator's browser."""
    client = fresh.test_client()
    sign_in(client, "admin")
    return client


def post(client: FlaskClient, address: str, **fields: str) -> str:
    """Send a form as the page does; return the page one comes to."""
    data = {"csrf_token": token_of(client, "/account"), "reason": "系统故障，按领导批示处理", **fields}
    return client.post(address, data=data, follow_redirects=True).text


def instance_of(app: Flask, case_id: str) -> str:
    """Return the running process of a case."""
    with app.extensions["parts"].sessions() as session:
        return running_instances(session, case_id)[0].id


def test_a_token_is_moved_and_back_again(fresh: Flask, admin: FlaskClient, case_id: str):
    page = admin.get(f"/interventions/{case_id}").text
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found

    instance = instance_of(fresh, case_id)
    moved = post(admin, f"/interventions/{case_id}/move", instance=instance, token=found[1], element="solve_now")
    back = post(admin, f"/interventions/{case_id}/undo", instance=instance)

    assert "已记入该件的办理记录" in moved
    assert "<h3>直接办结</h3>" in moved or "solve_now" not in moved
    assert found[1] in back


def test_a_variable_is_changed_and_nonsense_is_refused_in_words(fresh: Flask, admin: FlaskClient, case_id: str):
    address, instance = f"/interventions/{case_id}/variable", instance_of(fresh, case_id)

    changed = post(admin, address, instance=instance, name="register", value='{"urgency": "critical"}')
    refused = post(admin, address, instance=instance, name="register", value="{")

    assert "critical" in changed
    assert "变量的值不是有效的JSON。" in refused


def test_cases_are_moved_to_a_version_after_a_rehearsal(fresh: Flask, admin: FlaskClient, case_id: str):
    bundle = bundle_of(ROOT / "workflows/window_escalation", ROOT / "forms")
    digest = str(fresh.extensions["parts"].bus.execute(replace(bundle, diagram=bundle.diagram + b"\n"), SYSTEM))
    chosen = {"instance": instance_of(fresh, case_id), "digest": digest}

    rehearsed = post(admin, "/interventions/versions", **chosen, do="rehearse")
    moved = post(admin, "/interventions/versions", **chosen, do="move")
    again = post(admin, "/interventions/versions", **chosen, do="move")

    assert ("可以迁移" in rehearsed, "已迁移" in moved) == (True, True)
    assert "该件已在这个版本上运行。" in again


def test_a_case_that_cannot_move_says_why(fresh: Flask, admin: FlaskClient, case_id: str):
    bundle = bundle_of(ROOT / "workflows/window_escalation", ROOT / "forms")
    other = re.sub(rb'(?<!key=)([">])triage(["<])', rb"\1triage_anew\2", bundle.diagram)
    digest = str(fresh.extensions["parts"].bus.execute(replace(bundle, diagram=other), SYSTEM))

    page = post(admin, "/interventions/versions", instance=instance_of(fresh, case_id), digest=digest, do="rehearse")

    assert "该版本中没有这个环节" in page


def test_a_move_to_what_is_anothers_to_do_changes_nothing_and_says_why(fresh: Flask):
    opened_case = opened(fresh)
    move_to(fresh, AFTER_THE_LIMIT)  # a flag stands on the coordinator, who alone answers it
    admin = browser_of(fresh, "admin")
    page = admin.get(f"/interventions/{opened_case}").text
    forms = [form for form in page.split("<form") if 'value="record_answer"' in form]
    fields = dict(re.findall(r'name="(instance|token)" value="([^"]+)"', forms[0]))

    answer = post(admin, f"/interventions/{opened_case}/move", element="record_answer", **fields)

    assert "管理员不能代办，未作任何改动。" in answer
