"""Clocks, timers and the calendar."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    or_,
    text,
)
from sqlalchemy.types import JSON

from engine.store.tables.columns import ID, Moment, case_key, metadata

case_clock = Table(
    "case_clock",
    metadata,
    Column("id", ID, primary_key=True),
    case_key(),
    Column("instance_id", ID, ForeignKey("process_instance.id"), nullable=False),
    Column("key", String(80), nullable=False),
    Column("name", String(120), nullable=False),
    Column("element_id", String(80), nullable=False),  # what it spans; the instance's start for case clocks
    Column("rule", JSON, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("stopped_at", Moment),
    Column("due_at", Moment),  # None while paused
    Column("due_date", Date),
    Column("flag_at", Moment),
    Column("provisional", Boolean, nullable=False),
    Column("due_min", Date),
    Column("due_max", Date),
    Column("extended", Boolean, nullable=False, server_default=text("false")),
    Column("calendar_version", String(64), nullable=False),
    Index("ix_case_clock_case_id", "case_id"),
    Index(
        "ix_case_clock_due",
        "due_at",
        sqlite_where=text("stopped_at IS NULL"),
        postgresql_where=text("stopped_at IS NULL"),
    ),
)


clock_event = Table(
    "clock_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("clock_id", ID, ForeignKey("case_clock.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("type", String(16), nullable=False),  # start | pause | resume | extend | recount | stop
    Column("at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("actor_id", String(36), nullable=False),
    Column("kind", String(40)),
    Column("amount", Integer),
    Column("reason", Text),
    Column("due_before", Moment),
    Column("due_after", Moment),
    Column("previous", String(64), nullable=False),  # digest of the line before
    Column("digest", String(64), nullable=False),
    UniqueConstraint("clock_id", "seq"),
)


timer = Table(
    "timer",
    metadata,
    Column("id", ID, primary_key=True),
    case_key(),
    Column("instance_id", ID, ForeignKey("process_instance.id"), nullable=False),
    Column("kind", String(16), nullable=False),  # flow: a timer event of the diagram | warn: a reminder
    Column("runtime_id", String(80), nullable=False),
    Column("element_id", String(80), nullable=False),
    Column("host_task_id", ID),
    Column("clock_id", ID, ForeignKey("case_clock.id")),
    Column("moment", String(8), nullable=False, server_default="due"),
    Column("day_offset", Integer, nullable=False, server_default=text("0")),
    Column("due_at", Moment),  # None while its clock is paused
    Column("status", String(16), nullable=False),  # waiting | fired | cancelled | incident
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("try_after", Moment),
    Column("last_error", Text),
    Column("fired_at", Moment),  # when it was carried out; due_at says when it counts
    UniqueConstraint("instance_id", "kind", "runtime_id"),
    Index(
        "ix_timer_due",
        "due_at",
        "id",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index("ix_timer_case_id", "case_id"),
)

# what is to be carried out at the instant `now`, in `timer_order`: a timer that failed waits for its next try
timer_is_due = and_(
    timer.c.status == "waiting",
    timer.c.due_at <= bindparam("now"),
    or_(timer.c.try_after.is_(None), timer.c.try_after <= bindparam("now")),
)
timer_order = (timer.c.due_at, timer.c.id)


calendar_day = Table(  # only the exceptions to Monday–Friday
    "calendar_day",
    metadata,
    Column("scope", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(8), nullable=False),  # off | work
    Column("name", String(40), nullable=False),
    Column("source", String(120), nullable=False),
)


calendar_closure = Table(  # orders to stop work, a row for each day they touch
    "calendar_closure",
    metadata,
    Column("scope", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("begins", Integer, nullable=False),  # seconds since midnight
    Column("ends", Integer, nullable=False),
    Column("name", String(40), nullable=False),
    Column("source", String(120), nullable=False),
)


calendar_hours = Table(  # office hours from a day on, until the next such day
    "calendar_hours",
    metadata,
    Column("scope", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("segments", JSON, nullable=False),  # [[opens, closes], …] in seconds since midnight
    Column("source", String(120), nullable=False),
)


calendar_scope = Table(  # whose tables are loaded: the nation's, and at most one place's a level
    "calendar_scope",
    metadata,
    Column("scope", String(40), primary_key=True),
    Column("level", Integer, nullable=False, unique=True),  # 0 nation, 1 province, 2 city, 3 centre
    Column("digest", String(64), nullable=False),  # of all its rows: names this state of the calendar
    Column("loaded_at", Moment, nullable=False),
)


calendar_year = Table(
    "calendar_year",
    metadata,
    Column("scope", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("provisional", Boolean, nullable=False),
    Column("source", String(120), nullable=False),
    Column("loaded_at", Moment, nullable=False),
)


calendar_proposal = Table(  # changes of the calendar: nothing counts before a second person confirms it
    "calendar_proposal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", String(40), nullable=False),
    Column("title", String(120), nullable=False),
    Column("year", Integer),
    Column("text", Text, nullable=False),  # as pasted
    Column("sha256", String(64), nullable=False),
    Column("proposed_by", String(36), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),  # waiting | confirmed | refused
    Column("decided_by", String(36)),
    Column("decided_at", Moment),
)


calendar_version = Table(  # every state of the calendar that has been in force
    "calendar_version",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("content", Text, nullable=False),  # JSON: {scope: {table: rows}}
    Column("loaded_by", String(36), nullable=False),
    Column("loaded_at", Moment, nullable=False),
)
