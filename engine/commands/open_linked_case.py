"""Open a case that another one asks for by a service task; the other goes on when it is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.work import FollowUp, Work
from engine.commands.work.advancing import begin
from engine.commands.work.opening import new_case
from engine.commands.work.submitting import checked
from engine.domain.actors import Actor
from engine.domain.errors import Invalid, NotFound, Refused
from engine.domain.local_time import local_date
from engine.domain.openings import opening_of
from forms.validation import routing_values

START_FORM = "register"


@dataclass(frozen=True, kw_only=True)
class OpenLinkedCase:
    """Open the case that an operation of the outbox asks for; carried out again it is the same case."""

    outbox_id: str


def open_linked_case(command: OpenLinkedCase, work: Work) -> dict[str, str]:
    """Return id and number of the case; raises Refused, NotFound, FormInvalid, Invalid (no case is opened so)."""
    if "system" not in work.actor.roles:
        raise Refused(what="register")
    call = work.unit.post.get(command.outbox_id)
    known = work.unit.cases.of_submission(call.id)
    if known is not None:
        return {"case": known, "number": work.unit.cases.lock(known).number}
    process = work.equipment.library.newest(work.unit.definitions, str(call.facts["process"]))
    opening = opening_of(process.manifest)
    if opening is None or not isinstance(call.facts["values"], Mapping):
        raise Invalid(reason="not_opened_so", process=process.key)
    form = process.form(process.definition.start_form or START_FORM)
    values: dict[str, Any] = checked(work, form, call.facts["values"])
    by = _responsible(work, call.case_id or "", opening.responsible)
    case = new_case(work, process, by.id, values)
    urgency = str(values.get("urgency") or "")
    work.unit.cases.add(case, urgency=urgency, registered_by=by.id, submission=call.id)
    work.record("case.linked", case.id, number=case.number, title=case.title, asking=call.case_id)
    start = FollowUp(process.key, "main", "", registration=values, registrar=by)
    begin(work, case, process, start, {form.key: routing_values(form, values)})
    return {"case": case.id, "number": case.number}


def _responsible(work: Work, asking_id: str, role: str) -> Actor:
    """Return who answers for the new case: whoever is on duty for it, else who answers for the one that asks."""
    people = work.unit.people
    on_duty = people.on_duty(local_date(work.at), role) if role else None
    found = people.person(on_duty or work.unit.cases.lock(asking_id).coordinator_id)
    if found is None:
        raise NotFound(what="account")
    return Actor(found.id, found.name, people.roles_of(found.id), found.unit_id)
