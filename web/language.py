"""Chinese first, English second: gettext with English source strings."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel, Domain, gettext

LANGUAGES = ("zh_CN", "en")
COOKIE = "language"
CATALOGUES = Path(__file__).parent / "translations"


class _Catalogues(Domain):
    """Reads a language's catalogue from the folder of that name; flask-babel would look for zh_Hans_CN."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the reader's language; English, the language of the sources, has none."""
        return _catalogue(chosen())


def install(app: Flask) -> None:
    """Choose the language of every answer."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "zh_CN")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Shanghai")
    babel = Babel(app, locale_selector=chosen)
    babel.domain_instance = _Catalogues()  # pyright: ignore[reportAttributeAccessIssue]  # cached, so it may be set


def chosen() -> str:
    """Return the reader's language: what they chose, else Chinese."""
    wanted = request.cookies.get(COOKIE, "") if request else ""
    return wanted if wanted in LANGUAGES else "zh_CN"


def later(text: str) -> str:
    """Mark a sentence for the catalogue that is put into the reader's language when it is shown."""
    return text


@cache
def _catalogue(language: str) -> NullTranslations:
    return NullTranslations() if language == "en" else Translations.load(CATALOGUES, [language])


def filled(text: str, facts: Mapping[str, Any]) -> str:
    """Return a sentence in the reader's language with its facts; a fact that is missing is left empty."""
    return gettext(text) % _Facts(facts)


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
