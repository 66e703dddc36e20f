"""Tasks as lists show them: whose, of which case, and when its nearest clock runs out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from engine.store.tables import account, case_clock, gov_case, task, timer

LIMIT = 200


@dataclass(frozen=True)
class TaskRow:
    """One task in a list. `due_at`, `due_date` are of the clock that governs it, None where none does."""

    id: str
    case_id: str
    number: str
    title: str
    applicant: str
    urgency: str
    name: str
    role: str
    element_id: str
    holder_id: str | None
    holder: str
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due_date: date | None
    started_at: datetime | None
    clock: str
    unit_ids: tuple[str, ...]


def inbox_of(session: Session, account_id: str) -> list[TaskRow]:
    """Return the open tasks a person holds: what is due first comes first."""
    return _rows(session, _open().where(task.c.holder_id == account_id))


def claimable_by(session: Session, roles: frozenset[str], unit_id: str | None) -> list[TaskRow]:
    """Return the open tasks nobody holds that somebody with these roles, of this unit, may take."""
    found = _rows(session, _open().where(task.c.holder_id.is_(None), task.c.role.in_(roles - {"citizen"})))
    return [row for row in found if not row.unit_ids or unit_id in row.unit_ids]


def done_by(session: Session, account_id: str, limit: int = 50) -> list[TaskRow]:
    """Return the tasks a person finished, the newest first."""
    wanted = _select().where(task.c.closed_by == account_id, task.c.status == "done")
    return _rows(session, wanted.order_by(None).order_by(task.c.closed_at.desc()).limit(limit))


def of_case(session: Session, case_id: str) -> list[TaskRow]:
    """Return the open tasks of a case."""
    return _rows(session, _open().where(task.c.case_id == case_id))


def of_roles(session: Session, roles: tuple[str, ...]) -> list[TaskRow]:
    """Return every open task of these roles, whoever holds it."""
    return _rows(session, _open().where(task.c.role.in_(roles)))


def by_id(session: Session, task_id: str) -> TaskRow | None:
    """Return one task, open or not, or None."""
    return next(iter(_rows(session, _select().where(task.c.id == task_id))), None)


def _open() -> Select[Any]:
    return _select().where(task.c.status == "open")


def _select() -> Select[Any]:
    """Return tasks with their case, holder and the running clock that is due first among those governing them."""
    nearest = (
        select(case_clock.c.id)
        .where(
            case_clock.c.instance_id == task.c.instance_id,
            case_clock.c.stopped_at.is_(None),
            _governs(),
        )
        .order_by(case_clock.c.due_at)
        .limit(1)
        .correlate(task)
        .scalar_subquery()
    )
    return (
        select(
            task,
            gov_case.c.number,
            gov_case.c.title,
            gov_case.c.applicant,
            gov_case.c.urgency,
            account.c.name.label("holder"),
            case_clock.c.due_at,
            case_clock.c.due_date,
            case_clock.c.started_at,
            case_clock.c.name.label("clock"),
        )
        .join(gov_case, gov_case.c.id == task.c.case_id)
        .outerjoin(account, account.c.id == task.c.holder_id)
        .outerjoin(case_clock, case_clock.c.id == nearest)
        .order_by(func.coalesce(case_clock.c.due_at, task.c.opened_at), task.c.id)
        .limit(LIMIT)
    )


def _governs() -> ColumnElement[bool]:
    """
    Return the condition that a clock governs a task: one of its timers sat on the task or on what encloses it.

    A clock that started with the element itself governs it also where no timer names it.
    """
    sits_on_it = (
        select(timer.c.id)
        .where(
            timer.c.clock_id == case_clock.c.id, or_(timer.c.host_task_id == task.c.id, timer.c.host_task_id.is_(None))
        )
        .where(timer.c.kind == "flow")
        .correlate(case_clock, task)
        .exists()
    )
    return or_(case_clock.c.element_id == task.c.element_id, sits_on_it)


def _rows(session: Session, wanted: Select[Any]) -> list[TaskRow]:
    return [_row(row) for row in session.execute(wanted)]


def _row(row: Row[Any]) -> TaskRow:
    return TaskRow(
        id=row.id,
        case_id=row.case_id,
        number=row.number,
        title=row.title,
        applicant=row.applicant,
        urgency=row.urgency,
        name=row.name,
        role=row.role,
        element_id=row.element_id,
        holder_id=row.holder_id,
        holder=row.holder or "",
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        due_at=row.due_at,
        due_date=row.due_date,
        started_at=row.started_at,
        clock=row.clock or "",
        unit_ids=tuple(row.unit_ids),
    )
