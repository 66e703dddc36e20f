"""Who works here: the installation, units, accounts, sessions, duty, settings."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from engine.store.tables.columns import ID, Moment, metadata

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("kind", String(16), nullable=False),  # demonstration | production, for good
    Column("centre", String(80), nullable=False),
    Column("city", String(40), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("clock_offset", Integer, nullable=False, server_default=text("0")),  # seconds; demonstration only
)


unit = Table(
    "unit",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),  # centre | department | office | external
    Column("parent_id", ID, ForeignKey("unit.id")),
)


account = Table(
    "account",
    metadata,
    Column("id", ID, primary_key=True),
    Column("login", String(40), nullable=False, unique=True),
    Column("name", String(40), nullable=False),
    Column("title", String(80), nullable=False, server_default=""),
    Column("phone", String(20), nullable=False, server_default=""),
    Column("unit_id", ID, ForeignKey("unit.id")),
    Column("password_hash", String(200), nullable=False),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("created_at", Moment, nullable=False),
)


account_role = Table(
    "account_role",
    metadata,
    Column("account_id", ID, ForeignKey("account.id"), primary_key=True),
    Column("role", String(32), primary_key=True),
)


web_session = Table(
    "web_session",
    metadata,
    Column("token_digest", String(64), primary_key=True),
    Column("account_id", ID, ForeignKey("account.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ended_at", Moment),
)


attempt = Table(  # wrong passwords and wrong query codes, for throttling
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),  # sign_in | query
    Column("subject", String(80), nullable=False),  # login or network address
    Column("at", Moment, nullable=False),
    Index("ix_attempt_kind_subject_at", "kind", "subject", "at"),
)


duty = Table(  # whose turn it is: fixes the coordinator of every case registered that day
    "duty",
    metadata,
    Column("day", Date, primary_key=True),
    Column("role", String(32), primary_key=True),
    Column("account_id", ID, ForeignKey("account.id"), nullable=False),
)


setting = Table(
    "setting",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(36), nullable=False),
)
