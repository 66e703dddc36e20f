"""The migrations make what the models say, have a way back, and do not get in each other's way."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, select, text

from engine.domain.clock import SetClock
from engine.store.tables import event, gov_case, metadata
from tests.conftest import House
from tests.databases import MONDAY_10AM, ROOT, Databases, PostgresqlServer, close_app, open_app
from tests.stories import registered

LOCK = 0x62616E6A6965  # as in migrations/env.py
UPGRADE = (sys.executable, "-m", "flask", "--app", "app", "db", "upgrade")


@pytest.fixture
def empty(databases: Databases) -> Iterator[str]:
    """The address of an empty database."""
    address = databases.empty()
    yield address
    databases.drop(address)


def migrate(address: str, folder: Path, *, down_to: str | None = None) -> None:
    """Migrate up to the newest version, or down to `down_to`."""
    app = open_app(address, folder, SetClock(MONDAY_10AM))
    with app.app_context():
        downgrade(revision=down_to) if down_to else upgrade()
    close_app(app)


def differences(address: str) -> list[object]:
    """Return what the models have and the database has not, and the other way round."""
    engine = create_engine(address)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    engine.dispose()
    return found


def tables(address: str) -> set[str]:
    engine = create_engine(address)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def test_the_migrations_make_exactly_what_the_models_say(empty: str, tmp_path: Path):
    migrate(empty, tmp_path)

    assert differences(empty) == []


def test_a_filled_database_goes_all_the_way_down_and_up_again(house: House, tmp_path: Path):
    registered(house)
    address = house.bus.database.url.render_as_string(hide_password=False)

    migrate(address, tmp_path, down_to="base")
    assert tables(address) == {"alembic_version"}
    migrate(address, tmp_path)

    assert differences(address) == []


def test_migrating_what_is_migrated_changes_nothing(house: House, tmp_path: Path):
    case_id = registered(house)

    migrate(house.bus.database.url.render_as_string(hide_password=False), tmp_path)

    with house.sessions() as session:
        assert session.execute(select(gov_case.c.id)).scalars().all() == [case_id]
        assert session.execute(select(event.c.id).where(event.c.case_id == case_id)).first() is not None


def upgraded_by(address: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Migrate in a process of its own."""
    known = {**os.environ, "DATABASE_URL": address, "BANJIE_INSTANCE": str(folder), **environment}
    return subprocess.run(UPGRADE, cwd=ROOT, env=known, capture_output=True, check=False)  # noqa: S603  # ours


@pytest.mark.postgresql
def test_a_server_that_starts_while_another_migrates_waits_for_it(postgresql_server: PostgresqlServer, tmp_path: Path):
    # 1. one server holds the lock; 2. a second wants it, and here loses patience at once; 3. the table is not there yet
    address = postgresql_server.empty()
    engine = create_engine(address)
    with engine.begin() as migrating:
        migrating.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})

        second = upgraded_by(address, tmp_path, PGOPTIONS="-c lock_timeout=50")
    engine.dispose()

    assert second.returncode == 1
    assert b"lock timeout" in second.stderr
    assert tables(address) == set()
