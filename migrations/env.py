"""
Runs the migrations over the application's own engine and metadata (Flask-Migrate).

All that is missing is done in one transaction, or nothing of it. Several servers may start over one database: the first
takes the lock, the others wait and find the work done.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from engine.store.database import WRITES

LOCK = 0x62616E6A6965  # of PostgreSQL's advisory locks; any number, as long as it stays the same
database = current_app.extensions["migrate"].db


def run(connection: Connection) -> None:
    """Run what is missing over a connection, in the transaction it is in."""
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    context.run_migrations()


with database.engine.connect().execution_options(**{WRITES: True}) as opened:
    if opened.dialect.name == "sqlite":
        # A changed table is made anew and the old one dropped, which must not reach for the rows that refer to it.
        opened.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    with opened.begin():
        if opened.dialect.name == "postgresql":
            opened.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        run(opened)
        if opened.dialect.name == "sqlite" and (broken := opened.execute(text("PRAGMA foreign_key_check")).first()):
            message = f"a migration broke a reference: {broken}"
            raise RuntimeError(message)
    opened.invalidate()  # the next one to connect has its foreign keys on
