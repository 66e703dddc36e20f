"""Text as it may stand on paper: nothing invisible, every sentence closed."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

KEPT = "\n\t"
# Control and format characters (bidirectional overrides could turn a sentence around), halves of surrogate pairs,
# private use: none of them has a meaning on a letter, and some cannot be stored in a PDF at all.
UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
# Accents piled up on one letter would grow over the lines above and below; no script needs more than three.
MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f]"
PILED_MARKS = re.compile(f"({MARK}{{3}}){MARK}+")
CLOSED = re.compile(r"[。!！?？…;；:：.]['\"”’」』)）】》]*$")


def cleaned(value: Any) -> Any:
    """Return the JSON value with unprintable characters removed from every text in it."""
    if isinstance(value, str):
        plain = value.replace("\r\n", "\n").replace("\r", "\n")
        printable = "".join(c for c in plain if c in KEPT or unicodedata.category(c) not in UNPRINTABLE)
        return PILED_MARKS.sub(r"\1", printable)
    if isinstance(value, Mapping):
        return {name: cleaned(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return value


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that say something, the last one closed by a full stop."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [*lines[:-1], closed(lines[-1])] if lines else []


def closed(sentence: str) -> str:
    """Return the sentence with a full stop, unless some mark closes it already."""
    sentence = sentence.strip()
    return sentence if not sentence or CLOSED.search(sentence) else f"{sentence}。"


def quoted(title: str) -> str:
    """Return the title in Chinese quotation marks, those inside it made single ones."""
    inner = title.strip().replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def inline(name: str) -> str:
    """Return a name as it stands within a sentence: on one line, without a stop at its end."""
    return " ".join(name.split()).rstrip("。.；;，,、")
