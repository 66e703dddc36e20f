"""
The life of a calendar: when somebody has to be told that next year's notice is not loaded.

The notices of the last twelve years came out between 25 October and 16 December of the year before.
"""

from dataclasses import dataclass
from datetime import date

STAGES = ((10, 25, "expected"), (12, 1, "late"), (12, 20, "overdue"))  # month, day, what it is from then on


@dataclass(frozen=True)
class MissingYear:
    """A year whose notice is not loaded. `stage`: expected (it may be out) | late | overdue (it must be out)."""

    year: int
    stage: str


def missing_year(last_announced: int, today: date) -> MissingYear | None:
    """Return the year after the last announced one once its notice may be out, until it is loaded; else None."""
    begun = [stage for month, day, stage in STAGES if today >= date(last_announced, month, day)]
    return MissingYear(last_announced + 1, begun[-1]) if begun else None
