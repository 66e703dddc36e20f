"""
Keep the decision models of a process with its version.

Revision: 7c41e0b95d22, after 5e0d3a9c7b14
"""

import sqlalchemy as sa
from alembic import op

revision = '7c41e0b95d22'
down_revision = '5e0d3a9c7b14'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the processes deployed before have no decisions."""
    with op.batch_alter_table('definition') as table:
        table.add_column(sa.Column('decisions', sa.Text(), server_default='{}', nullable=False))


def downgrade() -> None:
    """Drop the column, and the decisions with it."""
    with op.batch_alter_table('definition') as table:
        table.drop_column('decisions')
