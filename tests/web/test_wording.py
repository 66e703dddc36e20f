"""Every code has words, and every word has its Chinese."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po

import engine.commands
import engine.domain.flags
import forms.validation
import web
from engine.domain.errors import EngineError
from web.errors import PLAIN, status_of
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


def messages(source: Path) -> set[str]:
    """Return the messages of a file of the web, singular forms."""
    method = "python" if source.suffix == ".py" else "jinja2"
    with source.open("rb") as file:
        found = extract(method, file, KEYWORDS, (), {"encoding": "utf-8"})
        return {message[0] if isinstance(message, tuple) else message for _, message, _, _ in found}


@pytest.mark.parametrize(
    "error", sorted(set(tree(EngineError)), key=lambda error: error.code), ids=lambda error: error.code
)
def test_every_error_has_words_and_a_status(error):
    assert error.code in CODES
    assert status_of(error()) in {403, 404, 409, 422, 500}


@pytest.mark.parametrize("reason", sorted(in_source(r'reason="(\w+)"')))
def test_every_reason_has_words(reason):
    assert reason in REASONS


@pytest.mark.parametrize("event", sorted(in_source(r'record\(\s*"([a-z]+\.[a-z_]+)", (?:case|work|flag|task)')))
def test_every_event_of_a_case_has_words(event):
    assert event in EVENTS


@pytest.mark.parametrize("notice", sorted(in_source(r'tell(?:_role)?\(work, [^"]*"(\w+)"')))
def test_every_notice_has_words(notice):
    assert notice in NOTICES or notice in {
        "supervisor",
        "efficiency_office",
    }  # the role that is told, where it comes first


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


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    """The Chinese catalogue: {message: translation}, singular forms."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    pairs = ((entry.id, entry.string) for entry in catalogue if entry.id)
    return {(i[0] if isinstance(i, tuple) else i): (s[0] if isinstance(s, tuple) else s) for i, s in pairs}


@pytest.mark.parametrize(
    "source",
    [p for suffix in ("py", "html") for p in sorted(WEB.rglob(f"*.{suffix}")) if "node_modules" not in p.parts],
    ids=lambda path: str(path.relative_to(WEB)),
)
def test_every_sentence_of_the_web_has_its_chinese(source, chinese):
    assert sorted(message for message in messages(source) if not chinese.get(message)) == []


def test_a_translation_has_the_holes_of_its_sentence(chinese):
    differing = {m: s for m, s in chinese.items() if not set(HOLE.findall(s)) <= set(HOLE.findall(m))}

    assert differing == {}


def test_the_chinese_catalogue_is_chinese(chinese):
    latin = {m for m, s in chinese.items() if not re.search(r"[\u4e00-\u9fff]", s)}

    assert latin <= UNTRANSLATED
