"""What is kept for good: the events' chains, the clocks' ledgers, the documents."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.domain.clock_ledger import LedgerEntry, first_break, standing
from engine.domain.events import Event
from engine.domain.events import first_break as first_event
from engine.domain.limits import Rule
from engine.domain.self_check import Finding
from engine.domain.working_time import WorkCalendar
from engine.store.tables import case_clock, clock_event, document, event, gov_case, process_instance

BATCH = 2000
EVENT = tuple(Event.__dataclass_fields__)
LINE = tuple(LedgerEntry.__dataclass_fields__)
PROJECTED = ("due_at", "due_date", "flag_at", "provisional", "due_min", "due_max")


def counts(session: Session) -> dict[str, int]:
    """Return how much there is to check."""
    tables = {"cases": gov_case, "processes": process_instance, "clocks": case_clock, "events": event}
    return {
        name: session.execute(select(func.count()).select_from(table)).scalar_one() for name, table in tables.items()
    }


def broken_chains(session: Session) -> list[Finding]:
    """Return the first event of each chain that does not verify."""
    rows = session.execute(select(event).order_by(event.c.case_id, event.c.seq), execution_options={"yield_per": BATCH})
    found: list[Finding] = []
    for case_id, lines in groupby(rows, key=lambda row: row.case_id):
        number = first_event((_event(row), row.digest) for row in lines)
        if number is not None:
            found.append(Finding("chain_broken", case_id, str(number)))
    return found


def broken_ledgers(session: Session, calendar: WorkCalendar) -> list[Finding]:
    """Return ledgers that do not verify, and clocks that stand otherwise than theirs says."""
    found: list[Finding] = []
    for clock, lines in _clocks(session):
        number = first_break(clock.id, ((row.seq, _line(row), row.previous, row.digest) for row in lines))
        if number is not None:
            found.append(Finding("ledger_broken", clock.case_id, clock.id, f"{clock.name} {number}"))
        elif not _stands(clock, [_line(row) for row in lines], calendar):
            found.append(Finding("ledger_mismatch", clock.case_id, clock.id, clock.name))
    return found


def changed_documents(session: Session) -> list[Finding]:
    """Return documents whose bytes have another digest than when they were made."""
    rows = session.execute(select(document).where(document.c.pdf.is_not(None)), execution_options={"yield_per": 50})
    return [
        Finding("document_changed", row.case_id, row.id, row.number)
        for row in rows
        if hashlib.sha256(row.pdf).hexdigest() != row.sha256
    ]


def _clocks(session: Session) -> Iterator[tuple[Any, list[Any]]]:
    """Yield every clock with the lines of its ledger."""
    after = ""
    while clocks := session.execute(
        select(case_clock).where(case_clock.c.id > after).order_by(case_clock.c.id).limit(BATCH)
    ).all():
        after = clocks[-1].id
        lines = session.execute(
            select(clock_event)
            .where(clock_event.c.clock_id.between(clocks[0].id, after))
            .order_by(clock_event.c.clock_id, clock_event.c.seq)
        )
        of_clock = {key: list(rows) for key, rows in groupby(lines, key=lambda row: row.clock_id)}
        yield from ((clock, of_clock.get(clock.id, [])) for clock in clocks)


def _stands(clock: Any, ledger: list[LedgerEntry], calendar: WorkCalendar) -> bool:
    """Return whether a clock stands as its ledger says; its date only where the calendar in force counted it."""
    if not ledger or ledger[0].type != "start":
        return False
    now = standing(calendar, _rule(clock.rule), clock.started_at, ledger)
    if (now.stopped_at, now.extended) != (clock.stopped_at, clock.extended):
        return False
    counted_by_it = clock.calendar_version == calendar.version and clock.stopped_at is None
    return not counted_by_it or all(getattr(clock, name) == getattr(now.deadline, name) for name in PROJECTED)


def _rule(kept: dict[str, Any]) -> Rule:
    return Rule(kept["unit"], kept["limit"], kept["end"], kept["start_policy"])


def _line(row: Any) -> LedgerEntry:
    return LedgerEntry(**{name: getattr(row, name) for name in LINE})


def _event(row: Any) -> Event:
    known = {name: getattr(row, name) for name in EVENT}
    return Event(**{**known, "data": json.loads(row.data)})


def flattened(lists: Iterable[list[Finding]]) -> tuple[Finding, ...]:
    """Return findings of several questions as one row."""
    return tuple(finding for findings in lists for finding in findings)
