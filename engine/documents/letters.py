"""
Letters by WeasyPrint: the facts as they stood when a document was issued, in the look of an official letter.

Every fact is escaped, and the renderer may fetch nothing at all: what a citizen typed must not reach the network or the
disk (CVE-2025-68616 is why the fetcher refuses instead of filtering).
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from engine.documents.dates import chinese_date, chinese_instant
from engine.domain.errors import NotFound, Refused

FOLDER = Path(__file__).parent / "templates"
KINDS = ("receipt", "not_accepted", "team_submission", "extension", "completion", "refusal", "transfer")


class RefusingFetcher(URLFetcher):
    """Fetches nothing: letters are made of text, and of pictures drawn into them."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Refuse every address."""
        raise Refused(what="fetch", url=url[:200])


def render_pdf(kind: str, title: str, number: str, issued_at: datetime, facts: Mapping[str, Any]) -> bytes:
    """Return the PDF of a letter; raises NotFound for an unknown kind, UndefinedError for a missing fact."""
    html = render_html(kind, title, number, issued_at, facts)
    document: Any = HTML(string=html, url_fetcher=RefusingFetcher())
    return document.write_pdf(stylesheets=[_style()], pdf_variant="pdf/a-3b")


def render_html(kind: str, title: str, number: str, issued_at: datetime, facts: Mapping[str, Any]) -> str:
    """Return the letter as HTML, before it is laid out."""
    if kind not in KINDS:
        raise NotFound(what="letter", kind=kind)
    template = _environment().get_template(f"{kind}.html")
    return template.render(
        {
            **facts,
            "document_title": title,
            "number": number,
            "issued_at": issued_at,
            "code_picture": code_picture(facts),
        }
    )


def code_picture(facts: Mapping[str, Any]) -> Markup:
    """Return the QR code of the citizen's page as SVG drawn into the letter."""
    code = segno.make(str(facts["query_url"]), error="m")
    return Markup(code.svg_inline(scale=3, border=2, dark="#111"))  # noqa: S704  # drawn by us from an escaped address


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.filters.update(day=chinese_date, instant=chinese_instant)
    return environment


@lru_cache(maxsize=1)
def _style() -> CSS:
    return CSS(filename=str(FOLDER / "letter.css"))
