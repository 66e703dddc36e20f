"""The self-check finds each fault that is planted, and nothing in a sound house."""

import pytest
from sqlalchemy import text

from engine.readmodels.self_checks import self_checks
from engine.timers.self_checking import self_check
from tests.conftest import House
from tests.stories import at, registered, triage

NAMED = {  # rows that faults are planted in
    "FLAG": "(SELECT id FROM flag WHERE code = 'F03')",
    "TASK": "(SELECT min(id) FROM task WHERE status = 'open' AND holder_id IS NOT NULL)",
    "RUNNING": "(SELECT min(id) FROM case_clock WHERE stopped_at IS NULL AND due_at IS NOT NULL)",
    "WAITING": "(SELECT min(id) FROM timer WHERE status = 'waiting' AND kind = 'flow' AND clock_id IS NOT NULL)",
    "ITS_CLOCK": "(SELECT min(clock_id) FROM timer WHERE status = 'waiting' AND kind = 'flow')",
    "ITS_TIMER": "(SELECT timer_id FROM flag WHERE code = 'F03')",
    "MAIN": "(SELECT id FROM process_instance WHERE kind = 'main')",
}
FAULTS = [  # (code that must be found, SQL that plants the fault)
    ("case_idle", "UPDATE task SET status = 'done'; UPDATE timer SET status = 'cancelled'"),
    ("task_orphan", "UPDATE process_instance SET finished_at = started_at WHERE id = {MAIN}"),
    ("holder_mismatch", "UPDATE task SET holder_id = NULL WHERE id = {TASK}"),
    ("holder_mismatch", "UPDATE task_holding SET until = since WHERE task_id = {TASK}"),
    ("timer_missing", "DELETE FROM timer WHERE id = {WAITING}"),
    ("timer_missing", "UPDATE timer SET status = 'fired' WHERE id = {WAITING}"),
    ("timer_extra", "UPDATE timer SET runtime_id = 'nothing' WHERE id = {WAITING}"),
    ("timer_stray", "UPDATE case_clock SET stopped_at = started_at WHERE id = {ITS_CLOCK}"),
    ("timer_moved", "UPDATE timer SET due_at = NULL WHERE id = {WAITING}"),
    ("flag_without_timer", "UPDATE flag SET timer_id = NULL WHERE id = {FLAG}"),
    ("flag_without_timer", "UPDATE timer SET status = 'cancelled' WHERE id = {ITS_TIMER}"),
    ("flag_moment", "UPDATE flag SET raised_at = recorded_at WHERE id = {FLAG}"),
    ("flag_without_event", "UPDATE event SET type = 'flag.lost' WHERE type = 'flag.raised'"),
    ("review_missing", "UPDATE process_instance SET subject_id = id WHERE subject_id = {FLAG}"),
    ("outbox_without_cause", "UPDATE outbox SET created_at = '2026-11-23 05:00:00.000000'"),
    ("chain_broken", "UPDATE event SET actor_name = '别人' WHERE seq = 2"),
    ("chain_broken", "DELETE FROM event WHERE seq = 3"),
    ("ledger_broken", "UPDATE clock_event SET at = recorded_at, actor_id = '别人' WHERE seq = 1"),
    ("ledger_broken", "DELETE FROM clock_event WHERE seq = 1"),
    ("ledger_mismatch", "UPDATE case_clock SET extended = (1 = 1) WHERE id = {RUNNING}"),
    ("ledger_mismatch", "UPDATE case_clock SET due_at = flag_at, due_date = NULL WHERE id = {RUNNING}"),
    ("state_damaged", "UPDATE process_instance SET state = replace(state, 'a', 'b') WHERE id = {MAIN}"),
    ("state_damaged", "UPDATE process_instance SET state_mac = '0' WHERE id = {MAIN}"),
    ("document_changed", "UPDATE document SET pdf = {EMPTY}, sha256 = '0'"),
]  # fmt: skip


@pytest.fixture
def at_work(house: House) -> House:
    """A house with a case that the team holds, two flags under review and messages sent."""
    case_id = registered(house)
    house.do(triage(house, case_id), "lijing")
    house.clock.at = at("2026-11-27T09:00")
    house.sweep()
    return house


def codes(house: House) -> set[str]:
    return {found.code for found in self_check(house.bus, house.sessions, "by_hand").findings}


def plant(house: House, statements: str) -> None:
    """Break something as somebody with the database's own rights could."""
    sqlite = house.bus.database.dialect.name == "sqlite"
    with house.bus.database.begin() as connection:
        for table in ("event", "clock_event"):
            changes = ("update", "delete", "insert")
            disarm = [f"DROP TRIGGER {table}_no_{change}" for change in changes]
            for statement in disarm if sqlite else [f"ALTER TABLE {table} DISABLE TRIGGER USER"]:
                connection.execute(text(statement))
        named = NAMED | {"EMPTY": "x''" if sqlite else "''::bytea"}
        for statement in statements.format_map(named).split("; "):
            connection.execute(text(statement))


def test_a_sound_house_has_nothing_to_find(at_work: House):
    assert codes(at_work) == set()


@pytest.mark.parametrize(("code", "statements"), FAULTS)
def test_a_planted_fault_is_found(at_work: House, code: str, statements: str):
    plant(at_work, statements)

    assert code in codes(at_work)


def test_the_report_is_kept_and_the_administrators_are_told(at_work: House):
    plant(at_work, "DELETE FROM timer WHERE id = {WAITING}")

    self_check(at_work.bus, at_work.sessions, "nightly")

    with at_work.sessions() as session:
        (row,) = self_checks(session)
        told = session.execute(text("SELECT count(*) FROM notice WHERE kind = 'self_check_found'")).scalar_one()
    assert (row.occasion, {found.code for found in row.findings}) == ("nightly", {"timer_missing"})
    assert row.checked["cases"] == 1
    assert told == 1
