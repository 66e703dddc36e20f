"""The warning rests on the table of years."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from engine.domain.calendar_life import MissingYear
from engine.readmodels.calendar_life import year_to_load
from engine.store.tables import calendar_year, metadata


@pytest.fixture
def session(tmp_path):
    database = create_engine(f"sqlite:///{tmp_path}/years.db")
    metadata.create_all(database)
    with Session(database) as opened:
        yield opened
    database.dispose()


def announce(session: Session, year: int, *, provisional: bool) -> None:
    row = {
        "scope": "CN",
        "year": year,
        "provisional": provisional,
        "source": "",
        "loaded_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    session.execute(insert(calendar_year), [row])


def test_a_provisional_year_is_still_to_be_loaded(session):
    announce(session, 2026, provisional=False)
    announce(session, 2027, provisional=True)

    assert year_to_load(session, date(2026, 11, 1)) == MissingYear(2027, "expected")


def test_an_announced_year_is_not(session):
    announce(session, 2026, provisional=False)
    announce(session, 2027, provisional=False)

    assert year_to_load(session, date(2026, 11, 1)) is None


def test_without_any_year_there_is_no_warning(session):
    assert year_to_load(session, date(2026, 11, 1)) is None
