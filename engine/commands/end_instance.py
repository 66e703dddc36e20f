"""End a process that an incident holds up, and its case where it is the main one (administrator)."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.advancing import end
from engine.commands.work.incidents import close
from engine.commands.work.mending import lock_incident
from engine.domain.errors import Invalid

OUTCOME = "ended"


@dataclass(frozen=True, kw_only=True)
class EndInstance:
    """End the process of an incident where it stands, with a reason."""

    incident_id: str
    reason: str


def end_instance(command: EndInstance, work: Work) -> str:
    """Return the case's id; raises NotFound, Refused, Invalid (it belongs to no case), TaskClosed (it is closed)."""
    case, incident = lock_incident(work, command.incident_id, command.reason)
    if case is None or incident.instance_id is None:
        raise Invalid(reason="not_endable", kind=incident.kind)
    reason = command.reason.strip()
    close(work, incident, "ended", reason)
    instance = work.unit.instances.get(incident.instance_id)
    if instance.finished_at is None:
        end(work, case, instance.id)
    for other in work.unit.incidents.open_in(instance.id):
        close(work, other, "ended", reason)
    if instance.kind == "main" and case.closed_at is None:
        work.unit.cases.save(case.closed_as(OUTCOME, work.at))
        work.record("case.ended", case.id, before="open", after=OUTCOME, reason=reason)
    return case.id
