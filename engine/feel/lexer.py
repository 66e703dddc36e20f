"""Text → tokens. A name of several words stays several tokens here; `names` puts them together."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple, NoReturn

from engine.feel.errors import FeelLimitExceeded, FeelSyntaxError
from engine.feel.limits import STANDARD

# DMN 1.5, 10.3.1.2, rules 27-28 and 59
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_SPACE = "\\s\u180e\u200b\u2060\ufeff"
_TOKEN = re.compile(
    rf"""(?P<space>[{_SPACE}]+|//[^\n]*|/\*(?s:.*?)\*/)
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
    |(?P<string>"(?:[^"\\]|\\(?s:.))*")
    |(?P<name>\?|[{_START}][{_PART}]*)
    |(?P<symbol>\*\*|\.\.|<=|>=|!=|->|==|&&|\|\||/\*|[-+*/<>=.,:;()\[\]{{}}@'!])""",
    re.VERBOSE,
)
_FULLWIDTH = re.compile("[\u2018\u2019\u201c\u201d\u3001\u3002\u3008-\u3011\u300c-\u300f\uff01-\uff20]")
SURROGATE = re.compile("[\ud800-\udfff]")  # half of a character, which no encoding can write
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}
_CODE_POINTS = 0x110000
_SHOWN = 24  # characters of a token that an error repeats
_REFUSED = {"==": "double_equals", "&&": "foreign_operator", "||": "foreign_operator", "!": "foreign_operator"}


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    STRING = "string"
    NAME = "name"
    SYMBOL = "symbol"
    END = "end"


class Token(NamedTuple):
    """A piece of the text and its place: `text[start:end]`."""

    kind: Kind
    text: str
    start: int
    end: int


_KINDS = {kind.value: kind for kind in Kind}


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of the text, an END at last. Raises FeelSyntaxError or FeelLimitExceeded."""
    if len(text) > STANDARD.text:
        raise FeelLimitExceeded("text", STANDARD.text)
    half = SURROGATE.search(text)
    if half is not None:
        refuse(text, half.start(), "unexpected_character", found="half of a character")
    tokens = list(_scan(text))
    tokens.append(Token(Kind.END, "", len(text), len(text)))
    return tokens


def _scan(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            refuse_character(text, at)
        kind = found.lastgroup or "symbol"
        piece = found.group()
        if piece == "/*":
            refuse(text, at, "open_comment")
        if piece in _REFUSED and kind == "symbol":
            refuse(text, at, _REFUSED[piece], found=piece)
        if kind != "space":
            yield Token(_KINDS[kind], piece, at, found.end())
        at = found.end()


def refuse_character(text: str, at: int) -> NoReturn:
    """Raise the error that best explains the sign at this place."""
    sign = text[at]
    if sign == '"':
        refuse(text, at, "open_string")
    if text[at : at + 2] in ("${", "#{"):
        refuse(text, at, "foreign_expression")
    if _FULLWIDTH.match(sign):
        refuse(text, at, "fullwidth_sign", found=sign)
    refuse(text, at, "unexpected_character", found=shown(sign))


def refuse(text: str, at: int, code: str, **facts: str) -> NoReturn:
    """Raise FeelSyntaxError for this offset of the text."""
    line, column = place(text, at)
    raise FeelSyntaxError(code, facts, line=line, column=column)


def place(text: str, at: int) -> tuple[int, int]:
    """Return line and column, both from 1, of an offset."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def has_fullwidth(text: str) -> bool:
    """Say whether the text holds a full-width sign, which FEEL takes for a letter or refuses."""
    return _FULLWIDTH.search(text) is not None


def unknown_name(name: str) -> dict[str, str]:
    """Return the facts of a name that is not there: a full-width sign in it is most likely the reason."""
    return {"name": name, "hint": "; it contains a full-width sign" if has_fullwidth(name) else ""}


def shown(text: str) -> str:
    """Return a piece of text as an error repeats it: quoted and short."""
    return f"“{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"“{text}”"


def unescape(body: str) -> str:
    """Return what a string literal says, given the text between its quotes."""
    if "\\" not in body:
        return body
    text = _ESCAPE.sub(_unescaped, body)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] in "uU" and len(code) > 1:
        point = int(code[1:], 16)
        return chr(point) if point < _CODE_POINTS else "\ufffd"
    return _ESCAPED.get(code, "\\" + code)
