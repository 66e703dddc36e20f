"""The whole of one case: facts, forms, clocks, documents, flags, events, drawing."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.store.tables import (
    account,
    case_clock,
    clock_event,
    definition,
    document,
    event,
    flag,
    gov_case,
    process_instance,
    rating,
    task,
    unit,
)

MOST_EVENTS = 500


@dataclass(frozen=True)
class CaseFacts:
    """What stands at the head of a case."""

    id: str
    number: str
    query_code: str
    title: str
    process: str
    applicant: str
    phone: str
    urgency: str
    coordinator_id: str
    coordinator: str
    coordinator_phone: str
    unit: str
    registered_at: datetime
    closed_at: datetime | None
    outcome: str | None


@dataclass(frozen=True)
class DoneForm:
    """A form somebody handed in; `values` as stored."""

    task_id: str
    element_id: str
    name: str
    form: str
    kind: str  # of the instance: main | flag_review
    values: dict[str, Any]
    by: str
    at: datetime
    opened_at: datetime


@dataclass(frozen=True)
class StepFacts:
    """A task of the main process, whatever became of it, with who held it last."""

    id: str
    element_id: str
    name: str
    role: str
    form: str | None
    values: dict[str, Any]
    status: str  # open | done | cancelled
    holder: str
    office: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class ClockFacts:
    """A clock of the case with its ledger."""

    id: str
    key: str  # the id of the diagram's gov:clock; of a private limit that of its timer
    name: str
    rule: dict[str, Any]
    started_at: datetime
    stopped_at: datetime | None
    due_at: datetime | None
    due_date: date | None
    provisional: bool
    due_min: date | None
    due_max: date | None
    extended: bool
    kind: str  # of the process it belongs to: main | flag_review
    ledger: tuple[Any, ...]


@dataclass(frozen=True)
class EventFacts:
    """One event of the case's chain."""

    seq: int
    type: str
    at: datetime
    recorded_at: datetime
    actor: str
    data: dict[str, Any]


@dataclass(frozen=True)
class DocumentFacts:
    """A document that was issued."""

    id: str
    case_id: str
    kind: str
    title: str
    number: str
    public: bool
    issued_at: datetime
    facts: dict[str, Any]
    pdf: bytes | None


@dataclass(frozen=True)
class InstanceFacts:
    """A process of the case, as far as the drawing needs it."""

    id: str
    kind: str
    digest: str
    xml: str
    manifest: dict[str, Any]
    forms: dict[str, Any]
    passed: tuple[str, ...]
    finished_at: datetime | None


def case_by(session: Session, *, case_id: str | None = None, query_code: str | None = None) -> CaseFacts | None:
    """Return the case with that id or query code, or None."""
    condition = gov_case.c.id == case_id if case_id else gov_case.c.query_code == query_code
    row = session.execute(
        select(
            gov_case,
            account.c.name.label("coordinator"),
            account.c.phone.label("coordinator_phone"),
            unit.c.name.label("unit"),
        )
        .join(account, account.c.id == gov_case.c.coordinator_id)
        .outerjoin(unit, unit.c.id == gov_case.c.unit_id)
        .where(condition)
    ).one_or_none()
    if row is None:
        return None
    names = [name for name in CaseFacts.__dataclass_fields__ if name != "unit"]
    return CaseFacts(**{name: getattr(row, name) for name in names}, unit=row.unit or "")


def forms_of(session: Session, case_id: str) -> list[DoneForm]:
    """Return what was handed in, in order."""
    rows = session.execute(
        select(task, account.c.name.label("by"), process_instance.c.kind)
        .join(process_instance, process_instance.c.id == task.c.instance_id)
        .outerjoin(account, account.c.id == task.c.closed_by)
        .where(task.c.case_id == case_id, task.c.status == "done", task.c.form.is_not(None))
        .order_by(task.c.closed_at, task.c.opened_at)
    )
    return [
        DoneForm(r.id, r.element_id, r.name, r.form, r.kind, r.values, r.by or "", r.closed_at, r.opened_at)
        for r in rows
    ]


def steps_of(session: Session, case_id: str) -> list[StepFacts]:
    """Return every task of the case's main process in order of opening: done, open, and withdrawn by the process."""
    rows = session.execute(
        select(task, account.c.name.label("holder"), unit.c.name.label("office"))
        .join(process_instance, process_instance.c.id == task.c.instance_id)
        .outerjoin(account, account.c.id == func.coalesce(task.c.closed_by, task.c.holder_id))
        .outerjoin(unit, unit.c.id == account.c.unit_id)
        .where(task.c.case_id == case_id, process_instance.c.kind == "main")
        .order_by(task.c.opened_at, task.c.closed_at.is_(None), task.c.closed_at, task.c.id)
    )
    plain = [name for name in StepFacts.__dataclass_fields__ if name not in {"values", "holder", "office"}]
    return [
        StepFacts(
            **{name: getattr(row, name) for name in plain},
            values=row.values or {},
            holder=row.holder or "",
            office=row.office or "",
        )
        for row in rows
    ]


def clocks_of(session: Session, case_id: str) -> list[ClockFacts]:
    """Return the clocks of a case in order of starting, each with its ledger."""
    clocks = session.execute(
        select(case_clock, process_instance.c.kind)
        .join(process_instance, process_instance.c.id == case_clock.c.instance_id)
        .where(case_clock.c.case_id == case_id)
        .order_by(case_clock.c.started_at, case_clock.c.id)
    ).all()
    entries = session.execute(
        select(clock_event)
        .join(case_clock, case_clock.c.id == clock_event.c.clock_id)
        .where(case_clock.c.case_id == case_id)
        .order_by(clock_event.c.clock_id, clock_event.c.seq)
    ).all()
    names = [name for name in ClockFacts.__dataclass_fields__ if name != "ledger"]
    return [
        ClockFacts(
            **{name: getattr(row, name) for name in names},
            ledger=tuple(entry for entry in entries if entry.clock_id == row.id),
        )
        for row in clocks
    ]


def events_of(session: Session, case_id: str) -> list[EventFacts]:
    """Return the events of a case in order."""
    rows = session.execute(select(event).where(event.c.case_id == case_id).order_by(event.c.seq).limit(MOST_EVENTS))
    return [EventFacts(r.seq, r.type, r.at, r.recorded_at, r.actor_name, json.loads(r.data)) for r in rows]


def documents_of(session: Session, case_id: str) -> list[DocumentFacts]:
    """Return the documents of a case in order of issue."""
    rows = session.execute(select(document).where(document.c.case_id == case_id).order_by(document.c.issued_at))
    return [_document(row) for row in rows]


def document_by_id(session: Session, document_id: str) -> DocumentFacts | None:
    """Return one document with its bytes, or None."""
    row = session.execute(select(document).where(document.c.id == document_id)).one_or_none()
    return _document(row) if row else None


def _document(row: Any) -> DocumentFacts:
    return DocumentFacts(**{name: getattr(row, name) for name in DocumentFacts.__dataclass_fields__})


def instances_of(session: Session, case_id: str) -> list[InstanceFacts]:
    """Return the processes of a case, the main one first."""
    rows = session.execute(
        select(process_instance, definition.c.digest, definition.c.xml, definition.c.manifest, definition.c.forms)
        .join(definition, definition.c.digest == process_instance.c.definition_digest)
        .where(process_instance.c.case_id == case_id)
        .order_by(process_instance.c.started_at, process_instance.c.kind.desc())
    )
    return [
        InstanceFacts(
            r.id, r.kind, r.digest, r.xml, json.loads(r.manifest), json.loads(r.forms), tuple(r.passed), r.finished_at
        )
        for r in rows
    ]


def rating_of(session: Session, case_id: str) -> Any | None:
    """Return the citizen's rating row (score, solved, reasons, comment, at), or None."""
    return session.execute(select(rating).where(rating.c.case_id == case_id)).one_or_none()


def flags_on(session: Session, case_id: str) -> int:
    """Return how many flags stand on a case."""
    return len(session.execute(select(flag.c.id).where(flag.c.case_id == case_id)).all())


def review_tasks(session: Session, case_id: str) -> set[str]:
    """Return the ids of the tasks that belong to reviews of flags."""
    found = (
        select(task.c.id)
        .join(process_instance, process_instance.c.id == task.c.instance_id)
        .where(task.c.case_id == case_id, process_instance.c.kind != "main")
    )
    return set(session.execute(found).scalars())


def form_key(session: Session, task_id: str) -> str | None:
    """Return the key of a task's form, or None."""
    return session.execute(select(task.c.form).where(task.c.id == task_id)).scalar_one_or_none()


def instance_of_task(session: Session, task_id: str) -> InstanceFacts:
    """Return the process a task belongs to."""
    row = session.execute(select(task.c.case_id, task.c.instance_id).where(task.c.id == task_id)).one()
    return next(found for found in instances_of(session, row.case_id) if found.id == row.instance_id)
