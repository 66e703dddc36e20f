"""A place in the tokens of a text, and what may be asked there."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import NoReturn

from engine.feel.errors import FeelLimitExceeded
from engine.feel.lexer import Kind, Token, has_fullwidth, refuse, shown, tokens_of
from engine.feel.limits import STANDARD
from engine.feel.names import NameTable, normal


class Nesting:
    """Counts how deep the text is nested; each `with` is one level."""

    __slots__ = ("level",)

    def __init__(self) -> None:
        """Start outside."""
        self.level = 0

    def __enter__(self) -> None:
        """Go one level in. Raises FeelLimitExceeded."""
        self.level += 1
        if self.level > STANDARD.nesting:
            raise FeelLimitExceeded("nesting", STANDARD.nesting)

    def __exit__(self, *_: object) -> None:
        """Go one level out."""
        self.level -= 1


class Cursor:
    """Reads tokens from left to right and never goes back, but for unary tests that turn out to be one expression."""

    def __init__(self, text: str, names: Iterable[str] = ()) -> None:
        """Start at the beginning. `names` are the names of several words that the text may use."""
        self.text = text
        self.tokens = tokens_of(text)
        self.at = 0
        self.nested = Nesting()
        names = tuple(names)
        self.scope = NameTable(names)
        self.entries = NameTable(("time offset", "start included", "end included", *names))

    @property
    def token(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.at]

    def ahead(self, count: int = 1) -> Token:
        """Return a later token, the END when there is none."""
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def sees(self, *symbols: str) -> bool:
        """Say whether the next token is one of these symbols."""
        token = self.tokens[self.at]
        return token.kind is Kind.SYMBOL and token.text in symbols

    def takes(self, symbol: str) -> bool:
        """Read the symbol if it is next; say whether it was."""
        if self.sees(symbol):
            self.at += 1
            return True
        return False

    def expect(self, symbol: str) -> None:
        """Read the symbol or refuse the text."""
        if not self.takes(symbol):
            self.refuse_here(f"“{symbol}”")

    def sees_word(self, *words: str) -> bool:
        """Say whether the next token is one of these words."""
        token = self.tokens[self.at]
        return token.kind is Kind.NAME and token.text in words

    def takes_word(self, word: str) -> bool:
        """Read the word if it is next; say whether it was."""
        if self.sees_word(word):
            self.at += 1
            return True
        return False

    def expect_word(self, word: str) -> None:
        """Read the word or refuse the text."""
        if not self.takes_word(word):
            self.refuse_here(f"“{word}”")

    def refuse_here(self, expected: str) -> NoReturn:
        """Raise FeelSyntaxError: something else should stand here."""
        token = self.token
        if token.kind is Kind.END:
            refuse(self.text, token.start, "unexpected_end", expected=expected)
        if token.text == "'":
            refuse(self.text, token.start, "single_quotes")
        if has_fullwidth(token.text):
            refuse(self.text, token.start, "fullwidth_sign", found=shown(token.text))
        refuse(self.text, token.start, "unexpected_text", expected=expected, found=shown(token.text))

    @contextmanager
    def knowing(self, names: Iterable[str]) -> Generator[None]:
        """Let names that the text itself declares be read as wholes inside the block."""
        added = [name for name in names if self.scope.add(name)]
        for name in added:
            self.entries.add(name)
        try:
            yield
        finally:
            for name in added:
                self.scope.remove(name)

    def declared(self, expected: str, symbols: str, words: tuple[str, ...] = ()) -> str:
        """Read a name that ends before one of these signs or words: a known one, or whatever stands there."""
        end = self.name_end(symbols, words)
        if not end:
            self.refuse_here(expected)
        name, count = self.entries.match(self.tokens, self.at)
        if count and self.at + count == end:
            self.at = end
            return name
        return self._text_until(end)

    def name_end(self, symbols: str, words: tuple[str, ...] = ()) -> int:
        """Return the index at which a name that stands here ends, 0 when there is none before such a sign or word."""
        _, count = self.entries.match(self.tokens, self.at)
        following = self.ahead(count)
        if count and ((following.kind is Kind.SYMBOL and following.text in symbols) or following.text in words):
            return self.at + count
        end = self._find(symbols, words) if self.token.kind is Kind.NAME else 0
        return end if end > self.at else 0

    def _text_until(self, end: int) -> str:
        """Read the tokens before index `end`; return their text, its spaces normalised."""
        name = normal(self.text[self.token.start : self.tokens[end - 1].end])
        self.at = end
        return name

    def _find(self, symbols: str, words: tuple[str, ...] = ()) -> int:
        """Return the index of the first token that is such a sign or word, 0 when a bracket or the end is first."""
        for index in range(self.at, len(self.tokens)):
            token = self.tokens[index]
            if token.kind is Kind.SYMBOL and token.text in symbols:
                return index
            if token.kind is Kind.NAME and token.text in words and index > self.at:
                return index
            if token.kind in {Kind.END, Kind.STRING} or token.text in "()[]{},:<>=":
                return 0
        return 0
