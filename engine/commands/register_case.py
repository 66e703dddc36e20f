"""Register a case at the window: the only way in (统一登记、一口受理)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.work import FollowUp, Work
from engine.commands.work.advancing import begin
from engine.commands.work.opening import new_case
from engine.commands.work.submitting import checked
from engine.domain.errors import Refused
from engine.domain.local_time import local_date
from engine.domain.openings import Opening, opening_of
from forms.validation import routing_values

START_FORM = "register"  # where the start event names none


@dataclass(frozen=True, kw_only=True)
class RegisterCase:
    """Open a case from the registration form as typed. `submission` is the form's key: sent twice, one case."""

    process: str
    values: Mapping[str, Any]
    submission: str | None = None


def register_case(command: RegisterCase, work: Work) -> str:
    """Return the new case's id (or that of the same submission); raises Refused, FormInvalid, NotFound."""
    process = work.equipment.library.newest(work.unit.definitions, command.process)
    opening = opening_of(process.manifest)
    if opening is None or not work.actor.has_any(*opening.roles):
        raise Refused(what="register", process=command.process)
    known = work.unit.cases.of_submission(command.submission) if command.submission else None
    if known is not None:
        return known
    form_key = process.definition.start_form or START_FORM
    values = checked(work, process.form(form_key), command.values)
    case = new_case(work, process, _responsible(work, opening), values)
    work.unit.cases.add(
        case,
        urgency=str(values.get("urgency") or ""),
        registered_by=work.actor.id,
        submission=command.submission,
    )
    work.record("case.registered", case.id, number=case.number, title=case.title, coordinator=case.coordinator_id)
    data = {form_key: routing_values(process.form(form_key), values)}
    start = FollowUp(process.key, "main", "", registration=values)
    begin(work, case, process, start, data)
    work.unit.desk.discard(work.actor.id, draft_subject(process.key))
    return case.id


def draft_subject(process: str) -> str:
    """Return what the draft of a process's start form is kept under."""
    return f"register:{process}"


def _responsible(work: Work, opening: Opening) -> str:
    """Return who answers for the case: whoever is on duty that day, else who registers it."""
    on_duty = work.unit.people.on_duty(local_date(work.at), opening.responsible) if opening.responsible else None
    return on_duty or work.actor.id
