"""The application over a copy of the demonstration city, and browsers to ask it with."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.domain.clock import SetClock
from tests.databases import MONDAY_10AM, PASSWORD, Filled, close_app, open_app

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture(scope="module")
def app(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all tests of a module: they do not change what the others see."""
    yield from opened(filled, tmp_path_factory.mktemp("house"))


@pytest.fixture
def fresh(filled: Filled, tmp_path: Path) -> Iterator[Flask]:
    """An application of the test's own: for wrong passwords and the like, which are counted."""
    yield from opened(filled, tmp_path)


def opened(filled: Filled, folder: Path) -> Iterator[Flask]:
    """Yield the application over a copy of the demonstration city, at 10:00 on Monday, 23 November 2026."""
    with filled.copy() as address:
        app = open_app(address, folder, SetClock(MONDAY_10AM))
        yield app
        close_app(app)


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
