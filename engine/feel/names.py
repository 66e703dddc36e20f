"""Names of several words, put together from tokens: the longest one that is known wins."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from engine.feel.errors import FeelError
from engine.feel.lexer import Kind, Token, tokens_of

KEYWORDS = frozenset(
    {
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between", "instance",
        "of", "true", "false", "null", "function", "external",
    }
)  # fmt: skip
_DEEPEST = 40
_SPACES = re.compile(r"\s+")


def normal(name: str) -> str:
    """Return a name with each run of spaces as one."""
    return _SPACES.sub(" ", name.strip())


@lru_cache(4096)
def parts_of(name: str) -> tuple[str, ...]:
    """Return the tokens of a name, a space before those that need one; nothing when no expression could write it."""
    try:
        tokens = tokens_of(name)
    except FeelError:
        return ()
    return tuple(_spaced_text(tokens, index) for index in range(len(tokens) - 1))


def _spaced_text(tokens: Sequence[Token], index: int) -> str:
    """Return the text of a token, with a space in front when one stands between it and the token before."""
    apart = index > 0 and tokens[index].start > tokens[index - 1].end
    return " " + tokens[index].text if apart else tokens[index].text


def spaced(names: Iterable[str]) -> frozenset[str]:
    """Return the names that need to be known before parsing: those of several tokens, and keywords."""
    return frozenset(name for name in names if len(parts_of(name)) > 1)


def names_in_data(data: Any, depth: int = 0) -> frozenset[str]:
    """Return the names of several words in data, those inside contexts and lists included, for `names=`."""
    if depth > _DEEPEST:
        return frozenset()
    if isinstance(data, Mapping):
        inner = [names_in_data(value, depth + 1) for value in data.values()]
        return spaced(str(key) for key in data).union(*inner)
    if isinstance(data, list | tuple):
        return frozenset().union(*(names_in_data(value, depth + 1) for value in data))
    return frozenset()


class NameTable:
    """A set of names of several tokens, asked by the tokens that follow a place. `a-b` is no `a - b`."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Fill the table."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> bool:
        """Add a name; return whether it is new and has several tokens."""
        parts = parts_of(name)
        if len(parts) <= 1:
            return False
        known = self._by_first.setdefault(parts[0], [])
        if any(parts == other for other, _ in known):
            return False
        known.append((parts, name))
        known.sort(key=lambda entry: -len(entry[0]))
        return True

    def remove(self, name: str) -> None:
        """Take a name out again."""
        parts = parts_of(name)
        self._by_first[parts[0]] = [entry for entry in self._by_first[parts[0]] if entry[0] != parts]

    def all(self) -> list[str]:
        """Return every name in it."""
        return [name for known in self._by_first.values() for _, name in known]

    def match(self, tokens: Sequence[Token], at: int) -> tuple[str, int]:
        """Return the longest known name that begins at this token, and its count of tokens; ("", 0) without one."""
        for parts, name in self._by_first.get(tokens[at].text, ()):
            if tokens[at].kind is not Kind.STRING and _fits(parts, tokens, at):
                return name, len(parts)
        return "", 0


def _fits(parts: tuple[str, ...], tokens: Sequence[Token], at: int) -> bool:
    if at + len(parts) >= len(tokens):
        return False
    return all(part == _spaced_text(tokens, at + place) for place, part in enumerate(parts[1:], 1))
