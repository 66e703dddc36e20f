"""The whole application over either database, addressed as an operator would."""

from pathlib import Path

import pytest

from tests.databases import PASSWORD, Filled, close_app, open_app


def test_the_application_runs_and_signs_people_in(filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with filled.copy() as address:
        monkeypatch.setenv("DATABASE_URL", address.replace("+psycopg", ""))  # the driver is our affair
        app = open_app(None, tmp_path)
        app.config["WTF_CSRF_ENABLED"] = False
        browser = app.test_client()

        desk = browser.post("/sign-in", data={"login": "lijing", "password": PASSWORD}, follow_redirects=True)
        close_app(app)

    assert (desk.status_code, desk.request.path) == (200, "/inbox")
    assert "李静" in desk.get_data(as_text=True)
