"""Character classes of XPath's regular expressions, with subtraction: [a-z-[aeiou]]."""

from typing import Protocol

from engine.feel.code_points import Ranges, complement, merged, without, written
from engine.feel.errors import Undefined

_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_PLAIN = frozenset("\\|.?*+(){}-[]^$")
_DEEPEST = 10


class Source(Protocol):
    """The pattern that is read, and its sets."""

    pattern: str
    at: int

    def members(self, sign: str) -> str:
        """Return a set as RE2 writes it."""
        ...

    def ranges(self, sign: str) -> Ranges | None:
        """Return a set as ranges, None when only RE2 knows it."""
        ...


class ClassReader:
    """Reads one class, behind its opening bracket."""

    def __init__(self, source: Source, depth: int = 0) -> None:
        """Start empty."""
        if depth > _DEEPEST:
            raise Undefined("invalid_pattern", reason="classes are nested too deeply")
        self._source = source
        self._depth = depth
        self._ranges: list[tuple[int, int]] = []
        self._sets: list[str] = []  # that only RE2 knows
        self._negated = False
        self._taken: Ranges = ()

    def read(self) -> str:
        """Read up to the closing bracket; return the class for RE2. Raises Undefined."""
        self._read()
        if self._taken:
            return f"[{written(self._as_ranges())}]" if self._as_ranges() else "[^\\x{0}-\\x{10ffff}]"
        return f"[{'^' if self._negated else ''}{written(merged(self._ranges))}{''.join(self._sets)}]"

    def _as_ranges(self) -> Ranges:
        if self._sets:
            raise Undefined("invalid_pattern", reason="\\d, \\w and \\p{…} cannot be part of a subtraction")
        kept = complement(self._ranges) if self._negated else merged(self._ranges)
        return without(kept, self._taken)

    def _read(self) -> None:
        self._negated = self._takes("^")
        first = True
        while not self._takes("]") or first:
            if self._peek() == "":
                raise Undefined("invalid_pattern", reason="a [ has no ]")
            if not first and self._takes("-["):
                inner = ClassReader(self._source, self._depth + 1)
                inner._read()
                self._taken = inner._as_ranges()
                if not self._takes("]"):
                    raise Undefined("invalid_pattern", reason="a subtraction is the last part of its class")
                return
            self._item()
            first = False

    def _item(self) -> None:
        low = self._character()
        if low is None:
            return
        if self._peek() == "-" and self._source.pattern[self._source.at + 1 : self._source.at + 2] not in {"]", "["}:
            self._source.at += 1
            high = self._character()
            if high is None or high < low:
                raise Undefined("invalid_pattern", reason="the range of characters has no order")
            self._ranges.append((low, high))
        else:
            self._ranges.append((low, low))

    def _character(self) -> int | None:
        """Read one member; return its code point, None when it is a set (and has been added)."""
        sign = self._peek()
        self._source.at += 1
        if sign == "[":
            raise Undefined("invalid_pattern", reason="inside a class, [ is written \\[")
        if sign != "\\":
            return ord(sign) if sign else None
        escaped = self._peek()
        self._source.at += 1
        if escaped in _PLAIN:
            return ord(escaped)
        if escaped in _ESCAPED:
            return ord(_ESCAPED[escaped])
        ranges = self._source.ranges(escaped)
        if ranges is None:
            self._sets.append(self._source.members(escaped))
        else:
            self._ranges.extend(ranges)
        return None

    def _peek(self) -> str:
        return self._source.pattern[self._source.at : self._source.at + 1]

    def _takes(self, text: str) -> bool:
        if self._source.pattern.startswith(text, self._source.at):
            self._source.at += len(text)
            return True
        return False
