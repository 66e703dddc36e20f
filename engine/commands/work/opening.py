"""Opening a case: its number, its query code, and who answers for it."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from engine.commands.work.advancing import begin
from engine.commands.work.bench import FollowUp, Work
from engine.commands.work.equipment import Process
from engine.domain.case import Case
from engine.domain.errors import Invalid
from engine.domain.local_time import local_date
from engine.domain.openings import beginning_of

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
CODE_LENGTH = 12  # 60 bits, not to be guessed
LONGEST = {"title": 120, "applicantName": 80, "phone": 20}


def new_case(work: Work, process: Process, coordinator_id: str, values: Mapping[str, Any]) -> Case:
    """Return a case of a process, not stored yet; `values` may name title, applicantName and phone."""
    day = local_date(work.at)
    coordinator = work.unit.people.person(coordinator_id)
    prefix = process.manifest["number_prefix"]
    serial = work.unit.cases.next_number(f"case:{prefix}:{day:%Y%m%d}")
    return Case(
        id=str(uuid4()),
        number=f"{prefix}-{day:%Y%m%d}-{serial:04d}",
        query_code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        process=process.key,
        title=str(values["title"]),
        applicant=str(values.get("applicantName") or ""),
        phone=str(values.get("phone") or ""),
        coordinator_id=coordinator_id,
        unit_id=coordinator.unit_id if coordinator else None,
        registered_at=work.at,
    )


def open_by_itself(work: Work, process: Process, element: str, data: Mapping[str, Any]) -> Case:
    """
    Return the case that a message, a signal or a time has opened at a start event, carried on to where it waits.

    Raises Invalid (nobody holds the role that answers for it).
    """
    beginning = beginning_of(process.manifest)
    day = local_date(work.at)
    responsible = work.unit.people.on_duty(day, beginning.responsible) if beginning.responsible else None
    holders = [] if responsible else [person.id for person in work.unit.people.holders_of(beginning.responsible)]
    coordinator_id = responsible or next(iter(holders), None)
    if coordinator_id is None:
        raise Invalid(reason="nobody_responsible", role=beginning.responsible, process=process.key)
    named = {"title": beginning.title or process.title, **{key: data[key] for key in LONGEST if data.get(key)}}
    told = {key: str(value)[: LONGEST[key]] for key, value in named.items()}
    case = new_case(work, process, coordinator_id, told)
    work.unit.cases.add(case, urgency="", registered_by=coordinator_id, submission=None)
    name = process.definition.names.get(element, element)
    work.record("case.started", case.id, number=case.number, title=case.title, element=element, name=name)
    begin(work, case, process, FollowUp(process.key, "main", "", element=element), data)
    return case
