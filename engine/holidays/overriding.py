"""How places override one another: nation, province, city, centre; the more local one has the last word on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.holidays.build import ALWAYS_STANDARD, Closure, Exceptional, Hours, Local


@dataclass(frozen=True)
class Place:
    """
    What one scope's tables say.

    `days` have day, kind, name, source; `closures` day, begins, ends, name, source; `hours` day, segments.
    """

    scope: str
    days: Sequence[Any]
    closures: Sequence[Any]
    hours: Sequence[Any]


def local_rules(places: Iterable[Place], besides: str) -> Local:
    """Return what the places do otherwise than the scope `besides`; they come in order, the most local last."""
    days: dict[date, Exceptional] = {}
    closures: dict[date, Closure] = {}
    for place in places:
        if place.scope != besides:
            days |= {row.day: Exceptional(row.day, row.kind, row.name, row.source) for row in place.days}
        closures |= {row.day: Closure(row.day, row.begins, row.ends, row.name, row.source) for row in place.closures}
    return Local(tuple(days.values()), tuple(closures.values()))


def hours_in_force(places: Iterable[Place]) -> list[Hours]:
    """Return the office hours by the day they begin: from a place's first day on, its own stand instead of others'."""
    uses = list(ALWAYS_STANDARD)
    for place in places:
        own = [Hours(row.day, tuple((opens, closes) for opens, closes in row.segments)) for row in place.hours]
        first = min((use.since for use in own), default=date.max)
        uses = [use for use in uses if use.since < first] + own
    return uses
