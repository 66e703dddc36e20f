"""How the two databases are opened: SQLite for one machine, PostgreSQL 14 or later when one is not enough."""

from typing import Any

from sqlalchemy import Connection, Engine, event

WRITES = "banjie_writes"  # execution option of a connection that will write
BUSY_TIMEOUT = 10_000  # ms to wait for another writer before giving up


def prepare(engine: Engine) -> Engine:
    """
    Return the engine with our rules installed; harmless when called twice on different engines.

    SQLite: WAL, foreign keys, full sync, and transactions begun by us, because the driver begins late and a read that
    turns into a write then fails as busy. A writing transaction takes the write lock at once (`BEGIN IMMEDIATE`).
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        f"busy_timeout={BUSY_TIMEOUT}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
