r"""
Regular expressions of XPath 3.1 → RE2, which runs them in linear time.

Translated: character class subtraction, \i \c and the blocks of XML Schema, \d and \w of all scripts, the flags
s m i x q. Back-references work to groups of plain text outside of alternatives; any other is
refused, as look-around is, since no linear-time engine has them.
"""

import re
from functools import lru_cache
from typing import Any

import re2

from engine.feel.code_points import BLOCKS, NAME_PART, NAME_START, SPACES, Ranges, complement, written
from engine.feel.errors import Undefined
from engine.feel.regex_class import ClassReader

Pattern = Any  # a compiled pattern of re2, which has no types
_FLAGS = re.compile("[smixq]*")
_MEMORY = 4 << 20
_CACHE = 512
_PLAIN_GROUP = re.compile(r"([^\\|.?*+(){}\[\]^$]+)\)(?![?*{])")
_OUTSIDE_SPACE = re.compile(r"(\[(?:[^\]\\]|\\.)*\])|[ \t\n\r]", re.DOTALL)
_SINGLE = {"n": "\\n", "r": "\\r", "t": "\\t"}
_DIGITS = frozenset("123456789")
_LITERALS = frozenset("\\|.?*+(){}-[]^$")
_CATEGORY = re.compile(r"\{(Is)?([A-Za-z0-9\-]{1,40})\}")
_CATEGORIES = re.compile("L[ulmto]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfo]?")
# \w is everything but punctuation, separators and others
_SETS = {"d": "\\p{Nd}", "D": "\\P{Nd}", "w": "\\p{L}\\p{M}\\p{N}\\p{S}", "W": "\\p{P}\\p{Z}\\p{C}"}
_RANGED: dict[str, Ranges] = {
    "s": SPACES,
    "S": complement(SPACES),
    "i": NAME_START,
    "I": complement(NAME_START),
    "c": NAME_PART,
    "C": complement(NAME_PART),
}


@lru_cache(_CACHE)
def compiled_pattern(pattern: str, flags: str) -> Pattern:
    """Return a compiled pattern. Raises Undefined."""
    if not _FLAGS.fullmatch(flags):
        raise invalid("the flags are s, m, i, x and q")
    body = re2.escape(pattern) if "q" in flags else Translator(pattern, flags).translated()
    modes = "".join(flag for flag in "smi" if flag in flags)
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(f"(?{modes}){body}" if modes else body, options)
    except (re2.error, UnicodeError) as error:
        reason = error.args[0] if error.args else "it is not understood"
        raise invalid(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from error


def invalid(reason: str) -> Undefined:
    """Return the refusal of a pattern."""
    return Undefined("invalid_pattern", reason=reason)


class Translator:
    """Reads a pattern of XPath from left to right and writes one of RE2."""

    def __init__(self, pattern: str, flags: str) -> None:
        """Start at the beginning."""
        self.pattern = _OUTSIDE_SPACE.sub(lambda found: found[1] or "", pattern) if "x" in flags else pattern
        self.at = 0
        self._dot = "." if "s" in flags else "[^\\n\\r]"
        self._groups: list[str] = []  # of each group that has begun, its text when it can be referred to
        self._depth = 0

    def translated(self) -> str:
        """Return the whole pattern for RE2. Raises Undefined."""
        made: list[str] = []
        while self.at < len(self.pattern):
            made.append(self._piece())
        return "".join(made)

    def _piece(self) -> str:
        sign = self.pattern[self.at]
        self.at += 1
        match sign:
            case "\\":
                return self.escape(inside=False)
            case "[":
                return ClassReader(self).read()
            case ".":
                return self._dot
            case "]":
                raise invalid("a ] stands without its [")
            case "(":
                self._open_group()
            case ")":
                self._depth -= 1
            case _:
                pass
        return sign

    def _open_group(self) -> None:
        """Note a group that begins here, and its text when a back-reference to it can be written as that text."""
        self._depth += 1
        if self.pattern.startswith("?", self.at):
            if not self.pattern.startswith("?:", self.at):
                raise invalid("of the groups with (? only (?: is understood")
            return
        plain = self._depth == 1 and "|" not in self.pattern
        found = _PLAIN_GROUP.match(self.pattern, self.at) if plain else None
        self._groups.append(found[1] if found else "")

    def _back_reference(self, digit: str) -> str:
        group = int(digit)
        if not 1 <= group <= len(self._groups) or not self._groups[group - 1]:
            raise invalid("a back-reference is supported only to a group of plain text")
        return f"(?:{re2.escape(self._groups[group - 1])})"

    def escape(self, *, inside: bool) -> str:
        """Read what follows a backslash; return it for RE2, as part of a class when `inside`."""
        sign = self.pattern[self.at : self.at + 1]
        self.at += 1
        if sign in _SINGLE:
            return _SINGLE[sign]
        if sign and sign in _LITERALS:
            return "\\" + sign
        if sign in _DIGITS and not inside:
            return self._back_reference(sign)
        members = self.members(sign)
        return members if inside else f"[{members}]"

    def members(self, sign: str) -> str:
        r"""Return the members of \d, \p{…} and the like, as they stand in a class of RE2."""
        if sign in _SETS:
            return _SETS[sign]
        ranges = self.ranges(sign)
        if ranges is not None:
            return written(ranges)
        found = _CATEGORY.match(self.pattern, self.at)
        if sign not in {"p", "P"} or not found or not _CATEGORIES.fullmatch(found[2]):
            raise invalid(f"\\{sign} is not understood")
        self.at = found.end()
        return f"\\{sign}{{{found[2]}}}"

    def ranges(self, sign: str) -> Ranges | None:
        r"""Return the members of \s, \i, \c and blocks as ranges, None for sets that only RE2 knows."""
        if sign in _RANGED:
            return _RANGED[sign]
        found = _CATEGORY.match(self.pattern, self.at)
        if sign not in {"p", "P"} or not found or not found[1]:
            return None
        if found[2] not in BLOCKS:
            raise invalid(f"there is no block {found[2]}")
        self.at = found.end()
        block = BLOCKS[found[2]]
        return block if sign == "p" else complement(block)
