"""Cases, their running processes and tasks."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text
from sqlalchemy.types import JSON

from engine.store.tables.columns import ID, Moment, case_key, metadata

definition = Table(
    "definition",
    metadata,
    Column("digest", String(64), primary_key=True),  # of the whole bundle
    Column("key", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", String(120), nullable=False),
    Column("xml", Text, nullable=False),
    Column("manifest", Text, nullable=False),  # process.json as text
    Column("forms", Text, nullable=False),  # JSON: form key -> the form's JSON
    Column("decisions", Text, nullable=False, server_default="{}"),  # JSON: model key -> the DMN file
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", String(36), nullable=False),
    UniqueConstraint("key", "version"),
)


gov_case = Table(
    "gov_case",
    metadata,
    Column("id", ID, primary_key=True),
    Column("number", String(40), nullable=False, unique=True),
    Column("query_code", String(16), nullable=False, unique=True),
    Column("process", String(80), nullable=False),
    Column("title", String(120), nullable=False),
    Column("applicant", String(80), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("urgency", String(16), nullable=False, server_default=""),
    Column("coordinator_id", ID, ForeignKey("account.id"), nullable=False),
    Column("unit_id", ID, ForeignKey("unit.id")),
    Column("registered_at", Moment, nullable=False),
    Column("registered_by", ID, ForeignKey("account.id"), nullable=False),
    Column("closed_at", Moment),
    Column("outcome", String(32)),
    Column("submission", String(64), unique=True),  # the form's idempotency key: a double click is one case
    Index(
        "ix_gov_case_open",
        "registered_at",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)


process_instance = Table(
    "process_instance",
    metadata,
    Column("id", ID, primary_key=True),
    case_key(),
    Column("definition_digest", String(64), ForeignKey("definition.digest"), nullable=False),
    Column("kind", String(32), nullable=False),  # main | flag_review
    Column("subject_id", ID),  # the flag under review
    Column("started_at", Moment, nullable=False),
    Column("state", Text, nullable=False),  # text, never jsonb: the order of keys matters
    Column("state_version", String(40), nullable=False),
    Column("state_mac", String(64), nullable=False),
    Column("passed", JSON, nullable=False),  # element and flow ids walked, for the drawing
    Column("finished_at", Moment),
    UniqueConstraint("kind", "subject_id"),
    Index("ix_process_instance_case_id", "case_id"),
)


task = Table(
    "task",
    metadata,
    Column("id", ID, primary_key=True),
    case_key(),
    Column("instance_id", ID, ForeignKey("process_instance.id"), nullable=False),
    Column("element_id", String(80), nullable=False),
    Column("name", String(120), nullable=False),
    Column("role", String(32), nullable=False),
    Column("form", String(80)),
    Column("holder_id", ID, ForeignKey("account.id")),
    Column("unit_ids", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(36)),
    Column("values", JSON),  # what was submitted, typed
    Column("submission", String(64), unique=True),
    Index("ix_task_case_id", "case_id"),
    Index(
        "ix_task_holder", "holder_id", sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")
    ),
    Index("ix_task_role", "role", sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")),
)


task_holding = Table(
    "task_holding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task_id", ID, ForeignKey("task.id"), nullable=False),
    case_key(),
    Column("role", String(32), nullable=False),
    Column("holder_id", ID, ForeignKey("account.id"), nullable=False),
    Column("unit_id", ID),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Index("ix_task_holding_case_id", "case_id"),
    Index("ix_task_holding_task_id", "task_id"),
)


draft = Table(
    "draft",
    metadata,
    Column("account_id", ID, ForeignKey("account.id"), primary_key=True),
    Column("subject", String(80), primary_key=True),  # "register:<process>" or a task id
    Column("raw", JSON, nullable=False),  # as typed
    Column("saved_at", Moment, nullable=False),
)


rating = Table(
    "rating",
    metadata,
    Column("case_id", ID, ForeignKey("gov_case.id"), primary_key=True),
    Column("score", Integer, nullable=False),
    Column("solved", Boolean),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
)
