"""The frame of every page: what it offers is what the reader may do."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("login", "home", "offered"),
    [
        ("lijing", "/inbox", True),
        ("wumin", "/board", True),
        ("admin", "/people", False),
        ("linyue", "/designer/expressions", False),
    ],
)
def test_the_search_for_cases_is_offered_to_those_who_may_search(
    browser: Callable[[str], FlaskClient], login: str, home: str, offered: bool
):
    client = browser(login)

    page = client.get(home, follow_redirects=True).get_data(as_text=True)

    assert ('role="search"' in page) is offered
    assert (client.get("/cases").status_code == 200) is offered
