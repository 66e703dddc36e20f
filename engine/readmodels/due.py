"""What is due: timers and outgoing messages, in order."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import case_clock, hub_message, outbox, timer
from engine.store.tables.hub import hub_message_is_due
from engine.store.tables.records import message_is_due
from engine.store.tables.time import timer_is_due, timer_order

BATCH = 100


@dataclass(frozen=True)
class DueTimer:
    """A timer whose instant has come."""

    id: str
    case_id: str
    due_at: datetime


def due_timers(session: Session, now: datetime, limit: int = BATCH) -> list[DueTimer]:
    """Return the timers that are due, the earliest first."""
    rows = session.execute(
        select(timer.c.id, timer.c.case_id, timer.c.due_at).where(timer_is_due).order_by(*timer_order).limit(limit),
        {"now": now},
    )
    return [DueTimer(row.id, row.case_id, row.due_at) for row in rows]


def waits_of(session: Session) -> dict[str, set[str]]:
    """Return the diagram's timers that have a row which waits or is an incident: {instance id: their runtime ids}."""
    rows = session.execute(
        select(timer.c.instance_id, timer.c.runtime_id).where(
            timer.c.kind == "flow", timer.c.status.in_(("waiting", "incident"))
        )
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.instance_id, set()).add(row.runtime_id)
    return found


def next_due(session: Session) -> datetime | None:
    """
    Return the instant of the earliest waiting timer, or None.

    A timer that failed, or that another ticker has in hand, is passed over: it is due already and would keep this one
    awake. The passes made anyway, one at least every 15 seconds, find it when its next try has come or its lease ended.
    """
    return session.execute(
        select(timer.c.due_at)
        .where(
            timer.c.status == "waiting",
            timer.c.due_at.is_not(None),
            timer.c.try_after.is_(None),
            timer.c.leased_until.is_(None),
        )
        .order_by(timer.c.due_at)
        .limit(1)
    ).scalar_one_or_none()


def cases_counted_otherwise(session: Session, version: str, after: str, limit: int = BATCH) -> list[str]:
    """Return the cases after `after` with a running clock that another state of the calendar counted, in order."""
    rows = session.execute(
        select(case_clock.c.case_id)
        .where(
            case_clock.c.stopped_at.is_(None),
            case_clock.c.calendar_version != version,
            case_clock.c.case_id > after,
        )
        .group_by(case_clock.c.case_id)
        .order_by(case_clock.c.case_id)
        .limit(limit)
    )
    return list(rows.scalars())


def due_hub_messages(session: Session, now: datetime, limit: int = BATCH) -> list[str]:
    """Return the messages between processes that somebody waits for now, or that have waited too long; oldest first."""
    wanted = select(hub_message.c.id).where(hub_message_is_due).order_by(hub_message.c.thrown_at, hub_message.c.id)
    return list(session.execute(wanted.limit(limit), {"now": now}).scalars())


def any_message(session: Session, now: datetime) -> bool:
    """Return whether a message waits to be delivered now."""
    return session.execute(select(outbox.c.id).where(message_is_due).limit(1), {"now": now}).first() is not None
