"""
After days were loaded: pass over the clocks whose end a new calendar leaves where it was, many in one transaction.

Most ends do not move. Clocks of one limit that began on one day end together, so each such pair is counted once.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.commands.work import Work
from engine.domain.deadlines import Deadline, compute
from engine.domain.errors import Refused
from engine.domain.limits import DAY_UNITS, Rule
from engine.domain.local_time import day_of, local_seconds
from engine.domain.working_time import WorkCalendar

BATCH = 20_000


@dataclass(frozen=True, kw_only=True)
class SettleClocks:
    """Look at the next clocks after the id `after` that another state of the calendar counted."""

    after: str = ""


@dataclass(frozen=True)
class Settled:
    """The last clock looked at (None: there was none), and how many kept their end."""

    last: str | None
    kept: int


def settle_clocks(command: SettleClocks, work: Work) -> Settled:
    """
    Mark those that keep their end as counted by the calendar in force; the others are left to `recount_clocks`.

    So are clocks that were paused, extended or recounted before. Raises Refused.
    """
    if not work.actor.has_any("admin", "system"):
        raise Refused(what="calendar")
    calendar = work.calendar()
    rows = work.unit.clocks.counted_otherwise(calendar.version, command.after, BATCH)
    if not rows:
        return Settled(None, 0)
    counted: dict[tuple[object, ...], Deadline] = {}
    moving = [row.id for row in rows if row.has_history or not _keeps(row, calendar, counted)]
    span = (command.after, rows[-1].id)
    return Settled(rows[-1].id, work.unit.clocks.mark_counted(calendar.version, span, moving))


@lru_cache(maxsize=10_000)
def _rule(text: str) -> Rule:
    kept = json.loads(text)
    return Rule(kept["unit"], kept["limit"], kept["end"], kept["start_policy"])


def _keeps(row: Any, calendar: WorkCalendar, counted: dict[tuple[object, ...], Deadline]) -> bool:
    """Return whether the end, the moment of a flag and the range stay what they were."""
    rule = _rule(row.rule_text)
    begun = local_seconds(row.started_at)
    by_day = rule.unit in DAY_UNITS and rule.limit > 0 and rule.start_policy == "event-day"
    key = (row.rule_text, day_of(begun) if by_day else begun)
    due = counted.get(key)
    if due is None:
        due = counted[key] = compute(calendar, rule, row.started_at)
    return (due.due_at, due.flag_at, due.due_min, due.due_max) == (row.due_at, row.flag_at, row.due_min, row.due_max)
