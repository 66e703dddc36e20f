"""Incidents: what cannot go on without a person. One is open for each subject at most."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.domain.errors import NotFound
from engine.store.rows import add_row, change_row, columns_of, values_of
from engine.store.tables import incident


@dataclass(frozen=True)
class Incident:
    """One incident; `code` and `facts` are those of the error."""

    id: str
    case_id: str | None
    instance_id: str | None
    kind: str  # step | operation | letter | message | timer | start | stuck | failure
    subject_id: str
    element_id: str
    element_name: str
    code: str
    facts: Mapping[str, Any]
    opened_at: datetime
    status: str = "open"
    closed_at: datetime | None = None
    closed_by: str | None = None
    reason: str | None = None


class Incidents:
    """Reads and writes incidents."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def get(self, incident_id: str) -> Incident:
        """Return an incident as it stands now; raises NotFound."""
        row = self._connection.execute(select(incident).where(incident.c.id == incident_id)).one_or_none()
        if row is None:
            raise NotFound(what="incident")
        return _incident(row)

    def open_of(self, kind: str, subject_id: str) -> Incident | None:
        """Return the open incident of a subject, or None."""
        wanted = select(incident).where(
            incident.c.kind == kind, incident.c.subject_id == subject_id, incident.c.status == "open"
        )
        row = self._connection.execute(wanted).one_or_none()
        return _incident(row) if row else None

    def open_in(self, instance_id: str) -> list[Incident]:
        """Return the open incidents of an instance, the oldest first."""
        wanted = select(incident).where(incident.c.instance_id == instance_id, incident.c.status == "open")
        return [_incident(row) for row in self._connection.execute(wanted.order_by(incident.c.opened_at))]

    def add(self, new: Incident) -> None:
        """Store an incident; raises IntegrityError where one is open for its subject."""
        add_row(self._connection, incident, columns_of(new))

    def close(self, incident_id: str, status: str, by: str, at: datetime, reason: str) -> None:
        """Store how an incident ended."""
        values = {"status": status, "closed_by": by, "closed_at": at, "reason": reason}
        change_row(self._connection, incident, incident_id, values)


def _incident(row: Row[Any]) -> Incident:
    return Incident(**values_of(row, Incident))
