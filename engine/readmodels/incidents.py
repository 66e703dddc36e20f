"""Open incidents, of the house or of one case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import definition, gov_case, incident, process_instance

MOST = 200


@dataclass(frozen=True)
class IncidentRow:
    """An open incident. `reason` is a code, `detail` what was noticed, for whoever repairs the diagram."""

    id: str
    case_id: str
    number: str
    title: str
    process_title: str
    is_running: bool
    element_id: str
    reason: str
    detail: str
    timer_id: str | None
    times: int
    raised_at: datetime
    last_at: datetime


def open_incidents(session: Session, case_id: str | None = None) -> list[IncidentRow]:
    """Return the open incidents, the latest 200 first, or those of one case."""
    own = (
        incident.c[name]
        for name in ("id", "case_id", "element_id", "reason", "detail", "timer_id", "times", "raised_at", "last_at")
    )
    around = (gov_case.c.number, gov_case.c.title, definition.c.title.label("process_title"))
    wanted = (
        select(*own, *around, process_instance.c.finished_at.is_(None).label("is_running"))
        .join(gov_case, gov_case.c.id == incident.c.case_id)
        .join(process_instance, process_instance.c.id == incident.c.instance_id)
        .join(definition, definition.c.digest == process_instance.c.definition_digest)
        .where(incident.c.settled_at.is_(None))
        .order_by(incident.c.last_at.desc(), incident.c.id)
        .limit(MOST)
    )
    if case_id is not None:
        wanted = wanted.where(incident.c.case_id == case_id)
    return [IncidentRow(**row) for row in session.execute(wanted).mappings()]
