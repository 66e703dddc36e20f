"""
Names and texts of models that a browser, a paper or a spreadsheet would not take as plain text.

They are escaped wherever they are shown; a model that carries them is refused all the same, since nobody names a step
like that in good faith.
"""

import re
import unicodedata

_TAG = re.compile(
    r"<\s{0,8}/?\s{0,8}(?:script|svg|iframe|object|embed|img|image|video|audio|link|meta|base|style|form|math|body)\b",
    re.IGNORECASE,
)
_HANDLER = re.compile(r"<[^<>]*\bon[a-z]{3,}\s*=", re.IGNORECASE)
_LINK = re.compile(r"(?:^|[\s\"'(=<\[])(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
_IGNORED_IN_LINKS = re.compile(r"[\x00-\x20\u00ad\u200b-\u200f\u2060\ufeff]+")
_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_FORMULA = re.compile(r"^\s*(?:[=+@＝＋＠]|-\s*[A-Za-z(])")


def fault_in(text: str) -> tuple[str, str] | None:
    """Return (code, sentence) for the first thing in a text that is no plain text; None where there is none."""
    if any(unicodedata.bidirectional(character) in _BIDI for character in text):
        return "markup.bidi", "The text turns the direction of writing, so that it reads otherwise than it is."
    if _TAG.search(text) or _HANDLER.search(text):
        return "markup.active", "The text has active HTML in it."
    if _LINK.search(text) or re.match(r"(?:javascript|vbscript):", _IGNORED_IN_LINKS.sub("", text), re.IGNORECASE):
        return "markup.active", "The text has a link that runs code or reads a file."
    return None


def is_formula(name: str) -> bool:
    """Return whether a spreadsheet would take a name for a formula."""
    return bool(_FORMULA.match(name))
