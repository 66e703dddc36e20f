"""The tables for a place's days come and go without losing the nation's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, insert, inspect, select

from engine.store.tables import calendar_day, calendar_scope, calendar_year
from tests.databases import Databases, close_app, open_app

BEFORE, AFTER = "b442247b6279", "5e0d3a9c7b14"
LOADED_AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NEW = {"calendar_closure", "calendar_hours", "calendar_scope"}


@pytest.fixture
def app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The application over a database that already has the nation's days, before the change."""
    address = databases.empty()
    opened = open_app(address, tmp_path)
    with opened.app_context():
        upgrade(revision=BEFORE)
        with engine_of(opened).begin() as connection:
            year = {"scope": "CN", "year": 2026, "provisional": False, "source": "", "loaded_at": LOADED_AT}
            connection.execute(insert(calendar_year), [year])
            day = {"day": date(2026, 10, 1), "kind": "off", "name": "国庆节", "source": ""}
            connection.execute(insert(calendar_day), [{"scope": scope, **day} for scope in ("CN", "YC")])
        yield opened
    close_app(opened)
    databases.drop(address)


def engine_of(app: Flask) -> Engine:
    return app.extensions["sqlalchemy"].engine


def test_a_nation_that_is_loaded_becomes_the_first_scope(app: Flask):
    upgrade(revision=AFTER)

    with engine_of(app).connect() as connection:
        rows = connection.execute(select(calendar_scope.c.scope, calendar_scope.c.level, calendar_scope.c.loaded_at))
        assert [tuple(row) for row in rows] == [("CN", 0, LOADED_AT)]


def test_the_way_back_keeps_the_nations_days_and_drops_the_places(app: Flask):
    upgrade(revision=AFTER)

    downgrade(revision=BEFORE)

    with engine_of(app).connect() as connection:
        assert connection.execute(select(calendar_day.c.scope)).scalars().all() == ["CN"]
    assert NEW.isdisjoint(inspect(engine_of(app)).get_table_names())
