"""Let what an incident holds up be tried again (administrator)."""

from dataclasses import dataclass, replace

from engine.commands.work import Work
from engine.commands.work.advancing import retry
from engine.commands.work.incidents import close
from engine.commands.work.mending import lock_incident
from engine.domain.case import Case
from engine.domain.errors import Invalid
from engine.store.incidents import Incident


@dataclass(frozen=True, kw_only=True)
class RetryIncident:
    """Try again, with a reason; what fails again is an incident again."""

    incident_id: str
    reason: str


def retry_incident(command: RetryIncident, work: Work) -> str | None:
    """Return the case's id; raises NotFound, Refused, Invalid (nothing to try), TaskClosed (it is closed)."""
    case, incident = lock_incident(work, command.incident_id, command.reason)
    close(work, incident, "retried", command.reason.strip())
    if case is not None and incident.kind == "step" and incident.instance_id:
        retry(work, case, incident.instance_id, incident.subject_id)
    else:
        _put_back(work, incident)
    return _id_of(case)


def _put_back(work: Work, incident: Incident) -> None:
    """Put what was given up back among what waits; the next pass of the ticker takes it."""
    if incident.kind in ("timer", "start"):
        timer = work.unit.timers.get(incident.subject_id)
        work.unit.timers.save(replace(timer, status="waiting", attempts=0, try_after=None))
    elif incident.kind == "message":
        work.unit.hub.mark(incident.subject_id, status="waiting", attempts=0, try_after=None)
    elif incident.kind == "operation":
        call = work.unit.post.call_of(incident.subject_id)
        work.unit.post.mark(call.id, status="waiting", attempts=0, try_after=None)
    elif incident.kind == "letter":
        work.unit.post.mark(incident.subject_id, status="waiting", attempts=0, try_after=None)
    else:
        raise Invalid(reason="not_retryable", kind=incident.kind)


def _id_of(case: Case | None) -> str | None:
    return case.id if case else None
