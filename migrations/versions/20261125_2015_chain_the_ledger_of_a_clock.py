"""
Chain the ledger of a clock: each line carries the digest of the line before.

Revision: c41f7d20a9e6, after 7c41e0b95d22
"""

import hashlib
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = 'c41f7d20a9e6'
down_revision = '7c41e0b95d22'
branch_labels = None
depends_on = None

BEGINNING = "0" * 64
COLUMNS = ("type", "at", "recorded_at", "actor_id", "kind", "amount", "reason", "due_before", "due_after")
MOMENTS = ("at", "recorded_at", "due_before", "due_after")
ledger = sa.table(
    "clock_event",
    *(sa.column(name) for name in ("id", "clock_id", "seq", "previous", "digest", *COLUMNS) if name not in MOMENTS),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in MOMENTS),
)


def upgrade() -> None:
    """Add the columns, and chain what is written already."""
    for name in ("previous", "digest"):
        op.add_column("clock_event", sa.Column(name, sa.String(length=64), nullable=False, server_default=""))
    _unlock()
    _chain()
    _lock()


def downgrade() -> None:
    """Drop the columns."""
    for name in ("previous", "digest"):
        op.drop_column("clock_event", name)


def _chain() -> None:
    connection = op.get_bind()
    heads: dict[str, str] = {}
    rows = connection.execute(sa.select(ledger).order_by(ledger.c.clock_id, ledger.c.seq)).all()
    for row in rows:
        previous = heads.get(row.clock_id, BEGINNING)
        values = [_plain(getattr(row, name)) for name in COLUMNS]
        text = json.dumps([row.clock_id, row.seq, *values, previous], ensure_ascii=False, separators=(",", ":"))
        heads[row.clock_id] = hashlib.sha256(text.encode()).hexdigest()
        chained = {"previous": previous, "digest": heads[row.clock_id]}
        connection.execute(sa.update(ledger).where(ledger.c.id == row.id).values(**chained))


def _plain(value: object) -> object:
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()


def _unlock() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE clock_event DISABLE TRIGGER USER")
    else:
        op.execute("DROP TRIGGER clock_event_no_update")


def _lock() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE clock_event ENABLE TRIGGER USER")
    else:
        op.execute(
            "CREATE TRIGGER clock_event_no_update BEFORE UPDATE ON clock_event "
            "BEGIN SELECT RAISE(ABORT, 'clock_event is append-only'); END"
        )
