"""What will be due: limits and timers up to an instant still to come, by the same rows that the timers use."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import account, case_clock, gov_case, task, timer

LIMIT = 1000


@dataclass(frozen=True)
class DueClock:
    """A limit that will run out unless somebody acts."""

    number: str
    title: str
    clock: str
    due_at: datetime
    due_date: date
    provisional: bool
    holders: tuple[str, ...]


@dataclass(frozen=True)
class DueTimer:
    """A timer that will fire: a reminder, or what the diagram does then."""

    number: str
    kind: str  # flow | warn
    element: str
    due_at: datetime


def clocks_due(session: Session, after: datetime, until: datetime, limit: int = LIMIT) -> list[DueClock]:
    """Return the running limits that end in (after, until], the first due first."""
    rows = session.execute(
        select(case_clock, gov_case.c.number, gov_case.c.title)
        .join(gov_case, gov_case.c.id == case_clock.c.case_id)
        .where(case_clock.c.stopped_at.is_(None), case_clock.c.due_at > after, case_clock.c.due_at <= until)
        .order_by(case_clock.c.due_at, gov_case.c.number)
        .limit(limit)
    ).all()
    held = session.execute(
        select(task.c.instance_id, account.c.name)
        .join(account, account.c.id == task.c.holder_id)
        .where(task.c.status == "open", task.c.instance_id.in_({row.instance_id for row in rows}))
        .order_by(account.c.name)
    ).all()
    return [
        DueClock(
            number=row.number,
            title=row.title,
            clock=row.name,
            due_at=row.due_at,
            due_date=row.due_date,
            provisional=row.provisional,
            holders=tuple(each.name for each in held if each.instance_id == row.instance_id),
        )
        for row in rows
    ]


def timers_due(session: Session, after: datetime, until: datetime, limit: int = LIMIT) -> list[DueTimer]:
    """Return the timers that fire in (after, until], in their order."""
    rows = session.execute(
        select(timer.c.kind, timer.c.element_id, timer.c.due_at, gov_case.c.number)
        .join(gov_case, gov_case.c.id == timer.c.case_id)
        .where(timer.c.status == "waiting", timer.c.due_at > after, timer.c.due_at <= until)
        .order_by(timer.c.due_at, timer.c.id)
        .limit(limit)
    )
    return [DueTimer(row.number, row.kind, row.element_id, row.due_at) for row in rows]
