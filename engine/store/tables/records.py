"""What is kept for good: flags, documents, notices, the event log."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
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

flag = Table(
    "flag",
    metadata,
    Column("id", ID, primary_key=True),  # the id of the action that raised it
    case_key(),
    Column("code", String(8), nullable=False),
    Column("holder_id", ID, ForeignKey("account.id")),  # None: nobody had claimed it, it stands on the unit
    Column("unit_id", ID, ForeignKey("unit.id")),
    Column("clock_id", ID, ForeignKey("case_clock.id")),
    Column("timer_id", ID, ForeignKey("timer.id"), unique=True),  # one timer, one flag: the last line of defence
    Column("raised_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("answered_at", Moment),
    Column("answer", JSON),
    Column("decided_at", Moment),
    Column("decided_by", String(36)),
    Column("decision", JSON),
    UniqueConstraint("clock_id", "code"),
    Index("ix_flag_case_id", "case_id"),
    Index("ix_flag_holder_id", "holder_id"),
)


document = Table(
    "document",
    metadata,
    Column("id", ID, primary_key=True),  # the id of the action that issued it
    case_key(),
    Column("kind", String(40), nullable=False),
    Column("title", String(80), nullable=False),
    Column("number", String(60), nullable=False, unique=True),
    Column("public", Boolean, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("sha256", String(64)),
    Column("pdf", LargeBinary),  # rendered once, then the same bytes for good
    Index("ix_document_case_id", "case_id"),
)


counter = Table(
    "counter",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("last", Integer, nullable=False),
)


notice = Table(  # what a person reads in the application
    "notice",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account_id", ID, ForeignKey("account.id"), nullable=False),
    case_key(nullable=True),
    Column("kind", String(40), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("dedupe_key", String(120), nullable=False, unique=True),
    Index("ix_notice_account_id_at", "account_id", "at"),
)


outbox = Table(  # what leaves the house, at least once, with a stable key
    "outbox",
    metadata,
    Column("id", ID, primary_key=True),
    case_key(nullable=True),
    Column("dedupe_key", String(120), nullable=False, unique=True),
    Column("channel", String(16), nullable=False),
    Column("recipient", String(80), nullable=False),
    Column("template", String(40), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),  # waiting | sent | incident
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("try_after", Moment),
    Column("sent_at", Moment),
    Column("last_error", Text),
    Column("leased_by", String(80)),  # the ticker that is delivering it
    Column("leased_until", Moment),
    Index(
        "ix_outbox_waiting",
        "created_at",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
)

# what is to be handed over at the instant `now`: a message that failed waits for its next try
message_is_due = and_(
    outbox.c.status == "waiting", or_(outbox.c.try_after.is_(None), outbox.c.try_after <= bindparam("now"))
)
message_is_free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= bindparam("machine_now"))


incident = Table(  # what could not go on by itself
    "incident",
    metadata,
    Column("id", ID, primary_key=True),
    case_key(),
    Column("instance_id", ID, ForeignKey("process_instance.id"), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("reason", String(60), nullable=False),  # a code
    Column("detail", Text, nullable=False),
    Column("task_id", ID),  # whose completion failed
    Column("timer_id", ID, ForeignKey("timer.id")),
    Column("times", Integer, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", String(36)),
    Column("settlement", String(16)),  # retried | closed | ended | overcome
    Index(
        "ix_incident_open",
        "instance_id",
        "element_id",
        "reason",
        unique=True,  # the same failure again is counted
        sqlite_where=text("settled_at IS NULL"),
        postgresql_where=text("settled_at IS NULL"),
    ),
    Index("ix_incident_case_id", "case_id"),
)


self_check = Table(  # what each run of the self-check looked at and found
    "self_check",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("occasion", String(16), nullable=False),  # start | nightly | by_hand
    Column("began_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=False),
    Column("checked", JSON, nullable=False),  # {what: how many}
    Column("findings", JSON, nullable=False),  # [{code, case_id, subject, detail}]
)


event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ID, nullable=False),  # "" for what concerns no case: settings, accounts, calendars
    Column("seq", Integer, nullable=False),
    Column("type", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("actor_id", String(36), nullable=False),
    Column("actor_name", String(40), nullable=False),
    Column("data", Text, nullable=False),  # JSON text, hashed as it stands
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("case_id", "seq"),
)
