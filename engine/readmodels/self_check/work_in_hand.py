"""Open cases, their tasks, timers and flags."""

import json
from datetime import datetime

from sqlalchemy import and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from engine.domain.deadlines import shift_end
from engine.domain.self_check import Finding
from engine.domain.working_time import WorkCalendar
from engine.store.tables import (
    case_clock,
    event,
    flag,
    gov_case,
    incident,
    outbox,
    process_instance,
    task,
    task_holding,
    timer,
)

ALIVE = ("waiting", "incident")


def idle_cases(session: Session) -> list[Finding]:
    """Return open cases without an open task, a timer that waits, or an incident."""
    works = exists().where(task.c.case_id == gov_case.c.id, task.c.status == "open")
    waits = exists().where(timer.c.case_id == gov_case.c.id, timer.c.status.in_(ALIVE))
    known = exists().where(incident.c.case_id == gov_case.c.id, incident.c.settled_at.is_(None))
    rows = session.execute(
        select(gov_case.c.id, gov_case.c.number).where(gov_case.c.closed_at.is_(None), ~works, ~waits, ~known)
    )
    return [Finding("case_idle", row.id, row.number) for row in rows]


def orphaned_tasks(session: Session) -> list[Finding]:
    """Return open tasks of processes that are over."""
    rows = session.execute(
        select(task.c.case_id, task.c.id, task.c.name)
        .join(process_instance, process_instance.c.id == task.c.instance_id)
        .where(task.c.status == "open", process_instance.c.finished_at.is_not(None))
    )
    return [Finding("task_orphan", row.case_id, row.id, row.name) for row in rows]


def mismatched_holders(session: Session) -> list[Finding]:
    """Return open tasks whose holder is not the one open holding's."""
    held = and_(task_holding.c.task_id == task.c.id, task_holding.c.until.is_(None))
    how_many = select(func.count()).select_from(task_holding).where(held).scalar_subquery()
    same = exists().where(held, task_holding.c.holder_id == task.c.holder_id)
    wrong = or_(and_(task.c.holder_id.is_not(None), or_(how_many != 1, not_(same))),
                and_(task.c.holder_id.is_(None), how_many != 0))  # fmt: skip
    rows = session.execute(select(task.c.case_id, task.c.id, task.c.name).where(task.c.status == "open", wrong))
    return [Finding("holder_mismatch", row.case_id, row.id, row.name) for row in rows]


def stray_timers(session: Session) -> list[Finding]:
    """Return timers that wait although their clock has stopped or their process is over."""
    rows = session.execute(
        select(timer.c.case_id, timer.c.id, timer.c.element_id)
        .join(process_instance, process_instance.c.id == timer.c.instance_id)
        .outerjoin(case_clock, case_clock.c.id == timer.c.clock_id)
        .where(
            timer.c.status == "waiting",
            or_(process_instance.c.finished_at.is_not(None), case_clock.c.stopped_at.is_not(None)),
        )
    )
    return [Finding("timer_stray", row.case_id, row.id, row.element_id) for row in rows]


def moved_timers(session: Session, calendar: WorkCalendar) -> list[Finding]:
    """Return the diagram's timers whose instant is not what their running clock says."""
    rows = session.execute(
        select(timer, case_clock.c.due_at.label("due"), case_clock.c.flag_at)
        .join(case_clock, case_clock.c.id == timer.c.clock_id)
        .where(
            timer.c.status == "waiting",
            timer.c.kind == "flow",
            case_clock.c.stopped_at.is_(None),
            case_clock.c.calendar_version == calendar.version,
        )
    )
    found: list[Finding] = []
    for row in rows:
        base: datetime | None = row.flag_at if row.moment == "flag" else row.due
        right = base if base is None or row.day_offset == 0 else shift_end(calendar, base, row.day_offset)
        if row.due_at != right:
            found.append(Finding("timer_moved", row.case_id, row.id, row.element_id))
    return found


def unfounded_flags(session: Session) -> list[Finding]:
    """Return flags that rest on no fired timer, stand at another moment, or have no event or no review."""
    raised = {
        json.loads(data).get("flag") for data in session.execute(
            select(event.c.data).where(event.c.type == "flag.raised")).scalars()
    }  # fmt: skip
    reviewed = set(session.execute(select(process_instance.c.subject_id).where(
        process_instance.c.subject_id.is_not(None))).scalars())  # fmt: skip
    rows = session.execute(
        select(flag, timer.c.status.label("timer_status"), timer.c.due_at).outerjoin(
            timer, timer.c.id == flag.c.timer_id
        )
    )
    found: list[Finding] = []
    for row in rows:
        if row.clock_id is not None and row.timer_status != "fired":
            found.append(Finding("flag_without_timer", row.case_id, row.id, row.code))
        elif row.timer_status is not None and row.due_at != row.raised_at:
            found.append(Finding("flag_moment", row.case_id, row.id, row.code))
        if row.id not in raised:
            found.append(Finding("flag_without_event", row.case_id, row.id, row.code))
        if row.decided_at is None and row.id not in reviewed:
            found.append(Finding("review_missing", row.case_id, row.id, row.code))
    return found


def causeless_messages(session: Session) -> list[Finding]:
    """Return messages in the outbox without an event of their case written at the same instant."""
    of_case = func.coalesce(outbox.c.case_id, "")
    caused = exists().where(event.c.case_id == of_case, event.c.recorded_at == outbox.c.created_at)
    rows = session.execute(select(outbox.c.id, of_case.label("case_id"), outbox.c.template).where(~caused))
    return [Finding("outbox_without_cause", row.case_id, row.id, row.template) for row in rows]
