"""Who can load next year's notice, or answers for it, is told that it is missing."""

import pytest

from tests.web.conftest import sign_in


@pytest.mark.parametrize(("login", "path"), [("wumin", "/board"), ("admin", "/people")])
def test_in_november_the_missing_year_is_named(app, login, path):
    browser = app.test_client()
    sign_in(browser, login)

    page = browser.get(path).get_data(as_text=True)

    assert page.count("2027年节假日安排尚未载入") + page.count("holidays of 2027") == 1
