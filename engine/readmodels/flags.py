"""The flag desk: what stands on whom, with which evidence, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.store.tables import account, flag, gov_case, process_instance, task, unit

LIMIT = 200


@dataclass(frozen=True)
class FlagRow:
    """A flag with its case, holder and unit."""

    id: str
    case_id: str
    number: str
    title: str
    code: str
    status: str
    clock_id: str | None  # of the limit that ran out
    holder_id: str | None
    holder: str
    unit_id: str | None
    unit: str
    raised_at: datetime
    recorded_at: datetime
    evidence: dict[str, Any]
    answered_at: datetime | None
    answer: dict[str, Any] | None
    decided_at: datetime | None
    decision: dict[str, Any] | None


@dataclass(frozen=True)
class ReviewTask:
    """The open task of a flag's review: the person's answer, or the office's decision."""

    id: str
    form: str
    name: str
    role: str
    holder_id: str | None


def all_flags(session: Session, limit: int = LIMIT) -> list[FlagRow]:
    """Return the flags, undecided ones first, then the newest."""
    undecided = flag.c.decided_at.is_not(None)
    return _rows(session, _select().order_by(undecided, flag.c.raised_at.desc()).limit(limit))


def flags_of(session: Session, account_id: str, limit: int = LIMIT) -> list[FlagRow]:
    """Return the flags that stand on a person."""
    return _rows(
        session, _select().where(flag.c.holder_id == account_id).order_by(flag.c.raised_at.desc()).limit(limit)
    )


def flags_of_case(session: Session, case_id: str) -> list[FlagRow]:
    """Return the flags of a case."""
    return _rows(session, _select().where(flag.c.case_id == case_id).order_by(flag.c.raised_at))


def flag_by_id(session: Session, flag_id: str) -> FlagRow | None:
    """Return one flag, or None."""
    return next(iter(_rows(session, _select().where(flag.c.id == flag_id))), None)


def review_task(session: Session, flag_id: str) -> ReviewTask | None:
    """Return the open task of the flag's review, or None once it is over."""
    row = session.execute(
        select(task.c.id, task.c.form, task.c.name, task.c.role, task.c.holder_id)
        .join(process_instance, process_instance.c.id == task.c.instance_id)
        .where(process_instance.c.subject_id == flag_id, task.c.status == "open")
        .limit(1)
    ).one_or_none()
    return ReviewTask(row.id, row.form, row.name, row.role, row.holder_id) if row else None


def flag_under_review(session: Session, task_id: str) -> str | None:
    """Return the id of the flag that a task answers or decides, None for a task of another kind."""
    return session.execute(
        select(process_instance.c.subject_id)
        .join(task, task.c.instance_id == process_instance.c.id)
        .where(task.c.id == task_id, process_instance.c.kind == "flag_review")
    ).scalar_one_or_none()


def _select() -> Select[Any]:
    return (
        select(flag, gov_case.c.number, gov_case.c.title, account.c.name.label("holder"), unit.c.name.label("unit"))
        .join(gov_case, gov_case.c.id == flag.c.case_id)
        .outerjoin(account, account.c.id == flag.c.holder_id)
        .outerjoin(unit, unit.c.id == flag.c.unit_id)
    )


def _rows(session: Session, wanted: Select[Any]) -> list[FlagRow]:
    names = [name for name in FlagRow.__dataclass_fields__ if name not in {"holder", "unit"}]
    return [
        FlagRow(**{name: getattr(row, name) for name in names}, holder=row.holder or "", unit=row.unit or "")
        for row in session.execute(wanted)
    ]
