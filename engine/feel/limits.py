"""How large a text, a value and the work of one evaluation may become."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """
    The most that one evaluation may use. Steps count work, not time: the same data always give the same answer.

    A step is about half a microsecond: a part of the expression evaluated in a loop or a function, two elements
    compared, eight copied, 64 characters read. What takes longer is counted for more (a logarithm for 100).
    """

    text: int = 4_096  # characters of an expression
    nesting: int = 64  # brackets and operators inside each other
    steps: int = 40_000
    items: int = 20_000  # elements of one list
    characters: int = 100_000  # of one string
    nodes: int = 50_000  # values inside a value that is walked whole
    calls: int = 24  # functions of the expression that call each other
    pattern: int = 500  # characters of a regular expression


STANDARD = Limits()
