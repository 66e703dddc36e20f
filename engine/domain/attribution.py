"""Whose time it was: every office second of a limit, charged to exactly one holder."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.domain.working_time import WorkCalendar

KINDS = ("person", "unit", "applicant", "outside", "outage")


@dataclass(frozen=True)
class Claim:
    """Who is charged from `since` to `until` (UTC): a kind of KINDS, with the person's or the unit's id where known."""

    kind: str
    holder_id: str | None
    unit_id: str | None
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Share:
    """How many office seconds one holder is charged with."""

    kind: str
    holder_id: str | None
    unit_id: str | None
    seconds: int


def shares(calendar: WorkCalendar, claims: Sequence[Claim]) -> list[Share]:
    """
    Return what each holder is charged with, the most first; together it is all office time the claims cover.

    Where claims overlap the later in the list has it: the unit as a whole, then who held a task, then who was waited
    for, then an outage of the system.
    """
    edges = sorted({edge for claim in claims for edge in (claim.since, claim.until)})
    charged: dict[tuple[str, str | None, str | None], int] = {}
    for begins, ends in itertools.pairwise(edges):
        holder = next((c for c in reversed(claims) if c.since <= begins and c.until >= ends), None)
        if holder is not None:
            key = (holder.kind, holder.holder_id, holder.unit_id)
            charged[key] = charged.get(key, 0) + calendar.office_seconds_between(begins, ends)
    found = [Share(*key, seconds) for key, seconds in charged.items() if seconds]
    return sorted(found, key=lambda share: -share.seconds)
