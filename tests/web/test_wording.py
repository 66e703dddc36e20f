"""Every code has words, and every word has its Chinese."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS

import engine.commands
import engine.domain.flags
import forms.validation
import web
from engine.domain.errors import EngineError
from web.errors import PLAIN, status_of
from web.problems import PROBLEMS
from web.wording import CODES, EVENTS, NOTICES, REASONS, words

assert engine.commands  # imported for the errors they define
assert engine.domain.flags
assert forms.validation
WEB = Path(web.__file__).parent
ENGINE = Path(engine.commands.__file__).parent.parent
CATALOGUE = next((WEB / "translations").glob("zh*/LC_MESSAGES/messages.po"))
KEYWORDS = {**DEFAULT_KEYWORDS, "later": None}
HOLE = re.compile(r"%\((\w+)\)[sd]")
UNTRANSLATED = {"English", "%(field)s: %(message)s"}  # a language is called by its own name; punctuation


def tree(root: type[EngineError]) -> Iterator[type[EngineError]]:
    """Yield an error class and all below it."""
    yield root
    for below in root.__subclasses__():
        yield from tree(below)


def in_source(pattern: str) -> set[str]:
    """Return what a pattern finds in the engine's commands and domain."""
    texts = (
        path.read_text(encoding="utf-8")
        for folder in ("commands", "domain")
        for path in (ENGINE / folder).rglob("*.py")
    )
    return {found for text in texts for found in re.findall(pattern, text)}


def checks() -> set[str]:
    """Return the codes of all that a diagram is checked for."""
    texts = [
        path.read_text(encoding="utf-8") for path in (*(ENGINE / "runtime").glob("*.py"), ENGINE / "xml_intake.py")
    ]
    kinds = "xml|id|element|process|flow|expression|clock|timer|task|operation"
    return {code for text in texts for code in re.findall(rf'"((?:{kinds})\.[a-z_]+)"', text)}


@pytest.mark.parametrize(
    "error", sorted(set(tree(EngineError)), key=lambda error: error.code), ids=lambda error: error.code
)
def test_every_error_has_words_and_a_status(error):
    assert error.code in CODES
    assert status_of(error.__new__(error)) in {403, 404, 409, 422, 500}


@pytest.mark.parametrize("reason", sorted(in_source(r'reason="(\w+)"')))
def test_every_reason_has_words(reason):
    assert reason in REASONS


@pytest.mark.parametrize("event", sorted(in_source(r'record\(\s*"([a-z]+\.[a-z_]+)", (?:case|work|flag|task)')))
def test_every_event_of_a_case_has_words(event):
    assert event in EVENTS


@pytest.mark.parametrize("notice", sorted(in_source(r'tell(?:_role)?\(work, [^"]*"(\w+)"')))
def test_every_notice_has_words(notice):
    assert notice in NOTICES or notice in {
        "admin",
        "supervisor",
        "efficiency_office",
    }  # the role that is told, where it comes first


@pytest.mark.parametrize("code", sorted(checks()))
def test_every_problem_of_a_diagram_has_words(code):
    assert code in PROBLEMS


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 429, 500])
def test_every_answer_that_refuses_has_words(status):
    assert len(PLAIN[status]) > 20


def test_words_of_an_error_are_in_the_readers_language(app):
    with app.test_request_context("/"):
        chinese = words(EngineError(reason="late"))
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        english = words(EngineError(reason="late"))

    assert english == REASONS["late"]
    assert re.search(r"[\u4e00-\u9fff]", chinese)
