"""Leases: what a ticker has in hand for a while. Nobody gains a right by one; it only keeps others from trying too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

NOT_LEASED: dict[str, Any] = {"leased_by": None, "leased_until": None}


@dataclass(frozen=True)
class Lease:
    """What a ticker takes in hand: at most so many, until an instant of the machine's clock."""

    node: str
    most: int
    until: datetime

    def facts(self, now: datetime, machine_now: datetime) -> dict[str, Any]:
        """Return the values for a statement that leases what is due at `now` and free at `machine_now`."""
        return {"now": now, "machine_now": machine_now, "most": self.most, "node": self.node, "until": self.until}
