"""Incidents at rest: what could not go on by itself, until somebody settles it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from engine.domain.errors import NotFound
from engine.store.rows import add_row, change_row, columns_of, values_of
from engine.store.tables import incident


@dataclass(frozen=True)
class Incident:
    """One failure; the same one again (instance, element, reason) while it is open is counted in `times`."""

    id: str
    case_id: str
    instance_id: str
    element_id: str
    reason: str  # a code
    detail: str
    raised_at: datetime
    last_at: datetime
    times: int = 1
    task_id: str | None = None  # whose completion failed
    timer_id: str | None = None  # that was given up
    settled_at: datetime | None = None
    settled_by: str | None = None
    settlement: str | None = None  # retried | closed | ended | overcome


class Incidents:
    """Reads and writes incidents."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def get(self, incident_id: str) -> Incident:
        """Return the incident; raises NotFound."""
        row = self._connection.execute(_BY_ID, {"wanted": incident_id}).one_or_none()
        if row is None:
            raise NotFound(what="incident")
        return _incident(row)

    def open_of(self, instance_id: str) -> list[Incident]:
        """Return the open incidents of an instance, the oldest first."""
        return [_incident(row) for row in self._connection.execute(_OPEN, {"wanted": instance_id})]

    def add(self, new: Incident) -> None:
        """Store an incident; one that is open already breaks a constraint."""
        add_row(self._connection, incident, columns_of(new))

    def save(self, changed: Incident) -> None:
        """Store a repetition or a settlement."""
        change_row(self._connection, incident, changed.id, {name: getattr(changed, name) for name in _CHANGING})


_CHANGING = ("detail", "last_at", "times", "settled_at", "settled_by", "settlement")
_BY_ID = select(incident).where(incident.c.id == bindparam("wanted"))
_OPEN = (
    select(incident)
    .where(incident.c.instance_id == bindparam("wanted"), incident.c.settled_at.is_(None))
    .order_by(incident.c.raised_at, incident.c.id)
)


def _incident(row: Row[Any]) -> Incident:
    return Incident(**values_of(row, Incident))
