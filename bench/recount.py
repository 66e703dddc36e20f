"""
How long a new notice takes on a million open clocks: `python -m bench.recount [--clocks N] [--postgresql]`.

Fills the real tables with clocks over 250 start days and four limits, loads another state of the calendar, and counts
all of them anew: first what keeps its end, many at once, then what moves, a command a case with its events.
"""

import json
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from sqlalchemy import create_engine, insert, text
from sqlalchemy.orm import sessionmaker

from engine.assembly import EngineSettings, build_bus
from engine.bus import Bus
from engine.commands.load_calendar import LoadCalendar
from engine.commands.register_case import RegisterCase
from engine.domain.actors import SYSTEM
from engine.domain.clock import SetClock
from engine.domain.deadlines import compute
from engine.domain.limits import Rule
from engine.store.tables import case_clock
from engine.timers.recounting import recount_all, settle_all
from tests.conftest import REGISTER
from tests.databases import MONDAY_10AM, Filled, SqliteFiles, fill, postgresql

STARTS = [datetime(2026, 9, 1, 2, 17, tzinfo=UTC) + timedelta(days=n) for n in range(84)]
LIMITS = (3, 5, 10, 20)
CLOCKS_A_CASE = 4
DAY_OFF = {"day": "2026-12-10", "kind": "off", "name": "停止办公"}
ONE_DAY_OFF = json.dumps({"scope": "YC", "level": "city", "source": "云政办发〔2026〕8号", "days": [DAY_OFF]})
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
FILL = (
    (
        "{numbers} INSERT INTO gov_case (id, number, query_code, process, title, applicant, phone, coordinator_id, "
        "registered_at, registered_by) SELECT 'g' || n.i, 'B' || n.i, 'Q' || n.i, c.process, c.title, c.applicant, '', "
        "c.coordinator_id, c.registered_at, c.registered_by FROM n, gov_case c WHERE c.id = '{case}'"
    ),
    (
        "{numbers} INSERT INTO process_instance (id, case_id, definition_digest, kind, started_at, state, "
        "state_version, "
        "state_mac, passed) SELECT 'p' || n.i, 'g' || n.i, p.definition_digest, 'main', p.started_at, "
        "'', '', '', p.passed "
        "FROM n, process_instance p WHERE p.case_id = '{case}' AND p.kind = 'main'"
    ),
)
CLOCKS = (
    (
        "{numbers} INSERT INTO case_clock (id, case_id, instance_id, key, name, element_id, rule, started_at, due_at, "
        "due_date, flag_at, provisional, due_min, due_max, extended, calendar_version) SELECT 'c' || n.i, "
        "'g' || (n.i / {a}), 'p' || (n.i / {a}), k.key, k.name, k.element_id, k.rule, k.started_at, k.due_at, "
        "k.due_date, k.flag_at, k.provisional, k.due_min, k.due_max, k.extended, k.calendar_version "
        "FROM n JOIN case_clock k ON k.id = 'k' || (n.i % {kinds})"
    ),
    (
        "{numbers} INSERT INTO clock_event (clock_id, seq, type, at, recorded_at, actor_id, previous, digest) "
        "SELECT c.id, 1, 'start', c.started_at, c.started_at, 'system', '', '' FROM n JOIN case_clock c "
        "ON c.id = 'c' || n.i"
    ),
)


def kinds(bus: Bus, like: Any) -> list[dict[str, Any]]:
    """Return one clock of each start and limit, as the calendar in force counts it."""
    calendar = bus.calendar()
    rows: list[dict[str, Any]] = []
    for start in STARTS:
        for limit in LIMITS:
            due = compute(calendar, Rule("workday", limit), start)
            counted = {name: getattr(due, name) for name in ("due_at", "due_date", "flag_at", "due_min", "due_max")}
            rule = {**like.rule, "unit": "workday", "limit": limit, "warn": None, "pausable": []}
            fixed = {"id": f"k{len(rows)}", "case_id": like.case_id, "instance_id": like.instance_id, "key": like.key}
            named = {"name": like.name, "element_id": like.element_id, "rule": rule, "started_at": start}
            state = {"provisional": due.provisional, "extended": False, "calendar_version": calendar.version}
            rows.append({**fixed, **named, **counted, **state})
    return rows


def filled_with(bus: Bus, filled: Filled, clocks: int) -> None:
    """Put so many open clocks into the database."""
    unit = filled.units["云川市市场监督管理局"]
    case_id = bus.execute(
        RegisterCase(process="window_escalation", values={**REGISTER, "depts": [unit]}), filled.people["lijing"]
    )
    with bus.database.connect() as connection:
        like = connection.execute(case_clock.select().limit(1)).one()
    some = kinds(bus, like)
    values = {"a": CLOCKS_A_CASE, "kinds": len(some), "case": case_id}
    with bus.database.begin() as connection:
        connection.execute(insert(case_clock), some)
        for statement in FILL:
            connection.execute(text(_numbered(statement, clocks // CLOCKS_A_CASE, values)))
        for statement in CLOCKS:
            connection.execute(text(_numbered(statement, clocks, values)))


def _numbered(statement: str, rows: int, values: dict[str, Any]) -> str:
    return statement.format(numbers=NUMBERS.format(last=rows - 1), **values)


def timed(what: str, begun: float, number: int) -> float:
    """Print a line and return the instant after it."""
    click.echo(f"{what:>34} {number:>10,} {perf_counter() - begun:>8.1f} s")
    return perf_counter()


@click.command()
@click.option("--clocks", default=1_000_000)
@click.option("--postgresql", "on_postgresql", is_flag=True)
@click.option("--settle-only", is_flag=True, help="Stop after the ends that stay.")
def main(clocks: int, *, on_postgresql: bool, settle_only: bool) -> None:
    """Measure."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        databases = stack.enter_context(postgresql()) if on_postgresql else SqliteFiles(folder)
        filled = fill(databases, folder)
        engine = create_engine(filled.address)
        bus = build_bus(engine, EngineSettings(secret=filled.address, public_url=""), SetClock(MONDAY_10AM))
        begun = perf_counter()
        filled_with(bus, filled, clocks)
        begun = timed("clocks put in", begun, clocks)
        bus.execute(LoadCalendar(local=ONE_DAY_OFF), SYSTEM)
        begun = perf_counter()
        begun = timed("counted, their end stays", begun, settle_all(bus))
        if not settle_only:
            timed("moved, a command a case", begun, recount_all(bus, sessionmaker(engine)))
        engine.dispose()


if __name__ == "__main__":
    main()
