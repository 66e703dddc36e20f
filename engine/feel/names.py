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
        self._names: dict[tuple[str, ...], str] = {}
        self._tree: dict[str | None, Any] = {}  # part → the tree of what may follow; None → the name that ends here
        for name in names:
            self.add(name)

    def add(self, name: str) -> bool:
        """Add a name; return whether it is new and has several tokens."""
        parts = parts_of(name)
        if len(parts) <= 1 or parts in self._names:
            return False
        self._names[parts] = name
        self._end(parts)[None] = name
        return True

    def remove(self, name: str) -> None:
        """Take a name out again."""
        parts = parts_of(name)
        if self._names.pop(parts, None) is not None:
            del self._end(parts)[None]

    def all(self) -> list[str]:
        """Return every name in it."""
        return list(self._names.values())

    def match(self, tokens: Sequence[Token], at: int) -> tuple[str, int]:
        """Return the longest known name that begins at this token, and its count of tokens; ("", 0) without one."""
        found = ("", 0)
        if tokens[at].kind is Kind.STRING:
            return found
        place, tree = at, self._tree.get(tokens[at].text)
        while tree is not None:
            place += 1
            if None in tree:
                found = (tree[None], place - at)
            tree = tree.get(_spaced_text(tokens, place)) if place < len(tokens) - 1 else None
        return found

    def _end(self, parts: Sequence[str]) -> dict[str | None, Any]:
        """Return the tree in which a name of these parts ends."""
        tree = self._tree
        for part in parts:
            tree = tree.setdefault(part, {})
        return tree
