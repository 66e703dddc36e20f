"""What a deadline is computed from: the limit, the times that do not count, and more time granted."""

from dataclasses import dataclass
from datetime import datetime

from engine.domain.errors import Invalid

UNITS = ("workday", "day", "month", "officeminute", "hour")
DAY_UNITS = ("workday", "day", "month")  # units that end with a day, not at a moment
ENDS = ("24:00", "close")
START_POLICIES = ("event-day", "next-open")


@dataclass(frozen=True)
class Rule:
    """
    A limit.

    `unit` is one of UNITS, `limit` how many of them: at least 1 of minutes and hours, 0 (the same day) of the others.
    `end` says when the last day ends: "24:00", or "close" (when business stops). With `start_policy` "next-open" what
    arrives after closing counts as arrived on the next working day. Minutes and hours ask for
    neither.
    """

    unit: str
    limit: int
    end: str = "24:00"
    start_policy: str = "event-day"

    def __post_init__(self) -> None:
        """Refuse a limit that says less than it must; raises Invalid."""
        least = 0 if self.unit in DAY_UNITS else 1
        if self.unit not in UNITS or type(self.limit) is not int or self.limit < least:
            raise Invalid(reason="limit", unit=self.unit, limit=self.limit)
        if self.end not in ENDS or self.start_policy not in START_POLICIES:
            raise Invalid(reason="limit_edges", end=self.end, start_policy=self.start_policy)


@dataclass(frozen=True)
class Pause:
    """A time that does not count. `end` is None while it lasts."""

    kind: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Extension:
    """More of the rule's own unit, counted on from the old end; void when approved after it."""

    limit: int
    approved_at: datetime

    def __post_init__(self) -> None:
        """Refuse less than nothing; raises Invalid."""
        if type(self.limit) is not int or self.limit < 0:
            raise Invalid(reason="extension", limit=self.limit)
