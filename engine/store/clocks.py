"""Clocks and their ledgers: what was started, paused, extended, stopped, and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from engine.domain.clock_ledger import BEGINNING, LedgerEntry, digest_of
from engine.store.rows import add_row, change_row, columns_of, values_of
from engine.store.tables import case_clock, clock_event, gov_case


@dataclass(frozen=True)
class ClockRow:
    """A clock as it stands; `rule` is the limit it was started under (unit, limit, end, start policy, basis …)."""

    id: str
    case_id: str
    instance_id: str
    key: str
    name: str
    element_id: str
    rule: dict[str, Any]
    started_at: datetime
    stopped_at: datetime | None = None
    due_at: datetime | None = None
    due_date: date | None = None
    flag_at: datetime | None = None
    provisional: bool = False
    due_min: date | None = None
    due_max: date | None = None
    extended: bool = False
    calendar_version: str = ""


class Clocks:
    """Reads and writes clocks."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def running(self, instance_id: str) -> list[ClockRow]:
        """Return the clocks of an instance that have not stopped."""
        rows = self._connection.execute(_RUNNING, {"wanted": instance_id})
        return [_clock(row) for row in rows]

    def of_case(self, case_id: str) -> list[ClockRow]:
        """Return every clock of a case, in order of starting."""
        rows = self._connection.execute(
            select(case_clock).where(case_clock.c.case_id == case_id).order_by(case_clock.c.started_at)
        )
        return [_clock(row) for row in rows]

    def open_with_cases(self) -> Iterator[tuple[ClockRow, str, str]]:
        """Yield (clock, number and title of its case) for each clock that runs or stands still, first due first."""
        rows = self._connection.execute(
            select(case_clock, gov_case.c.number, gov_case.c.title)
            .join(gov_case, gov_case.c.id == case_clock.c.case_id)
            .where(case_clock.c.stopped_at.is_(None))
            .order_by(case_clock.c.due_at, case_clock.c.id)
        ).all()
        yield from ((_clock(row), row.number, row.title) for row in rows)

    def get(self, clock_id: str) -> ClockRow:
        """Return a clock."""
        return _clock(self._connection.execute(_BY_ID, {"wanted": clock_id}).one())

    def ledger(self, clock_id: str) -> list[LedgerEntry]:
        """Return a clock's ledger in order."""
        rows = self._connection.execute(_LEDGER, {"wanted": clock_id})
        return [LedgerEntry(**values_of(row, LedgerEntry)) for row in rows]

    def add(self, clock: ClockRow) -> None:
        """Store a clock that has just started."""
        add_row(self._connection, case_clock, columns_of(clock))

    def save(self, clock: ClockRow) -> None:
        """Store what a ledger line changed."""
        values = {name: getattr(clock, name) for name in _CHANGING}
        change_row(self._connection, case_clock, clock.id, values)

    def enter(self, clock_id: str, entry: LedgerEntry) -> None:
        """Append a line to the ledger, chained to the line before."""
        last = self._connection.execute(_LAST_LINE, {"wanted": clock_id}).one_or_none()
        seq, previous = (last.seq + 1, last.digest) if last else (1, BEGINNING)
        chained = {"previous": previous, "digest": digest_of(clock_id, seq, entry, previous)}
        add_row(self._connection, clock_event, {"clock_id": clock_id, "seq": seq, **columns_of(entry), **chained})


_CHANGING = (
    "stopped_at",
    "due_at",
    "due_date",
    "flag_at",
    "provisional",
    "due_min",
    "due_max",
    "extended",
    "calendar_version",
)
_BY_ID = select(case_clock).where(case_clock.c.id == bindparam("wanted"))
_RUNNING = (
    select(case_clock)
    .where(case_clock.c.instance_id == bindparam("wanted"), case_clock.c.stopped_at.is_(None))
    .order_by(case_clock.c.started_at, case_clock.c.id)
)
_LEDGER = select(clock_event).where(clock_event.c.clock_id == bindparam("wanted")).order_by(clock_event.c.seq)
_LAST_LINE = (
    select(clock_event.c.seq, clock_event.c.digest)
    .where(clock_event.c.clock_id == bindparam("wanted"))
    .order_by(clock_event.c.seq.desc())
    .limit(1)
)


def _clock(row: Row[Any]) -> ClockRow:
    return ClockRow(**values_of(row, ClockRow))
