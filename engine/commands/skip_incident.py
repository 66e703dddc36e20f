"""Let a process go on without what an incident holds up (administrator)."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.advancing import answer, skip
from engine.commands.work.incidents import close
from engine.commands.work.mending import lock_incident
from engine.domain.case import Case
from engine.domain.errors import Invalid
from engine.store.incidents import Incident


@dataclass(frozen=True, kw_only=True)
class SkipIncident:
    """Leave the step, the operation or the message undone, with a reason."""

    incident_id: str
    reason: str


def skip_incident(command: SkipIncident, work: Work) -> str | None:
    """Return the case's id; raises NotFound, Refused, Invalid (it cannot be left undone), TaskClosed (it is closed)."""
    case, incident = lock_incident(work, command.incident_id, command.reason)
    close(work, incident, "skipped", command.reason.strip())
    _pass_over(work, case, incident)
    return case.id if case else None


def _pass_over(work: Work, case: Case | None, incident: Incident) -> None:
    if case is not None and incident.instance_id and incident.kind == "step":
        skip(work, case, incident.instance_id, incident.subject_id)
    elif case is not None and incident.instance_id and incident.kind == "operation":
        call = work.unit.post.call_of(incident.subject_id)
        work.unit.post.mark(call.id, status="dropped")
        answer(work, case, incident.instance_id, incident.subject_id, None)
    elif incident.kind == "message":
        work.unit.hub.mark(incident.subject_id, status="dropped")
    elif incident.kind == "letter":
        work.unit.post.mark(incident.subject_id, status="dropped")
    elif incident.kind != "failure":  # of which one can only take note: its process is over
        raise Invalid(reason="not_skippable", element=incident.element_name)
