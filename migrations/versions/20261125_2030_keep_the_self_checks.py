"""
Keep the self-checks: what each run looked at and what it found.

Revision: 8b1e64f0d3a2, after c41f7d20a9e6
"""

import sqlalchemy as sa
from alembic import op

revision = '8b1e64f0d3a2'
down_revision = 'c41f7d20a9e6'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table('self_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(length=16), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked', sa.JSON(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_self_check'))
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table('self_check')
