"""
Propose changes of the calendar, and keep its versions.

Revision: d7a3c5e81b60, after 8b1e64f0d3a2
"""

import sqlalchemy as sa
from alembic import op

revision = 'd7a3c5e81b60'
down_revision = '8b1e64f0d3a2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables."""
    op.create_table('calendar_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('proposed_by', sa.String(length=36), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('decided_by', sa.String(length=36), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_proposal'))
    )
    op.create_table('calendar_version',
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('loaded_by', sa.String(length=36), nullable=False),
    sa.Column('loaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('version', name=op.f('pk_calendar_version'))
    )


def downgrade() -> None:
    """Drop the two tables."""
    op.drop_table('calendar_version')
    op.drop_table('calendar_proposal')
