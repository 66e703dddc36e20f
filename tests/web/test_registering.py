"""Which processes somebody may open a case of, and what is shown to choose from."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.domain.actors import SYSTEM
from engine.seeding import bundle_of
from tests.conftest import REGISTER
from tests.databases import ROOT
from tests.web.conftest import sign_in, token_of

HOTLINE = "hotline"


@pytest.fixture
def two(fresh: Flask, tmp_path: Path) -> Flask:
    """An application with a second process, of which department chiefs open cases."""
    folder = copytree(ROOT / "workflows" / "window_escalation", tmp_path / HOTLINE)
    manifest = json.loads((folder / "process.json").read_text(encoding="utf-8"))
    changes = {"key": HOTLINE, "title": "热线诉求办理", "number_prefix": "RX"}
    opens = {"roles": ["dept_chief", "coordinator"], "order": 2}
    (folder / "process.json").write_text(json.dumps(manifest | changes | {"opens": opens}), encoding="utf-8")
    fresh.extensions["parts"].bus.execute(bundle_of(folder, ROOT / "forms"), SYSTEM)
    return fresh


def browser_of(app: Flask, login: str) -> FlaskClient:
    client = app.test_client()
    assert sign_in(client, login) == 303
    return client


def test_who_may_open_cases_of_two_processes_chooses_between_them(two: Flask):
    page = browser_of(two, "lijing").get("/register").get_data(as_text=True)

    assert 'action="/register/window_escalation"' in page
    assert '<a href="/register/hotline">热线诉求办理</a>' in page


def test_who_may_open_cases_of_one_comes_to_it_at_once(two: Flask):
    page = browser_of(two, "zhaolei").get("/register").get_data(as_text=True)

    assert 'action="/register/hotline"' in page
    assert "/register/window_escalation" not in page


@pytest.mark.parametrize(("login", "process"), [("zhaolei", "window_escalation"), ("wangfang", "hotline")])
def test_a_process_one_may_not_open_is_refused_whatever_is_sent(two: Flask, login: str, process: str):
    client = browser_of(two, login)
    fields = {**REGISTER, "csrf_token": token_of(client, "/register")}

    assert client.get(f"/register/{process}").status_code == 403
    assert client.post(f"/register/{process}", data=fields).status_code == 403


def test_a_case_is_numbered_by_its_process_and_answered_for_by_who_registered_it(two: Flask):
    client = browser_of(two, "zhaolei")
    page = client.get("/register/hotline").get_data(as_text=True)
    unit = page.split("云川市市场监督管理局")[0].rsplit('value="', 1)[1].split('"')[0]
    fields = {**REGISTER, "csrf_token": token_of(client, "/register"), "depts": [unit], "submission": "one"}

    answer = client.post("/register/hotline", data=fields)

    case = client.get(answer.location).get_data(as_text=True)
    assert answer.status_code == 303
    assert "RX-20261123-0001" in case
    assert "赵磊 · 云川市市场监督管理局" in case


def test_a_process_that_nobody_opens_by_hand_has_no_page(browser: Callable[[str], FlaskClient]):
    assert browser("lijing").get("/register/flag_review").status_code == 403
