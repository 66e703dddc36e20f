"""Errors as the reader meets them."""

import pytest

from engine.domain.errors import NotFound, Refused, TaskClosed
from web.access import allow_anyone


def raiser(error: Exception):
    @allow_anyone
    def view():
        raise error

    return view


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        (NotFound(what="case"), 404, "没有"),
        (Refused(what="clock"), 403, "无权"),
        (TaskClosed(task="t", case="c"), 409, "已存为草稿"),  # with what became of the typed text
        (RuntimeError("secret"), 500, "没有改动"),
    ],
)
def test_an_error_says_what_happened_and_what_to_do(fresh, error, status, expected):
    fresh.add_url_rule("/broken", "broken", raiser(error))

    answer = fresh.test_client().get("/broken")
    text = answer.get_data(as_text=True)

    assert answer.status_code == status
    assert expected in text
    assert "secret" not in text
    assert 'class="actions"' in text


def test_a_script_that_asked_gets_the_sentence_alone(fresh):
    fresh.add_url_rule("/broken", "broken", raiser(NotFound(what="case")))

    answer = fresh.test_client().get("/broken", headers={"HX-Request": "true"})

    assert answer.status_code == 404
    assert "<html" not in answer.get_data(as_text=True)


def test_an_error_page_needs_no_database(fresh, monkeypatch):
    def gone(_session) -> None:
        raise OSError

    monkeypatch.setattr("web.navigation.house_facts", gone)
    fresh.add_url_rule("/broken", "broken", raiser(RuntimeError("secret")))

    answer = fresh.test_client().get("/broken")

    assert answer.status_code == 500
    assert "没有改动" in answer.get_data(as_text=True)
