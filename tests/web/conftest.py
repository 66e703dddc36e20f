"""The application over a fresh database with the demonstration's people, and browsers to ask it with."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine

import app as program
from engine.domain.clock import SetClock
from engine.seeding import seed_house
from engine.store.tables import metadata

ROOT = Path(program.__file__).parent
MONDAY_10AM = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
PASSWORD = "Yunchuan-2026"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def open_app(folder: Path) -> Flask:
    """Return the application over the database in `folder`, at 10:00 on Monday, 23 November 2026."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "INSTANCE", folder)
        return program.create_app(f"sqlite:///{folder}/house.db", SetClock(MONDAY_10AM))


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration's database as it is on the first morning; to be copied, not opened."""
    folder = tmp_path_factory.mktemp("seeded")
    engine = create_engine(f"sqlite:///{folder}/house.db")
    metadata.create_all(engine)
    engine.dispose()
    parts = open_app(folder).extensions["parts"]
    seed_house(parts.bus, parts.sessions, ROOT, PASSWORD)
    parts.bus.database.dispose()  # the last connection folds the write-ahead log into the file
    return folder


@pytest.fixture(scope="module")
def app(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all tests of a module: they do not change what the others see."""
    return open_app(copytree(seeded, tmp_path_factory.mktemp("house"), dirs_exist_ok=True))


@pytest.fixture
def fresh(seeded: Path, tmp_path: Path) -> Flask:
    """An application of the test's own: for wrong passwords and the like, which are counted."""
    return open_app(copytree(seeded, tmp_path, dirs_exist_ok=True))


def token_of(client: FlaskClient, path: str = "/sign-in") -> str:
    """Return the CSRF token that a page of this browser carries."""
    found = TOKEN.search(client.get(path).get_data(as_text=True))
    assert found is not None
    return found[1]


def sign_in(client: FlaskClient, login: str, password: str = PASSWORD) -> int:
    """Sign in as a person would; return the answer's status."""
    form = {"login": login, "password": password, "csrf_token": token_of(client)}
    return client.post("/sign-in", data=form).status_code


@pytest.fixture
def browser(app: Flask) -> Callable[[str | None], FlaskClient]:
    """Return what opens a browser, signed in as somebody or (None) as nobody."""

    def opened(login: str | None) -> FlaskClient:
        client = app.test_client()
        assert login is None or sign_in(client, login) == 303
        return client

    return opened
