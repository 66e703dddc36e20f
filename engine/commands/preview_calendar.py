"""What a proposed change of the calendar would move. Nothing is written."""

from dataclasses import dataclass
from datetime import date

from engine.commands.work import Work
from engine.commands.work.proposals import read_proposal
from engine.commands.work.timekeeping import rule_of
from engine.domain.clock_ledger import standing
from engine.domain.errors import NotFound, Refused

MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class PreviewCalendar:
    """Preview a proposal."""

    proposal_id: int


@dataclass(frozen=True)
class Moved:
    """A limit of an open case whose date would move, or become final."""

    case_id: str
    number: str
    title: str
    clock: str
    before: date | None
    after: date | None
    final: bool  # provisional before, not any more


@dataclass(frozen=True)
class Preview:
    """How many limits were counted, how many would move, and the first MOST_SHOWN of these."""

    counted: int
    moving: int
    shown: tuple[Moved, ...]


def preview_calendar(command: PreviewCalendar, work: Work) -> Preview:
    """Return what would move. Raises NotFound, Refused, Invalid."""
    if not work.actor.has_any("admin"):
        raise Refused(what="calendar")
    found = work.unit.proposals.get(command.proposal_id)
    if found is None:
        raise NotFound(what="proposal")
    proposed = read_proposal(work, found.text)
    calendar = work.equipment.calendars.proposed(work.unit.day_tables, proposed.scope, proposed.level, proposed.rows)
    counted, moving, shown = 0, 0, list[Moved]()
    for clock, number, title in work.unit.clocks.open_with_cases():
        counted += 1
        ledger = work.unit.clocks.ledger(clock.id)
        due = standing(calendar, rule_of(clock), clock.started_at, ledger).deadline
        if (due.due_date, due.provisional) != (clock.due_date, clock.provisional):
            moving += 1
            if len(shown) < MOST_SHOWN:
                final = clock.provisional and not due.provisional
                shown.append(Moved(clock.case_id, number, title, clock.name, clock.due_date, due.due_date, final))
    return Preview(counted, moving, tuple(shown))
