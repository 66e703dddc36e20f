"""
Incidents: what cannot go on without a person, with the error's code and facts.

An operation or an expression that fails does not undo what a person has done: the task is completed, the case rests at
the element that failed, and an administrator tries it again, skips it or ends the process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from engine.commands.work.bench import Work
from engine.commands.work.equipment import Process
from engine.commands.work.telling import tell_role
from engine.domain.case import Case
from engine.runtime.contract import Standing
from engine.store.incidents import Incident
from engine.store.instances import Instance

READERS = ("admin", "supervisor")
STUCK, FAILURE, STEP = "stuck", "failure", "step"


@dataclass(frozen=True)
class Mishap:
    """What went wrong: the kind of thing, which one, at which element, and the error's code and facts."""

    kind: str
    subject_id: str
    element_id: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    element_name: str = ""


def open_incident(work: Work, case: Case | None, instance_id: str | None, mishap: Mishap) -> None:
    """Open an incident, unless one is open for the same thing, and tell those who see incidents."""
    if work.unit.incidents.open_of(mishap.kind, mishap.subject_id) is not None:
        return
    incident = Incident(
        id=str(uuid4()),
        case_id=case.id if case else None,
        instance_id=instance_id,
        kind=mishap.kind,
        subject_id=mishap.subject_id,
        element_id=mishap.element_id,
        element_name=(mishap.element_name or mishap.element_id)[:120],
        code=mishap.code[:40],
        facts=dict(mishap.facts),
        opened_at=work.now,
    )
    work.unit.incidents.add(incident)
    case_id = incident.case_id or ""
    work.record(
        "incident.opened",
        case_id,
        incident=incident.id,
        kind=incident.kind,
        element=incident.element_id,
        name=incident.element_name,
        code=incident.code,
        facts=incident.facts,
    )
    told = {"key": incident.id, "number": case.number if case else "", "name": incident.element_name}
    for role in READERS:
        tell_role(work, role, "incident_opened", incident.case_id, told)


def close(work: Work, incident: Incident, status: str, reason: str = "") -> None:
    """Write down how an incident ended: retried, skipped, ended by a person, or gone by itself."""
    work.unit.incidents.close(incident.id, status, work.actor.id, work.now, reason)
    facts = {"incident": incident.id, "kind": incident.kind, "element": incident.element_id}
    more = {"name": incident.element_name, "before": "open", "after": status, "reason": reason}
    work.record(f"incident.{status}", incident.case_id or "", **facts, **more)


def close_of(work: Work, kind: str, subject_id: str, status: str, reason: str = "") -> None:
    """Close the incident that is open for a thing, if there is one."""
    found = work.unit.incidents.open_of(kind, subject_id)
    if found is not None:
        close(work, found, status, reason)


def match(work: Work, case: Case, instance: Instance, process: Process, standing: Standing) -> None:
    """Open incidents for the tokens that rest now; close those of tokens that do no longer."""
    resting = {failed.token_id: failed for failed in standing.failed}
    for incident in work.unit.incidents.open_in(instance.id):
        waits = incident.kind == "operation" and incident.subject_id in standing.calls
        if incident.kind in (STEP, "operation") and incident.subject_id not in resting and not waits:
            close(work, incident, "gone")
    names = process.definition.names
    for failed in resting.values():
        element = failed.element_id
        mishap = Mishap(STEP, failed.token_id, element, failed.code, failed.facts, names.get(element, element))
        open_incident(work, case, instance.id, mishap)


def note_end(work: Work, case: Case, instance: Instance, *, stuck: bool, failure: str | None) -> None:
    """Open an incident for an instance that cannot go on by anything, or that an error has ended."""
    if stuck:
        open_incident(work, case, instance.id, Mishap(STUCK, instance.id, "", STUCK))
    else:
        close_of(work, STUCK, instance.id, "gone")
    if failure is not None:
        open_incident(work, case, instance.id, Mishap(FAILURE, instance.id, "", "bpmn_error", {"error": failure}))
