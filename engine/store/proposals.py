"""Changes of the calendar that were proposed, and the versions of the calendar that have been in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.store.tables import calendar_proposal, calendar_version


class Proposals:
    """Reads and writes proposals and versions."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def add(self, values: Mapping[str, Any]) -> int:
        """Store a proposal; return its number."""
        added = insert(calendar_proposal).values(**values).returning(calendar_proposal.c.id)
        return self._connection.execute(added).scalar_one()

    def get(self, proposal_id: int) -> Row[Any] | None:
        """Return a proposal, or None."""
        wanted = select(calendar_proposal).where(calendar_proposal.c.id == proposal_id)
        return self._connection.execute(wanted).one_or_none()

    def decide(self, proposal_id: int, status: str, by: str, at: datetime) -> None:
        """Store what was decided on a proposal."""
        values = {"status": status, "decided_by": by, "decided_at": at}
        self._connection.execute(
            update(calendar_proposal).where(calendar_proposal.c.id == proposal_id).values(**values)
        )

    def keep_version(self, version: str, content: str, by: str, at: datetime) -> None:
        """Store a state of the calendar, so that what was counted by it can be counted again."""
        there = select(calendar_version.c.version).where(calendar_version.c.version == version)
        if self._connection.execute(there).first() is None:
            values = {"version": version, "content": content, "loaded_by": by, "loaded_at": at}
            self._connection.execute(insert(calendar_version).values(**values))

    def version(self, version: str) -> str | None:
        """Return the content of a state of the calendar, JSON, or None."""
        wanted = select(calendar_version.c.content).where(calendar_version.c.version == version)
        return self._connection.execute(wanted).scalar_one_or_none()
