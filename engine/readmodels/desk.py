"""What lies beside the tasks: drafts, notices, cases looked for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.store.tables import draft, flag, gov_case, notice, task


@dataclass(frozen=True)
class Draft:
    """What somebody has typed so far."""

    raw: dict[str, Any]
    saved_at: datetime


@dataclass(frozen=True)
class NoticeRow:
    """One line of a person's notices."""

    kind: str
    case_id: str | None
    facts: dict[str, Any]
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class FoundCase:
    """One case of a search."""

    id: str
    number: str
    title: str
    applicant: str
    registered_at: datetime
    closed_at: datetime | None
    outcome: str | None


def draft_of(session: Session, account_id: str, subject: str) -> Draft | None:
    """Return the draft a person keeps for a form, or None."""
    row = session.execute(
        select(draft.c.raw, draft.c.saved_at).where(draft.c.account_id == account_id, draft.c.subject == subject)
    ).one_or_none()
    return Draft(row.raw, row.saved_at) if row else None


def notices_of(session: Session, account_id: str, limit: int = 50) -> list[NoticeRow]:
    """Return a person's notices, the newest first."""
    rows = session.execute(
        select(notice).where(notice.c.account_id == account_id).order_by(notice.c.at.desc()).limit(limit)
    )
    return [NoticeRow(r.kind, r.case_id, r.facts, r.at, r.read_at) for r in rows]


def counts_for(session: Session, account_id: str) -> dict[str, int]:
    """Return what the rail shows: {"inbox", "notices", "flags"}."""
    mine = select(func.count()).select_from(task).where(task.c.holder_id == account_id, task.c.status == "open")
    unread = (
        select(func.count()).select_from(notice).where(notice.c.account_id == account_id, notice.c.read_at.is_(None))
    )
    flags = select(func.count()).select_from(flag).where(flag.c.decided_at.is_(None))
    return {
        "inbox": session.execute(mine).scalar_one(),
        "notices": session.execute(unread).scalar_one(),
        "flags": session.execute(flags).scalar_one(),
    }


def find_cases(session: Session, words: str, reader: str | None, limit: int = 50) -> list[FoundCase]:
    """
    Return cases whose number, title, applicant or telephone contains `words`, the newest first.

    `reader` limits the search to cases that person has or had a task in, or coordinates; None searches all.
    """
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    columns = (gov_case.c.number, gov_case.c.title, gov_case.c.applicant, gov_case.c.phone)
    wanted = select(gov_case).where(or_(*(column.like(pattern, escape="\\") for column in columns)))
    if reader is not None:
        wanted = wanted.where(visible_to(reader))
    rows = session.execute(wanted.order_by(gov_case.c.registered_at.desc()).limit(limit))
    return [FoundCase(r.id, r.number, r.title, r.applicant, r.registered_at, r.closed_at, r.outcome) for r in rows]


def visible_to(account_id: str) -> Any:
    """Return the condition that a person has to do with a case."""
    held = (
        select(task.c.id)
        .where(task.c.case_id == gov_case.c.id, or_(task.c.holder_id == account_id, task.c.closed_by == account_id))
        .exists()
    )
    return or_(gov_case.c.coordinator_id == account_id, gov_case.c.registered_by == account_id, held)


def may_read(session: Session, account_id: str, case_id: str) -> bool:
    """Return whether a person has to do with the case."""
    return (
        session.execute(select(gov_case.c.id).where(gov_case.c.id == case_id, visible_to(account_id))).first()
        is not None
    )
