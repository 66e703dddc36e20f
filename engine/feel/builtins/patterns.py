"""matches, replace and split: regular expressions of XPath, run by RE2, which never backtracks."""

import re

from engine.feel.errors import FeelLimitExceeded, Undefined
from engine.feel.lexer import SURROGATE
from engine.feel.regex import Pattern, compiled_pattern
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.values import Value

_MATCH = 12  # steps of one match
_REPLACEMENT = re.compile(r"\\([\\$])|\$([0-9]{1,2})|[^\\$]+")


@builtin("matches", "input: string, pattern: string, flags?: string?")
def _matches(run: Run, text: str, pattern: str, flags: str | None) -> Value:
    return _ready(run, text, pattern, flags).search(text) is not None


@builtin("replace", "input: string, pattern: string, replacement: string, flags?: string?")
def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None) -> Value:
    compiled = _ready(run, text, pattern, flags)
    _refuse_empty(compiled)
    parts = [(None, replacement)] if "q" in (flags or "") else _replacement_parts(replacement, compiled.groups)
    made: list[str] = []
    length = end = 0
    for found in compiled.finditer(text):
        run.spend(_MATCH)
        piece = text[end : found.start()] + "".join(
            literal if group is None else (found.group(group) or "") for group, literal in parts
        )
        end = found.end()
        length += len(piece)
        if length > run.surroundings.limits.characters:
            raise FeelLimitExceeded("characters", run.surroundings.limits.characters)
        made.append(piece)
    return "".join(made) + text[end:]


@builtin("split", "string: string, delimiter: string")
def _split(run: Run, text: str, delimiter: str) -> Value:
    compiled = _ready(run, text, delimiter, None)
    _refuse_empty(compiled)
    pieces: list[Value] = []
    end = 0
    for found in compiled.finditer(text):
        run.spend(_MATCH)
        pieces.append(text[end : found.start()])
        end = found.end()
    return [*pieces, text[end:]]


def _ready(run: Run, text: str, pattern: str, flags: str | None) -> Pattern:
    if len(pattern) > run.surroundings.limits.pattern:
        raise FeelLimitExceeded("pattern", run.surroundings.limits.pattern)
    if SURROGATE.search(text):
        raise Undefined("bad_argument", function="a pattern", reason="the text holds half of a character")
    run.spend(100 + (len(pattern) >> 1) + (len(text) >> 4))
    return compiled_pattern(pattern, flags or "")


def _refuse_empty(pattern: Pattern) -> None:
    if pattern.search("") is not None:
        raise Undefined("invalid_pattern", reason="it matches the empty string")


def _replacement_parts(replacement: str, groups: int) -> list[tuple[int | None, str]]:
    """Return the replacement in parts: a group's number, or None and a text."""
    parts: list[tuple[int | None, str]] = []
    end = 0
    for found in _REPLACEMENT.finditer(replacement):
        if found.start() != end:
            break
        end = found.end()
        escaped, digits = found.groups()
        if digits is None:
            parts.append((None, escaped or found.group()))
        else:
            parts += _group_parts(digits, groups)
    if end != len(replacement):
        raise Undefined("invalid_pattern", reason="in a replacement, $ and \\ stand as \\$ and \\\\")
    return parts


def _group_parts(digits: str, groups: int) -> list[tuple[int | None, str]]:
    """Return the group of `$12`: group 12, else group 1 and a 2, else nothing."""
    if int(digits) <= groups:
        return [(int(digits), "")]
    shorter = int(digits[0])
    return [(shorter, ""), (None, digits[1:])] if len(digits) > 1 and shorter <= groups else []
