"""The Chinese catalogue: complete, in step with the sources, and Chinese."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import web

ROOT = Path(web.__file__).parents[1]
TRANSLATIONS = ROOT / "web" / "translations"
HOLE = re.compile(r"%\((\w+)\)[sd]")
LATIN_MARK = re.compile(r"[\u4e00-\u9fff]\s*[,;:?!]|[,;:?!]\s*[\u4e00-\u9fff]")
PUNCTUATION = {
    "%(known)s (%(detail)s)",
    "%(field)s: %(message)s",
    "%(function)s: %(reason)s",
    '"%(decision)s": %(problem)s',
    '"%(decision)s": %(reason)s',
}
UNTRANSLATED = {"English", *PUNCTUATION}  # a language is called by its own name
# What is typed there is Latin.
PATTERNS = {"year-month-day hour:minute", "of the groups with (? only (?: is understood"}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The catalogue as it is kept."""
    with (TRANSLATIONS / "zh_CN/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


@pytest.fixture(scope="module")
def entries(catalogue: Catalog) -> dict[str | tuple[str, ...], Message]:
    """The entries of the catalogue by what they translate."""
    return {_key(entry.id): entry for entry in catalogue if entry.id}


def _key(message: object) -> str | tuple[str, ...]:
    return message if isinstance(message, str) else tuple(message)  # pyright: ignore[reportArgumentType]


def _strings(entry: Message) -> list[str]:
    return [entry.string] if isinstance(entry.string, str) else list(entry.string)


def test_the_catalogue_has_what_the_sources_say_and_nothing_else(entries):
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "later": None}
    found = extract_from_dir(ROOT, methods, options, keywords, directory_filter=lambda path: "node_modules" not in path)

    assert {_key(message) for _, _, message, _, _ in found} == set(entries)


def test_every_sentence_has_its_chinese(entries):
    assert [key for key, entry in entries.items() if not all(_strings(entry))] == []


def test_no_translation_is_a_guess_or_left_over(catalogue, entries):
    assert [key for key, entry in entries.items() if entry.fuzzy] == []
    assert dict(catalogue.obsolete) == {}


def test_a_translation_has_no_hole_that_its_sentence_has_not(entries):
    held = {key: set(HOLE.findall(str(key))) for key in entries}

    assert [key for key, entry in entries.items() if not set(HOLE.findall(str(entry.string))) <= held[key]] == []


def test_the_chinese_is_chinese_with_chinese_punctuation(entries):
    texts = {key: text for key, entry in entries.items() for text in _strings(entry)}

    assert {key for key, text in texts.items() if not re.search(r"[\u4e00-\u9fff]", text)} <= UNTRANSLATED
    assert {key for key, text in texts.items() if LATIN_MARK.search(text)} <= PATTERNS


def test_a_reader_who_chose_english_gets_english(app):
    client = app.test_client()

    answer = client.get("/view?language=en&next=/sign-in", follow_redirects=True).get_data(as_text=True)

    assert '<html lang="en"' in answer
    assert "Sign in" in answer
    assert "登录" not in answer
