"""The supervisor's board: what is overdue, by whom, and how the last weeks went."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from engine.store.tables import account, case_clock, flag, gov_case, process_instance, task, timer, unit

LIMIT = 200


@dataclass(frozen=True)
class ClockRow:
    """A running clock of an open case, with the task and person it presently hangs on."""

    case_id: str
    number: str
    title: str
    applicant: str
    clock_id: str
    clock: str
    started_at: datetime
    due_at: datetime | None
    due_date: date | None
    provisional: bool
    extended: bool
    limit: int
    unit_of_limit: str
    task: str
    holder: str
    holder_id: str | None
    office: str


@dataclass(frozen=True)
class Figures:
    """The board's figures. Rates are given as numerator and denominator."""

    open_cases: int
    overdue: int
    due_today: int
    closed_this_month: int
    closed_in_time: int
    suspected_flags: int
    stuck_timers: int


def running_clocks(session: Session, limit: int = LIMIT) -> list[ClockRow]:
    """Return the running clocks of main processes, the earliest due first."""
    rows = session.execute(_select().limit(limit)).all()
    offices = {row.id: row.name for row in session.execute(select(unit.c.id, unit.c.name))}
    return [_row(row, offices) for row in rows]


def figures(session: Session, now: datetime, day_ends: datetime, month_begins: datetime) -> Figures:
    """Return the board's figures at `now`; the day's end and the month's beginning are local, given in UTC."""

    def count(wanted: Select[Any]) -> int:
        return session.execute(wanted).scalar_one()

    running = (
        select(func.count(func.distinct(case_clock.c.case_id)))
        .join(process_instance, process_instance.c.id == case_clock.c.instance_id)
        .where(case_clock.c.stopped_at.is_(None), process_instance.c.kind == "main")
    )
    closed = select(func.count()).select_from(gov_case).where(gov_case.c.closed_at >= month_begins)
    late = (
        select(case_clock.c.id)
        .join(process_instance, process_instance.c.id == case_clock.c.instance_id)
        .where(
            case_clock.c.case_id == gov_case.c.id,
            process_instance.c.kind == "main",
            case_clock.c.due_at < func.coalesce(case_clock.c.stopped_at, now),
        )
        .exists()
    )
    return Figures(
        open_cases=count(select(func.count()).select_from(gov_case).where(gov_case.c.closed_at.is_(None))),
        overdue=count(running.where(case_clock.c.due_at <= now)),
        due_today=count(running.where(case_clock.c.due_at > now, case_clock.c.due_at <= day_ends)),
        closed_this_month=count(closed),
        closed_in_time=count(closed.where(~late)),
        suspected_flags=count(select(func.count()).select_from(flag).where(flag.c.decided_at.is_(None))),
        stuck_timers=count(select(func.count()).select_from(timer).where(timer.c.status == "incident")),
    )


def overdue_by_unit(rows: list[ClockRow], now: datetime) -> list[tuple[str, int]]:
    """Return (unit, how many of the clocks are overdue), the most first."""
    counted: dict[str, int] = {}
    for row in rows:
        if row.due_at is not None and row.due_at <= now:
            counted[row.office] = counted.get(row.office, 0) + 1
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def daily(session: Session, days: list[date], begins: list[datetime]) -> tuple[list[int], list[int]]:
    """
    Return (breaches a day, clocks due a day) for `days`; `begins` are the days' beginnings in UTC, ascending.

    A breach counts on the day its clock ran out.
    """
    since, until = begins[0], begins[-1] + timedelta(days=1)
    rows = session.execute(
        select(case_clock.c.due_at, case_clock.c.stopped_at)
        .join(process_instance, process_instance.c.id == case_clock.c.instance_id)
        .where(case_clock.c.due_at > since, case_clock.c.due_at <= until, process_instance.c.kind == "main")
    ).all()
    breaches, due = [0] * len(days), [0] * len(days)
    for row in rows:
        index = min((row.due_at - timedelta(seconds=1) - since).days, len(days) - 1)
        due[index] += 1
        breaches[index] += row.stopped_at is None or row.stopped_at >= row.due_at
    return breaches, due


def _select() -> Select[Any]:
    open_tasks = select(task.c.id).where(task.c.instance_id == case_clock.c.instance_id, task.c.status == "open")
    own = open_tasks.where(task.c.element_id == case_clock.c.element_id)
    newest = open_tasks.where(task.c.role != "dept_chief").order_by(task.c.opened_at.desc())
    current = func.coalesce(
        own.limit(1).correlate(case_clock).scalar_subquery(), newest.limit(1).correlate(case_clock).scalar_subquery()
    )
    return (
        select(
            case_clock,
            gov_case.c.number,
            gov_case.c.title,
            gov_case.c.applicant,
            task.c.name.label("task"),
            task.c.holder_id,
            task.c.unit_ids,
            account.c.name.label("holder"),
            unit.c.name.label("office"),
        )
        .join(gov_case, gov_case.c.id == case_clock.c.case_id)
        .join(process_instance, process_instance.c.id == case_clock.c.instance_id)
        .outerjoin(task, task.c.id == current)
        .outerjoin(account, account.c.id == task.c.holder_id)
        .outerjoin(unit, unit.c.id == account.c.unit_id)
        .where(case_clock.c.stopped_at.is_(None), process_instance.c.kind == "main")
        .order_by(func.coalesce(case_clock.c.due_at, case_clock.c.started_at), case_clock.c.id)
    )


def _row(row: Row[Any], offices: dict[str, str]) -> ClockRow:
    """Return the row; a task nobody has claimed lies with the unit that may claim it."""
    waiting = "、".join(sorted(offices.get(unit_id, "") for unit_id in row.unit_ids or ()))
    return ClockRow(
        case_id=row.case_id,
        number=row.number,
        title=row.title,
        applicant=row.applicant,
        clock_id=row.id,
        clock=row.name,
        started_at=row.started_at,
        due_at=row.due_at,
        due_date=row.due_date,
        provisional=row.provisional,
        extended=row.extended,
        limit=row.rule["limit"] + (row.rule["extension_limit"] if row.extended else 0),
        unit_of_limit=row.rule["unit"],
        task=row.task or "",
        holder=row.holder or "",
        holder_id=row.holder_id,
        office=row.office or waiting,
    )
