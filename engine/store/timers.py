"""Timers: rows with a due instant. A workflow is never loaded to learn that nothing is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from engine.domain.errors import NotFound
from engine.store.rows import add_row, change_row, columns_of, values_of
from engine.store.tables import timer
from engine.store.tables.time import timer_is_due, timer_order


@dataclass(frozen=True)
class TimerRow:
    """A timer: of the diagram (`flow`), or a reminder (`warn`). Instants in UTC."""

    id: str
    case_id: str
    instance_id: str
    kind: str
    runtime_id: str
    element_id: str
    host_task_id: str | None
    clock_id: str | None
    moment: str
    day_offset: int
    due_at: datetime | None
    status: str = "waiting"
    attempts: int = 0
    try_after: datetime | None = None
    last_error: str | None = None
    fired_at: datetime | None = None


class Timers:
    """Reads and writes timers."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def get(self, timer_id: str) -> TimerRow:
        """Return the timer as it stands now; raises NotFound."""
        row = self._connection.execute(_BY_ID, {"wanted": timer_id}).one_or_none()
        if row is None:
            raise NotFound(what="timer")
        return _timer(row)

    def waiting(self, instance_id: str) -> list[TimerRow]:
        """Return the waiting timers of an instance."""
        rows = self._connection.execute(_WAITING, {"wanted": instance_id})
        return [_timer(row) for row in rows]

    def reminded(self, clock_id: str) -> bool:
        """Return whether a reminder of that clock has been sent."""
        sent = select(timer.c.id).where(timer.c.clock_id == clock_id, timer.c.kind == "warn", timer.c.status == "fired")
        return self._connection.execute(sent.limit(1)).first() is not None

    def first_due(self, case_id: str, now: datetime) -> TimerRow | None:
        """Return the earliest timer of a case that is due and does not wait for another try, or None."""
        row = self._connection.execute(_FIRST_DUE, {"wanted": case_id, "now": now}).one_or_none()
        return _timer(row) if row else None

    def add(self, new: TimerRow) -> None:
        """Store a timer; one a waiting event of the diagram (unique)."""
        add_row(self._connection, timer, columns_of(new))

    def save(self, changed: TimerRow) -> None:
        """Store a timer's new instant, state or failure."""
        values = {name: getattr(changed, name) for name in _CHANGING}
        change_row(self._connection, timer, changed.id, values)


_CHANGING = ("due_at", "status", "attempts", "try_after", "last_error", "fired_at")
_BY_ID = select(timer).where(timer.c.id == bindparam("wanted"))
_WAITING = (
    select(timer).where(timer.c.instance_id == bindparam("wanted"), timer.c.status == "waiting").order_by(timer.c.id)
)
_FIRST_DUE = select(timer).where(timer.c.case_id == bindparam("wanted"), timer_is_due).order_by(*timer_order).limit(1)


def _timer(row: Row[Any]) -> TimerRow:
    return TimerRow(**values_of(row, TimerRow))
