"""What is due: timers and outgoing messages, in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.store.tables import case_clock, outbox, timer
from engine.store.tables.time import timer_is_due, timer_order

BATCH = 100


@dataclass(frozen=True)
class DueTimer:
    """A timer whose instant has come."""

    id: str
    case_id: str
    due_at: datetime


@dataclass(frozen=True)
class WaitingMessage:
    """A message to be delivered; `dedupe_key` stays the same however often it is tried."""

    id: str
    dedupe_key: str
    channel: str
    recipient: str
    template: str
    facts: dict[str, Any]


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

    A timer that failed is passed over: it is due already and would keep the ticker awake. The passes made anyway, one
    at least every 15 seconds, find it when its next try has come.
    """
    return session.execute(
        select(timer.c.due_at)
        .where(timer.c.status == "waiting", timer.c.due_at.is_not(None), timer.c.try_after.is_(None))
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


def waiting_messages(session: Session, now: datetime, limit: int = BATCH) -> list[WaitingMessage]:
    """Return the messages to be delivered now, the oldest first."""
    rows = session.execute(
        select(outbox)
        .where(outbox.c.status == "waiting", or_(outbox.c.try_after.is_(None), outbox.c.try_after <= now))
        .order_by(outbox.c.created_at)
        .limit(limit)
    )
    return [WaitingMessage(r.id, r.dedupe_key, r.channel, r.recipient, r.template, r.facts) for r in rows]
