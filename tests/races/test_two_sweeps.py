"""
Two tickers over one database: a web server's own, and one more by mistake.

1. Both read the same list of timers that are due, without a lock.
2. For each timer, one takes the case's row (PostgreSQL) or the write lock (SQLite) and carries it out.
3. The other waits, reads the timer anew under the lock, finds it fired, and does nothing.
"""

from collections import Counter
from functools import partial

from sqlalchemy import select

from engine.commands.move_clock import MoveClock
from engine.domain.errors import Stale
from engine.store.tables import event, flag, installation, timer
from engine.timers.sweep import Swept
from tests.conftest import House
from tests.races.together import together
from tests.stories import at, lapsed, triage


def fired(house: House) -> Counter[str]:
    with house.sessions() as session:
        rows = session.execute(select(event.c.data).where(event.c.type == "timer.fired")).scalars()
        return Counter(row.partition('"timer": ')[2] for row in rows)


def flags(house: House) -> list[str]:
    with house.sessions() as session:
        return sorted(session.execute(select(flag.c.code)).scalars())


def test_two_sweeps_at_once_fire_each_timer_once(house: House):
    for _ in range(3):
        house.clock.at = at("2026-11-23T10:00")
        lapsed(house)

    results = together(house.sweep, house.sweep)

    with house.sessions() as session:
        due = session.execute(select(timer.c.id).where(timer.c.due_at <= house.clock.at)).scalars().all()
    assert set(fired(house).values()) == {1}
    assert sum(result.fired for result in results if isinstance(result, Swept)) == len(due)
    assert flags(house) == ["F03"] * 3


def test_a_sweep_while_the_form_is_handed_in_too_late_flags_once_and_refuses_the_form(house: House):
    case_id = lapsed(house)
    late = triage(house, case_id)

    _, submitted = together(house.sweep, partial(house.do, late, "lijing"))

    assert type(submitted).__name__ == "TaskClosed"
    assert flags(house) == ["F03"]


def test_a_clock_moved_by_two_clicks_at_once_moves_as_often_as_it_said(house: House):
    move = partial(house.do, MoveClock(working_days=1), "wumin")

    results = together(move, move)

    with house.sessions() as session:
        offset = session.execute(select(installation.c.clock_offset)).scalar_one()
    assert {type(result) for result in results} <= {type(None), Stale}
    assert offset == results.count(None) * 24 * 3600
