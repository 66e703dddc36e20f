"""Register a case at the window: the only way in (统一登记、一口受理)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engine.commands.work import FollowUp, Work
from engine.commands.work.advancing import begin
from engine.commands.work.equipment import Process
from engine.commands.work.submitting import checked
from engine.domain.case import Case
from engine.domain.errors import Refused
from engine.domain.local_time import local_date
from engine.domain.openings import Opening, opening_of
from forms.validation import routing_values

ALPHABET = (
    "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U; 32 divides 256, so each is as likely
)
CODE_LENGTH = 12  # 60 bits, not to be guessed
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
    case = _new_case(work, process, opening, values)
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


def _new_case(work: Work, process: Process, opening: Opening, values: Mapping[str, Any]) -> Case:
    day = local_date(work.at)
    on_duty = work.unit.people.on_duty(day, opening.responsible) if opening.responsible else None
    coordinator_id = on_duty or work.actor.id
    coordinator = work.unit.people.person(coordinator_id)
    prefix = process.manifest["number_prefix"]
    serial = work.unit.cases.next_number(f"case:{prefix}:{day:%Y%m%d}")
    return Case(
        id=str(uuid4()),
        number=f"{prefix}-{day:%Y%m%d}-{serial:04d}",
        query_code="".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(CODE_LENGTH)),
        process=process.key,
        title=str(values["title"]),
        applicant=str(values.get("applicantName") or ""),
        phone=str(values.get("phone") or ""),
        coordinator_id=coordinator_id,
        unit_id=coordinator.unit_id if coordinator else None,
        registered_at=work.at,
    )
