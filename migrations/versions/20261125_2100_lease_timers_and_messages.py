"""
Lease timers and messages to one of several tickers for a while.

Revision: 2f9a6d4be813, after d7a3c5e81b60
"""

import sqlalchemy as sa
from alembic import op

revision = '2f9a6d4be813'
down_revision = 'd7a3c5e81b60'
branch_labels = None
depends_on = None

TABLES = ('timer', 'outbox')


def upgrade() -> None:
    """Add the two columns to both tables; nothing is leased yet."""
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column('leased_by', sa.String(length=80), nullable=True))
            table.add_column(sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop the columns; a lease is of no use to a ticker that does not know of it."""
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_column('leased_until')
            table.drop_column('leased_by')
