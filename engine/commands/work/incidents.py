"""Incidents: raised once a failure, counted when it repeats, settled by a person or because the process went on."""

from dataclasses import replace
from uuid import uuid4

from engine.commands.work.bench import Failure, Work
from engine.commands.work.telling import tell_role
from engine.domain.case import Case
from engine.runtime.contract import Advance
from engine.store.incidents import Incident

STUCK = "stuck"  # tokens wait for others that never come
UNCAUGHT = "uncaught_error"  # the process ended with an error that nothing caught
TIMER = "timer"  # a timer was given up
LONGEST = 500  # characters of a detail


def raise_incident(work: Work, case: Case, failure: Failure) -> None:
    """Raise an incident and tell the supervisors, or count the one that is open."""
    same = (failure.element_id, failure.reason)
    for known in work.unit.incidents.open_of(failure.instance_id):
        if (known.element_id, known.reason) == same:
            again = replace(known, times=known.times + 1, last_at=work.at, detail=failure.detail[:LONGEST])
            work.unit.incidents.save(again)
            return
    new = Incident(
        id=str(uuid4()),
        case_id=case.id,
        instance_id=failure.instance_id,
        element_id=failure.element_id,
        reason=failure.reason,
        detail=failure.detail[:LONGEST],
        raised_at=work.at,
        last_at=work.at,
        task_id=failure.task_id,
        timer_id=failure.timer_id,
    )
    work.unit.incidents.add(new)
    work.record("incident.raised", case.id, incident=new.id, element=new.element_id, why=new.reason, detail=new.detail)
    tell_role(work, "supervisor", "incident_raised", case.id, {"key": new.id, "number": case.number})


def settle(work: Work, incident: Incident, settlement: str, reason: str = "") -> None:
    """Settle an open incident, with the reason somebody gave or "" where the process went on by itself."""
    settled = replace(incident, settled_at=work.at, settled_by=work.actor.id, settlement=settlement)
    work.unit.incidents.save(settled)
    facts = {"incident": incident.id, "element": incident.element_id, "why": incident.reason}
    work.record("incident.settled", incident.case_id, **facts, settlement=settlement, reason=reason)


def settle_timer(work: Work, instance_id: str, timer_id: str, reason: str) -> None:
    """Settle the incident of a timer that is tried again."""
    for incident in work.unit.incidents.open_of(instance_id):
        if incident.timer_id == timer_id:
            settle(work, incident, "retried", reason)


def follow(work: Work, case: Case, instance_id: str, advance: Advance) -> None:
    """Settle what a step has overcome, and raise what it has run into."""
    for incident in work.unit.incidents.open_of(instance_id):
        if _is_overcome(work, incident, advance):
            settle(work, incident, "overcome")
    if advance.stuck:
        raise_incident(work, case, Failure(case.id, instance_id, "", STUCK))
    if advance.failure is not None:
        raise_incident(work, case, Failure(case.id, instance_id, "", UNCAUGHT, advance.failure))


def _is_overcome(work: Work, incident: Incident, advance: Advance) -> bool:
    if incident.reason == UNCAUGHT:
        return False
    if incident.timer_id is not None:
        return work.unit.timers.get(incident.timer_id).status != "incident"
    if incident.reason == STUCK:
        return not advance.stuck
    return incident.task_id is not None and work.unit.tasks.get(incident.task_id).status != "open"
