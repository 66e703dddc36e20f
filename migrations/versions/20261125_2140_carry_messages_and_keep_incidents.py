"""
Carry messages and signals between processes, register what starts them, keep incidents.

Revision: 7c41d09e5ab2, after 2f9a6d4be813
"""

import sqlalchemy as sa
from alembic import op

revision = '7c41d09e5ab2'
down_revision = '2f9a6d4be813'
branch_labels = None
depends_on = None

ID = sa.String(length=36)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables; a timer may belong to no case: it starts one."""
    _add_subscriptions()
    _add_starts()
    _add_messages()
    _add_incidents()
    op.add_column('outbox', sa.Column('instance_id', ID, nullable=True))
    op.add_column('outbox', sa.Column('token_id', ID, nullable=True))
    named = sa.text('instance_id IS NOT NULL')
    op.create_index('ix_outbox_instance_id', 'outbox', ['instance_id'], sqlite_where=named, postgresql_where=named)
    with op.batch_alter_table('timer') as table:
        table.alter_column('case_id', existing_type=ID, nullable=True)
        table.alter_column('instance_id', existing_type=ID, nullable=True)


def downgrade() -> None:
    """Drop the tables, and the timers that start a case."""
    op.drop_index('ix_outbox_instance_id', 'outbox')
    with op.batch_alter_table('outbox') as table:
        table.drop_column('token_id')
        table.drop_column('instance_id')
    op.execute("DELETE FROM timer WHERE case_id IS NULL")
    with op.batch_alter_table('timer') as table:
        table.alter_column('instance_id', existing_type=ID, nullable=False)
        table.alter_column('case_id', existing_type=ID, nullable=False)
    for name in ('incident', 'hub_delivery', 'hub_message', 'start_registration', 'subscription'):
        op.drop_table(name)


def _add_subscriptions() -> None:
    op.create_table('subscription',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', ID, nullable=False),
    sa.Column('instance_id', ID, nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('element_id', sa.String(length=80), nullable=False),
    sa.Column('token_id', ID, nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['gov_case.id'], name=op.f('fk_subscription_case_id_gov_case')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'],
                            name=op.f('fk_subscription_instance_id_process_instance')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription')),
    sa.UniqueConstraint('token_id', 'kind', 'name', name=op.f('uq_subscription_token_id_kind_name'))
    )
    op.create_index('ix_subscription_wanted', 'subscription', ['kind', 'name', 'key'])
    op.create_index('ix_subscription_instance_id', 'subscription', ['instance_id'])


def _add_starts() -> None:
    op.create_table('start_registration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process', sa.String(length=80), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('element_id', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['digest'], ['definition.digest'], name=op.f('fk_start_registration_digest_definition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_start_registration')),
    sa.UniqueConstraint('process', 'element_id', 'kind', 'name',
                        name=op.f('uq_start_registration_process_element_id_kind_name'))
    )
    op.create_index('ix_start_registration_wanted', 'start_registration', ['kind', 'name'])


def _add_messages() -> None:
    op.create_table('hub_message',
    sa.Column('id', ID, nullable=False),
    sa.Column('dedupe_key', sa.String(length=160), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('from_case_id', ID, nullable=True),
    sa.Column('from_instance_id', ID, nullable=True),
    sa.Column('to_instance_id', ID, nullable=True),
    sa.Column('to_start', sa.Integer(), nullable=True),
    sa.Column('thrown_at', MOMENT, nullable=False),
    sa.Column('expires_at', MOMENT, nullable=True),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('attempts', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('try_after', MOMENT, nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['from_case_id'], ['gov_case.id'], name=op.f('fk_hub_message_from_case_id_gov_case')),
    sa.ForeignKeyConstraint(['from_instance_id'], ['process_instance.id'],
                            name=op.f('fk_hub_message_from_instance_id_process_instance')),
    sa.ForeignKeyConstraint(['to_instance_id'], ['process_instance.id'],
                            name=op.f('fk_hub_message_to_instance_id_process_instance')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hub_message')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_hub_message_dedupe_key'))
    )
    op.create_index('ix_hub_message_waiting', 'hub_message', ['thrown_at'],
                    sqlite_where=sa.text("status = 'waiting'"), postgresql_where=sa.text("status = 'waiting'"))
    op.create_table('hub_delivery',
    sa.Column('message_id', ID, nullable=False),
    sa.Column('case_id', ID, nullable=False),
    sa.Column('instance_id', ID, nullable=False),
    sa.Column('element_id', sa.String(length=80), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['hub_message.id'], name=op.f('fk_hub_delivery_message_id_hub_message')),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_hub_delivery'))
    )


def _add_incidents() -> None:
    op.create_table('incident',
    sa.Column('id', ID, nullable=False),
    sa.Column('case_id', ID, nullable=True),
    sa.Column('instance_id', ID, nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('subject_id', sa.String(length=80), nullable=False),
    sa.Column('element_id', sa.String(length=80), nullable=False),
    sa.Column('element_name', sa.String(length=120), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('opened_at', MOMENT, nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('closed_at', MOMENT, nullable=True),
    sa.Column('closed_by', sa.String(length=36), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['gov_case.id'], name=op.f('fk_incident_case_id_gov_case')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'],
                            name=op.f('fk_incident_instance_id_process_instance')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident'))
    )
    op.create_index('uq_incident_open', 'incident', ['kind', 'subject_id'], unique=True,
                    sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"))
    op.create_index('ix_incident_case_id', 'incident', ['case_id'])
    op.create_index('ix_incident_instance_id', 'incident', ['instance_id'])
