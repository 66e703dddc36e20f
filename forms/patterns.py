"""Patterns in definitions, compiled once each."""

import re
from functools import lru_cache


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern ready to be asked; raises re.error."""
    return re.compile(pattern)


def matches(pattern: str, text: str) -> bool:
    """Return whether the whole text is as the pattern says."""
    return compiled(pattern).fullmatch(text) is not None


def is_readable(pattern: str) -> bool:
    """Return whether the pattern is one at all."""
    try:
        compiled(pattern)
    except re.error:
        return False
    return True
