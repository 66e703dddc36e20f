"""Runs the migrations over the application's own engine and metadata (Flask-Migrate)."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

database = current_app.extensions["migrate"].db


def run(connection: Connection) -> None:
    """Run what is missing over a connection."""
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


with database.engine.connect() as opened:
    run(opened)
    opened.commit()
