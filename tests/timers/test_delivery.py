"""The outbox to its channels: at least once, by one ticker at a time, with a key that stays the same."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands.lease_messages import LONGEST, LeaseMessages
from engine.commands.mark_message import FIRST_WAIT, MOST_ATTEMPTS
from engine.domain.actors import SYSTEM
from engine.domain.errors import Refused
from engine.notices import channels
from engine.store.tables import outbox
from engine.timers.deliver import deliver
from tests.conftest import House
from tests.stories import registered

WORKS, FAILS = "works", "fails"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of all that the text message channel was given."""
    found: list[str] = []
    monkeypatch.setitem(channels.CHANNELS, "sms", lambda key, *_rest: found.append(key))
    return found


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of all that the text message channel was given and did not take."""
    found: list[str] = []

    def refuse(key: str, *_: object) -> None:
        found.append(key)
        raise ConnectionError

    monkeypatch.setitem(channels.CHANNELS, "sms", refuse)
    return found


def hand_over(house: House, node: str = "one") -> int:
    return deliver(house.bus, house.sessions, node)


def messages(house: House) -> list[tuple[str, str | None]]:
    """Return the status of every message and who has it in hand."""
    with house.sessions() as session:
        return [tuple(row) for row in session.execute(select(outbox.c.status, outbox.c.leased_by))]


def test_a_message_is_delivered_once_and_given_back(house: House, sent: list[str]):
    registered(house)

    assert hand_over(house) == len(sent) > 0
    assert hand_over(house) == 0
    assert set(messages(house)) == {("sent", None)}


def test_what_one_ticker_has_in_hand_no_other_delivers_before_its_lease_has_run_out(house: House, sent: list[str]):
    registered(house)
    house.bus.execute(LeaseMessages(node="died"), SYSTEM)

    assert hand_over(house, "alive") == 0
    house.clock.at += LONGEST + timedelta(seconds=1)
    assert hand_over(house, "alive") == len(sent) > 0


def test_a_channel_that_is_down_is_tried_again_later_with_the_same_key(house: House, broken: list[str]):
    registered(house)

    hand_over(house)
    tried = len(broken)
    hand_over(house)
    assert len(broken) == tried > 0
    house.clock.at += FIRST_WAIT
    hand_over(house)

    assert len(broken) == 2 * tried
    assert len(set(broken)) == tried


def test_a_message_that_keeps_failing_becomes_an_incident_and_is_left_alone(house: House, broken: list[str]):
    registered(house)

    for _ in range(MOST_ATTEMPTS + 2):
        hand_over(house)
        house.clock.at += timedelta(days=1)

    assert set(messages(house)) == {("incident", None)}
    assert len(broken) == MOST_ATTEMPTS * len(set(broken))


def test_only_the_ticking_process_takes_messages_in_hand(house: House):
    with pytest.raises(Refused):
        house.do(LeaseMessages(node="x"), "admin")
