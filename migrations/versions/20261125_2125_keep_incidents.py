"""
Keep incidents: what could not go on by itself, until somebody settles it.

Revision: 6c0d93b7f512, after 2f9a6d4be813
"""

import sqlalchemy as sa
from alembic import op

revision = '6c0d93b7f512'
down_revision = '2f9a6d4be813'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table('incident',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('instance_id', sa.String(length=36), nullable=False),
    sa.Column('element_id', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('task_id', sa.String(length=36), nullable=True),
    sa.Column('timer_id', sa.String(length=36), nullable=True),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.String(length=36), nullable=True),
    sa.Column('settlement', sa.String(length=16), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['gov_case.id'], name=op.f('fk_incident_case_id_gov_case')),
    sa.ForeignKeyConstraint(
        ['instance_id'], ['process_instance.id'], name=op.f('fk_incident_instance_id_process_instance')
    ),
    sa.ForeignKeyConstraint(['timer_id'], ['timer.id'], name=op.f('fk_incident_timer_id_timer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident'))
    )
    op.create_index('ix_incident_open', 'incident', ['instance_id', 'element_id', 'reason'], unique=True,
    sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))
    op.create_index('ix_incident_case_id', 'incident', ['case_id'])


def downgrade() -> None:
    """Drop the table; stuck timers stay what they are."""
    op.drop_table('incident')
