"""The installation itself, and the calendar it counts by."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from engine.domain.errors import Stale
from engine.store.tables import calendar_day, calendar_year, installation


class House:
    """Reads and writes the installation and its calendar."""

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

    def move_clock(self, before: int, after: int) -> None:
        """Store how many seconds the demonstration's clock is ahead; raises Stale where it is not `before` any more."""
        moved = update(installation).where(installation.c.clock_offset == before).values(clock_offset=after)
        if self._connection.execute(moved).rowcount == 0:
            raise Stale(what="clock")

    def load_years(self, scope: str, days: Iterable[Mapping[str, Any]], years: Iterable[Mapping[str, Any]]) -> None:
        """Store a scope's exceptional days and what is known of its years, in place of what was there."""
        self._connection.execute(delete(calendar_day).where(calendar_day.c.scope == scope))
        self._connection.execute(delete(calendar_year).where(calendar_year.c.scope == scope))
        self._connection.execute(insert(calendar_day), [{"scope": scope, **day} for day in days])
        self._connection.execute(insert(calendar_year), [{"scope": scope, **year} for year in years])

    def days(self, scope: str) -> list[Any]:
        """Return a scope's exceptional days in order."""
        return list(
            self._connection.execute(
                select(calendar_day).where(calendar_day.c.scope == scope).order_by(calendar_day.c.day)
            )
        )

    def years(self, scope: str) -> list[Any]:
        """Return what is known of a scope's years, in order."""
        return list(
            self._connection.execute(
                select(calendar_year).where(calendar_year.c.scope == scope).order_by(calendar_year.c.year)
            )
        )
