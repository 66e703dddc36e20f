"""Messages and signals between processes, what starts processes, and incidents."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    exists,
    or_,
    text,
)
from sqlalchemy.types import JSON

from engine.store.tables.columns import ID, Moment, case_key, metadata

subscription = Table(  # a token that waits for a message or signal
    "subscription",
    metadata,
    Column("id", Integer, primary_key=True),  # the order in which the waiting began
    case_key(),
    Column("instance_id", ID, ForeignKey("process_instance.id"), nullable=False),
    Column("kind", String(8), nullable=False),  # message | signal
    Column("name", String(120), nullable=False),
    Column("key", String(200), nullable=False),  # correlation key, "" for none
    Column("element_id", String(80), nullable=False),
    Column("token_id", ID, nullable=False),
    Column("since", Moment, nullable=False),
    UniqueConstraint("token_id", "kind", "name"),
    Index("ix_subscription_wanted", "kind", "name", "key"),
    Index("ix_subscription_instance_id", "instance_id"),
)


start_registration = Table(  # what starts the newest version of a process: a message, a signal, a time
    "start_registration",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("process", String(80), nullable=False),
    Column("digest", String(64), ForeignKey("definition.digest"), nullable=False),
    Column("element_id", String(80), nullable=False),
    Column("kind", String(8), nullable=False),  # message | signal | timer
    Column("name", String(120), nullable=False),  # of a timer: its ISO 8601 text
    Column("since", Moment, nullable=False),
    UniqueConstraint("process", "element_id", "kind", "name"),
    Index("ix_start_registration_wanted", "kind", "name"),
)


hub_message = Table(  # a message on its way to one receiver; of a signal one row for each receiver
    "hub_message",
    metadata,
    Column("id", ID, primary_key=True),
    Column("dedupe_key", String(160), nullable=False, unique=True),
    Column("kind", String(8), nullable=False),
    Column("name", String(120), nullable=False),
    Column("key", String(200), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("from_case_id", ID, ForeignKey("gov_case.id")),
    Column("from_instance_id", ID, ForeignKey("process_instance.id")),
    Column("to_instance_id", ID, ForeignKey("process_instance.id")),  # of a signal
    Column("to_start", Integer),  # of a signal: the start_registration
    Column("thrown_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("status", String(16), nullable=False),  # waiting | delivered | expired | missed | incident | dropped
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("try_after", Moment),
    Column("last_error", Text),
    Index(
        "ix_hub_message_waiting",
        "thrown_at",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
)


hub_delivery = Table(  # a message is consumed once: its id is the key
    "hub_delivery",
    metadata,
    Column("message_id", ID, ForeignKey("hub_message.id"), primary_key=True),
    Column("case_id", ID, nullable=False),
    Column("instance_id", ID, nullable=False),
    Column("element_id", String(80), nullable=False),
    Column("at", Moment, nullable=False),
)


incident = Table(  # what cannot go on without a person
    "incident",
    metadata,
    Column("id", ID, primary_key=True),
    case_key(nullable=True),  # None: a message or a time that could not start a case
    Column("instance_id", ID, ForeignKey("process_instance.id")),
    Column("kind", String(12), nullable=False),  # step | operation | letter | message | timer | start | stuck | failure
    Column("subject_id", String(80), nullable=False),  # token, row of the outbox, message, timer or instance
    Column("element_id", String(80), nullable=False),
    Column("element_name", String(120), nullable=False),
    Column("code", String(40), nullable=False),  # of the error
    Column("facts", JSON, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("status", String(12), nullable=False),  # open | retried | skipped | ended | gone
    Column("closed_at", Moment),
    Column("closed_by", String(36)),
    Column("reason", Text),
    Index(
        "uq_incident_open",
        "kind",
        "subject_id",
        unique=True,
        sqlite_where=text("status = 'open'"),
        postgresql_where=text("status = 'open'"),
    ),
    Index("ix_incident_case_id", "case_id"),
    Index("ix_incident_instance_id", "instance_id"),
)

# whom a message meets: a token that waits for it with its key, or else what starts a process by its name
waits_for_it = and_(
    subscription.c.kind == "message",
    hub_message.c.kind == "message",
    subscription.c.name == hub_message.c.name,
    subscription.c.key == hub_message.c.key,
)
starts_by_it = and_(
    start_registration.c.kind == "message",
    hub_message.c.kind == "message",
    start_registration.c.name == hub_message.c.name,
)
# what is to be done at the instant `now`: a message that has a receiver, or has waited for one in vain
hub_message_is_due = and_(
    hub_message.c.status == "waiting",
    or_(hub_message.c.try_after.is_(None), hub_message.c.try_after <= bindparam("now")),
    or_(
        hub_message.c.kind == "signal",
        hub_message.c.expires_at <= bindparam("now"),
        exists().where(waits_for_it),
        exists().where(starts_by_it),
    ),
)
