"""The installation itself."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.domain.errors import Stale
from engine.store.tables import installation, self_check


class House:
    """Reads and writes the installation."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def installation(self) -> dict[str, Any] | None:
        """Return the installation's row, or None in an empty database."""
        row = self._connection.execute(select(installation)).one_or_none()
        return {column.name: getattr(row, column.name) for column in installation.columns} if row else None

    def open(self, values: Mapping[str, Any]) -> None:
        """Store what this installation is, once and for good."""
        self._connection.execute(insert(installation).values(id=1, **values))

    def keep_self_check(self, values: Mapping[str, Any]) -> int:
        """Store a run of the self-check; return its number."""
        return self._connection.execute(insert(self_check).values(**values).returning(self_check.c.id)).scalar_one()

    def move_clock(self, before: int, after: int) -> None:
        """Store how many seconds the demonstration's clock is ahead; raises Stale where it is not `before` any more."""
        moved = update(installation).where(installation.c.clock_offset == before).values(clock_offset=after)
        if self._connection.execute(moved).rowcount == 0:
            raise Stale(what="clock")
