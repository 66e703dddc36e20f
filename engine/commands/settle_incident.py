"""Settle an incident: note that it is dealt with, or end its process (administrator)."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.advancing import at_rest, carry_on, process_of
from engine.commands.work.incidents import settle
from engine.commands.work.intervening import require_admin
from engine.domain.case import Case
from engine.domain.errors import Invalid, TaskClosed
from engine.runtime.contract import Advance
from engine.store.instances import Instance

ENDED = "ended"  # the outcome of a case that an administrator ended


@dataclass(frozen=True, kw_only=True)
class SettleIncident:
    """Close an incident with a reason; with `end` its process is ended, and a case without another one is closed."""

    incident_id: str
    reason: str
    end: bool = False


def settle_incident(command: SettleIncident, work: Work) -> str:
    """Return the case's id; raises NotFound, Refused, Invalid, TaskClosed (it is settled)."""
    require_admin(work, command.reason)
    reason = command.reason.strip()
    case = work.unit.cases.lock(work.unit.incidents.get(command.incident_id).case_id)
    incident = work.unit.incidents.get(command.incident_id)  # as it stands under the lock
    if incident.settled_at is not None:
        raise TaskClosed(incident=incident.id, closed_at=incident.settled_at)
    if command.end:
        settle(work, incident, "ended", reason)
        _end(work, case, work.unit.instances.get(incident.instance_id), reason)
        return case.id
    if incident.timer_id and work.unit.timers.get(incident.timer_id).status == "incident":
        raise Invalid(reason="incident_timer")  # closing it would leave a token waiting that nothing ever wakes
    settle(work, incident, "closed", reason)
    return case.id


def _end(work: Work, case: Case, instance: Instance, reason: str) -> None:
    if instance.finished_at is None:
        process = process_of(work, instance)
        running = at_rest(instance)
        tasks = work.equipment.runtime.open_tasks(process.definition, running)
        over = Advance(state=running.state, cancelled=tuple(task.id for task in tasks), finished=True)
        carry_on(work, case, instance, process, over)
        work.record("instance.ended", case.id, instance=instance.id, name=process.definition.name, reason=reason)
    if case.closed_at is None and not work.unit.instances.any_running(case.id):
        work.unit.cases.save(case.closed_as(ENDED, work.at))
        work.record("case.closed", case.id, outcome=ENDED, title=reason)
