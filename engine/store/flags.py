"""Flags at rest: raised once, answered, decided; never removed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.domain.errors import NotFound
from engine.domain.flags import Flag
from engine.store.rows import add_row, change_row, columns_of, values_of
from engine.store.tables import flag


class Flags:
    """Reads and writes flags."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def get(self, flag_id: str) -> Flag:
        """Return the flag; its case must be locked. Raises NotFound."""
        row = self._connection.execute(select(flag).where(flag.c.id == flag_id)).one_or_none()
        if row is None:
            raise NotFound(what="flag")
        return Flag(**values_of(row, Flag))

    def stands(self, clock_id: str | None, code: str) -> bool:
        """Return whether that clock has brought a flag of that code already."""
        if clock_id is None:
            return False
        found = select(flag.c.id).where(flag.c.clock_id == clock_id, flag.c.code == code)
        return self._connection.execute(found).first() is not None

    def undecided_of(self, clock_id: str) -> list[Flag]:
        """Return the flags a clock has brought that nobody has decided on."""
        rows = self._connection.execute(
            select(flag).where(flag.c.clock_id == clock_id, flag.c.decided_at.is_(None)).order_by(flag.c.raised_at)
        )
        return [Flag(**values_of(row, Flag)) for row in rows]

    def add(
        self,
        raised: Flag,
        *,
        clock_id: str | None,
        timer_id: str | None,
        recorded_at: datetime,
        evidence: Mapping[str, Any],
    ) -> None:
        """Store a suspected flag; a second one of the same timer, or clock and code, breaks a constraint."""
        rests_on = {
            "clock_id": clock_id,
            "timer_id": timer_id,
            "recorded_at": recorded_at,
            "evidence": dict(evidence),
        }
        add_row(self._connection, flag, columns_of(raised) | rests_on)

    def save(
        self, changed: Flag, *, answer: Mapping[str, Any] | None = None, decision: Mapping[str, Any] | None = None
    ) -> None:
        """Store an answer or a decision."""
        columns: dict[str, Any] = {
            "status": changed.status,
            "answered_at": changed.answered_at,
            "decided_at": changed.decided_at,
            "decided_by": changed.decided_by,
        }
        if answer is not None:
            columns["answer"] = dict(answer)
        if decision is not None:
            columns["decision"] = dict(decision)
        change_row(self._connection, flag, changed.id, columns)
