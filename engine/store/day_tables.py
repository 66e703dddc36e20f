"""The calendar's tables: the nation's days, and what a province, a city and a centre do differently."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select

from engine.store.tables import calendar_closure, calendar_day, calendar_hours, calendar_scope, calendar_year

TABLES: dict[str, Table] = {
    "days": calendar_day,
    "years": calendar_year,
    "closures": calendar_closure,
    "hours": calendar_hours,
}
DIGITS = 12  # of the digest in a version's name

Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # {a key of TABLES: rows without their scope}


class DayTables:
    """Reads and writes the calendar."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def load(self, scope: str, level: int, rows: Rows, loaded_at: datetime) -> None:
        """Store a scope's rows in place of all that stood at its level, and of its own."""
        replaced = [row.scope for row in self.scopes() if row.level == level or row.scope == scope]
        for table in (*TABLES.values(), calendar_scope):
            self._connection.execute(delete(table).where(table.c.scope.in_(replaced)))
        for name, values in rows.items():
            stamp = {"scope": scope, "loaded_at": loaded_at} if name == "years" else {"scope": scope}
            if values:
                self._connection.execute(insert(TABLES[name]), [{**stamp, **row} for row in values])
        state = {"scope": scope, "level": level, "digest": _digest(rows), "loaded_at": loaded_at}
        self._connection.execute(insert(calendar_scope).values(**state))

    def scopes(self) -> list[Row[Any]]:
        """Return the scopes that are loaded, the nation first: scope, level, digest, loaded_at."""
        return list(self._connection.execute(select(calendar_scope).order_by(calendar_scope.c.level)))

    def rows(self, name: str, scope: str) -> list[Row[Any]]:
        """Return a scope's rows of one of TABLES in order of their day, or year."""
        table = TABLES[name]
        order = table.c.year if name == "years" else table.c.day
        return list(self._connection.execute(select(table).where(table.c.scope == scope).order_by(order)))

    def plain_rows(self, name: str, scope: str) -> list[dict[str, Any]]:
        """Return a scope's rows of one of TABLES as plain values."""
        names = [column.name for column in TABLES[name].columns]
        return [{each: getattr(row, each) for each in names} for row in self.rows(name, scope)]


def version_of(scopes: Sequence[Any]) -> str:
    """Return the name of a state of the calendar: its most local scope, and a digest that is the same for same rows."""
    if not scopes:
        return ""
    together = hashlib.sha256("".join(row.digest for row in scopes).encode()).hexdigest()
    return f"{scopes[-1].scope}@{together[:DIGITS]}"


def _digest(rows: Rows) -> str:
    return hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()
