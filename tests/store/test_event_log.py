"""What was written down stays written down, and whoever changes it is found out."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from engine.store.unit_of_work import UnitOfWork
from tests.conftest import House
from tests.stories import lapsed

STRIKES = [
    "UPDATE event SET actor_name = '别人' WHERE seq = 2",
    "DELETE FROM event WHERE seq = 2",
    "UPDATE clock_event SET at = recorded_at",
    "DELETE FROM clock_event",
]
ONE_DATABASE = {
    "sqlite": "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 2",
    "postgresql": "TRUNCATE event",
}
TAMPERINGS = [  # (SQL, number of the first event that no longer verifies); events 1 and 2 are of the registration
    ("UPDATE event SET data = replace(data, 'BCS-2', 'BCS-3') WHERE case_id = :case AND seq = 1", 1),
    ("UPDATE event SET actor_name = '别人' WHERE case_id = :case AND seq = 2", 2),
    ("UPDATE event SET at = recorded_at WHERE case_id = :case AND type = 'flag.raised'", None),
    ("UPDATE event SET type = 'flag.revoked' WHERE case_id = :case AND type = 'flag.raised'", None),
    ("DELETE FROM event WHERE case_id = :case AND seq = 2", 2),
    ("UPDATE event SET digest = previous WHERE case_id = :case AND seq = 1", 1),
    ("UPDATE event SET previous = digest WHERE case_id = :case AND seq = 2", 2),
    ("UPDATE event SET seq = seq + 1000 WHERE case_id = :case AND seq >= 2", 2),
]


@pytest.fixture
def case_id(house: House) -> str:
    """A case whose limit has lapsed: its chain holds a flag."""
    found = lapsed(house)
    house.sweep()
    return found


def strike(engine: Engine, statement: str, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement), values)


def disarm(engine: Engine) -> None:
    """Take the triggers away, as somebody with the database's own rights could."""
    statements = ["ALTER TABLE event DISABLE TRIGGER USER"]
    if engine.dialect.name == "sqlite":
        statements = [f"DROP TRIGGER event_no_{change}" for change in ("update", "delete", "insert")]
    for statement in statements:
        strike(engine, statement)


def first_break(house: House, case_id: str) -> int | None:
    with UnitOfWork(house.bus.database) as unit:
        return unit.events.first_break(case_id)


@pytest.mark.parametrize("statement", STRIKES)
def test_the_database_refuses_to_change_or_remove_what_was_written(house: House, case_id: str, statement: str):
    with pytest.raises(DatabaseError, match="append-only"):
        strike(house.bus.database, statement)

    assert first_break(house, case_id) is None


def test_the_database_refuses_its_own_way_round_the_triggers(house: House, case_id: str, kind: str):
    with pytest.raises(DatabaseError, match="append-only"):
        strike(house.bus.database, ONE_DATABASE[kind])

    assert first_break(house, case_id) is None


@pytest.mark.parametrize(("statement", "broken_at"), TAMPERINGS)
def test_a_chain_that_was_tampered_with_breaks_where_it_was(
    house: House, case_id: str, statement: str, broken_at: int | None
):
    disarm(house.bus.database)
    strike(house.bus.database, statement, case=case_id)

    found = first_break(house, case_id)

    assert found is not None
    assert found == broken_at or broken_at is None  # None: wherever the flag stands


def test_the_chain_of_what_concerns_no_case_verifies(house: House):
    assert first_break(house, "") is None
