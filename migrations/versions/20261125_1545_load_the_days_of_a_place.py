"""
Load the days of a place: whose tables are loaded, its orders to stop work, and its office hours.

Revision: 5e0d3a9c7b14, after b442247b6279
"""

import sqlalchemy as sa
from alembic import op

revision = '5e0d3a9c7b14'
down_revision = 'b442247b6279'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables; a nation that is loaded already becomes the first scope."""
    op.create_table('calendar_closure',
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('begins', sa.Integer(), nullable=False),
    sa.Column('ends', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('scope', 'day', name=op.f('pk_calendar_closure'))
    )
    op.create_table('calendar_hours',
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('segments', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('scope', 'day', name=op.f('pk_calendar_hours'))
    )
    op.create_table('calendar_scope',
    sa.Column('scope', sa.String(length=40), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('loaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('scope', name=op.f('pk_calendar_scope')),
    sa.UniqueConstraint('level', name=op.f('uq_calendar_scope_level'))
    )
    op.execute(
        "INSERT INTO calendar_scope (scope, level, digest, loaded_at) "
        "SELECT scope, 0, '', MAX(loaded_at) FROM calendar_year WHERE scope = 'CN' GROUP BY scope"
    )


def downgrade() -> None:
    """Drop the three tables; what a place did differently goes with them."""
    op.drop_table('calendar_scope')
    op.drop_table('calendar_hours')
    op.drop_table('calendar_closure')
    op.execute("DELETE FROM calendar_day WHERE scope <> 'CN'")
