"""
Letters by WeasyPrint: the facts as they stood when a document was issued, in the look of an official letter.

Every fact is escaped, and the renderer loads nothing but this room's style sheets: what a citizen typed must not reach
the network or the disk (CVE-2025-68616 is why the fetcher knows names instead of filtering addresses).
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from threading import Lock
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import HTML

from engine.documents import dates, wording
from engine.documents.assets import FOLDER, BundledOnly
from engine.documents.facts import KINDS, checked
from engine.documents.fonts import FontStacks, missing_characters, require_chinese_font
from engine.documents.qr_code import draw_qr_code
from forms.showing import ANONYMOUS

__all__ = ["KINDS", "Letter", "print_page", "render_html", "render_pdf"]

logger = logging.getLogger(__name__)

USUAL_FONTS = FontStacks()
UNKNOWN = "□"
ONE_AT_A_TIME = Lock()  # Pango's font maps are not made for threads, and each letter takes some 50 MB while it is set


@dataclass(frozen=True)
class Letter:
    """A document as issued: `facts` are those of its kind (`engine.documents.facts`), `issued_at` is aware UTC."""

    kind: str
    title: str
    number: str
    issued_at: datetime
    facts: Mapping[str, Any]


def render_pdf(letter: Letter, fonts: FontStacks = USUAL_FONTS) -> bytes:
    """
    Return the letter as PDF/A-3b; the same letter gives the same bytes on the same machine.

    Raises NotFound for an unknown kind, Invalid for facts that do not fit it, FontsMissing.
    """
    return print_page(render_html(letter, fonts))


def render_html(letter: Letter, fonts: FontStacks = USUAL_FONTS) -> str:
    """Return the letter as HTML, before it is set; raises as `render_pdf`."""
    facts = checked(letter.kind, letter.facts)
    return fill_template(
        f"{letter.kind}.html",
        {
            **facts,
            "addressee": "反映人" if facts["applicant"] == ANONYMOUS else facts["applicant"],
            "you": "贵单位" if facts["to_organisation"] else "您",
            "document_title": letter.title,
            "number": letter.number,
            "issued_at": letter.issued_at,
            "qr_code": draw_qr_code(facts["query_url"]),
            "font_stacks": fonts.style(),
        },
    )


def fill_template(name: str, values: Mapping[str, Any]) -> str:
    """Return a template of this room with every value escaped; raises UndefinedError for a missing one."""
    return _environment().get_template(name).render(values)


def print_page(html: str) -> bytes:
    """
    Return a page of this room's templates as PDF/A-3b; one page is set at a time.

    A character that no font has is printed as □ and named in the log: left to itself it would spoil the text that the
    PDF gives to readers and searches. Raises FontsMissing where this machine has no Chinese font.
    """
    require_chinese_font()
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32]
    with ONE_AT_A_TIME:
        pdf, missing = _set(html, identifier)
        if missing:
            logger.warning("no font on this machine has %s", ", ".join(f"U+{ord(each):04X}" for each in missing))
            pdf, _ = _set(html.translate({ord(each): UNKNOWN for each in missing}), identifier)
    return pdf


def _set(html: str, identifier: str) -> tuple[bytes, str]:
    """Return the PDF of a page and the characters that no font has."""
    options: dict[str, Any] = {"pdf_variant": "pdf/a-3b", "pdf_identifier": identifier, "pdf_tags": True}
    document: Any = HTML(string=html, url_fetcher=BundledOnly()).render(**options)
    return document.write_pdf(**options), missing_characters(document)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


def _metadata_instant(instant: datetime) -> str:
    """Return the instant as PDF metadata writes it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _office_size(name: str) -> str:
    """Return the class of size that lets an office's name fit between the ends of the red rule."""
    sizes = ((11, "large"), (15, "medium"), (21, "small"))
    return next((size for longest, size in sizes if len(name) <= longest), "smallest")


FILTERS: dict[str, Callable[..., Any]] = {
    "date": dates.chinese_date,
    "day": dates.chinese_day,
    "instant": dates.chinese_instant,
    "last_day": dates.last_day,
    "paragraphs": wording.paragraphs,
    "inline": wording.inline,
    "quoted": wording.quoted,
    "metadata_instant": _metadata_instant,
    "office_size": _office_size,
}
