"""Several tickers over one database: each takes a share, and nothing is lost when one of them dies or sleeps."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from engine.commands.fire_timer import FireTimer
from engine.commands.lease_timers import LONGEST, LeaseTimers
from engine.domain.actors import TIMER
from engine.domain.errors import Refused
from engine.store.tables import event, flag, timer
from engine.timers.sweep import Swept, sweep_share
from tests.conftest import House
from tests.races.together import together
from tests.stories import at, lapsed

CASES = 6


def lease(house: House, node: str, most: int = 100) -> list[str]:
    """Let a ticker take timers in hand; return their ids."""
    return house.bus.execute(LeaseTimers(node=node, most=most), TIMER)


def share(house: House, node: str) -> Swept:
    """Let a ticker carry out its share."""
    return sweep_share(house.bus, house.sessions, node)


def several_lapsed(house: House) -> None:
    """Let the limits of some cases run out; nothing is swept yet."""
    for _ in range(CASES):
        house.clock.at = at("2026-11-23T10:00")
        lapsed(house)


def fired(house: House) -> Counter[str]:
    """Return how often each timer was carried out."""
    with house.sessions() as session:
        rows = session.execute(select(event.c.data).where(event.c.type == "timer.fired")).scalars()
        return Counter(row.partition('"timer": ')[2] for row in rows)


def leases(house: House) -> list[str]:
    """Return who has leased what still waits."""
    with house.sessions() as session:
        return list(session.execute(select(timer.c.leased_by).where(timer.c.leased_by.is_not(None))).scalars())


def flags(house: House) -> list[str]:
    """Return the codes of all flags."""
    with house.sessions() as session:
        return sorted(session.execute(select(flag.c.code)).scalars())


def test_two_tickers_never_have_the_same_timer_in_hand(house: House):
    several_lapsed(house)

    first, second = lease(house, "one", 4), lease(house, "two", 4)

    assert len(first) == len(second) == 4
    assert not set(first) & set(second)


def test_four_tickers_at_once_carry_out_each_timer_once_and_keep_no_lease(house: House):
    several_lapsed(house)

    results = together(*(partial(share, house, f"node {n}") for n in range(4)))
    last = share(house, "last")  # what was let go because an earlier timer of its case was in another's hand

    assert all(isinstance(result, Swept) and result.failed == 0 for result in [*results, last])
    assert set(fired(house).values()) == {1}
    assert flags(house) == ["F03"] * CASES
    assert leases(house) == []


def test_what_a_ticker_that_died_had_in_hand_is_taken_over_when_its_lease_has_run_out(house: House):
    several_lapsed(house)
    lost = lease(house, "died")

    assert share(house, "alive").fired == 0
    house.clock.at += LONGEST + timedelta(seconds=1)
    assert share(house, "alive").fired >= len(lost)

    assert flags(house) == ["F03"] * CASES
    assert leases(house) == []


def test_a_ticker_that_wakes_up_after_its_lease_finds_its_timers_carried_out(house: House):
    several_lapsed(house)
    frozen = lease(house, "frozen")
    house.clock.at += LONGEST + timedelta(seconds=1)
    share(house, "alive")

    late = [house.bus.execute(FireTimer(timer_id=timer_id), TIMER) for timer_id in frozen]

    assert late == [False] * len(frozen)
    assert set(fired(house).values()) == {1}


def test_a_timer_waits_for_an_earlier_one_of_its_case_and_is_let_go(house: House):
    lapsed(house)
    earlier, later = lease(house, "one")

    assert house.bus.execute(FireTimer(timer_id=later), TIMER) is False
    assert leases(house) == ["one"]  # of the earlier one
    assert [house.bus.execute(FireTimer(timer_id=each), TIMER) for each in (earlier, later)] == [True, True]


def test_a_timer_that_fails_is_let_go_and_holds_up_no_other(house: House):
    several_lapsed(house)
    with house.bus.database.begin() as connection:
        first = connection.execute(select(timer.c.id).order_by(timer.c.due_at, timer.c.id).limit(1)).scalar_one()
        connection.execute(update(timer).where(timer.c.id == first).values(runtime_id="damaged", kind="flow"))

    done = share(house, "one")

    assert done.failed == 1
    assert len(flags(house)) >= CASES - 1
    assert leases(house) == []


def test_only_the_ticking_process_takes_timers_in_hand(house: House):
    with pytest.raises(Refused):
        house.do(LeaseTimers(node="x"), "admin")
