"""What the page of a task offers besides its form, and what comes of it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.commands.register_case import RegisterCase
from engine.domain.actors import Actor
from engine.readmodels.accounts import all_accounts, unit_choices
from engine.readmodels.tasks import of_case
from tests.conftest import REGISTER
from tests.web.conftest import sign_in, token_of


@pytest.fixture
def task(fresh: Flask) -> Iterator[str]:
    """The first task of a case, held by Li Jing."""
    parts = fresh.extensions["parts"]
    with parts.sessions() as session:
        person = next(row for row in all_accounts(session) if row.login == "lijing")
        unit = next(iter(unit_choices(session)))
    command = RegisterCase(process="window_escalation", values={**REGISTER, "depts": [unit]})
    case_id = parts.bus.execute(command, Actor(person.id, person.name, person.roles, person.unit_id))
    with parts.sessions() as session:
        yield of_case(session, case_id)[0].id


def signed_in(app: Flask, login: str) -> FlaskClient:
    client = app.test_client()
    assert sign_in(client, login) == 303
    return client


def post(client: FlaskClient, address: str, **form: str) -> tuple[int, str]:
    """Post a form as a browser without scripts does; return the status and the page it ends on."""
    form["csrf_token"] = token_of(client, "/account")
    answer = client.post(address, data=form, follow_redirects=True)
    return answer.status_code, answer.get_data(as_text=True)


def test_who_is_urged_sees_it_beside_the_task_and_replies(fresh: Flask, task: str):
    supervisor, holder = signed_in(fresh, "wumin"), signed_in(fresh, "lijing")

    status, page = post(supervisor, f"/tasks/{task}/urge", text="请今日答复群众。")
    beside = holder.get(f"/tasks/{task}").get_data(as_text=True)
    _, answered = post(holder, f"/tasks/{task}/answer", text="下午三点前答复。")

    assert status == 200
    assert "已发出催办" in page
    assert "已被催办 1 次，请答复。" in beside
    assert "下午三点前答复。" in answered
    assert "已被催办" not in holder.get(f"/tasks/{task}").get_data(as_text=True)


def test_a_comment_stands_on_the_record_of_the_case(fresh: Flask, task: str):
    holder = signed_in(fresh, "lijing")

    _, page = post(holder, f"/tasks/{task}/comment", text="法院已口头答复。")

    assert "法院已口头答复。" in page


def test_a_task_that_was_given_to_one_person_offers_no_putting_back(fresh: Flask, task: str):
    holder = signed_in(fresh, "lijing")

    assert "退签" not in holder.get(f"/tasks/{task}").get_data(as_text=True)
    assert post(holder, f"/tasks/{task}/unclaim")[0] == 422
