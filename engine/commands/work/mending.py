"""What every act upon an incident begins with."""

from engine.commands.work.bench import Work
from engine.commands.work.intervening import require_admin
from engine.domain.case import Case
from engine.domain.errors import TaskClosed
from engine.store.incidents import Incident


def lock_incident(work: Work, incident_id: str, reason: str) -> tuple[Case | None, Incident]:
    """
    Return an open incident and its case, locked; raises NotFound, Refused, Invalid (no reason), TaskClosed.

    What is due on the case by now is not carried out first: a timer that fails must not keep out whoever mends it.
    """
    require_admin(work, reason)
    case_id = work.unit.incidents.get(incident_id).case_id
    case = work.unit.cases.lock(case_id) if case_id else None
    incident = work.unit.incidents.get(incident_id)
    if incident.status != "open":
        raise TaskClosed(incident=incident_id, closed_by=incident.closed_by, closed_at=incident.closed_at)
    return case, incident
