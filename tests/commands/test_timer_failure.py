"""A timer that could not be carried out waits for its next try and holds up nobody."""

from engine.commands.record_timer_failure import RecordTimerFailure
from engine.domain.actors import TIMER
from engine.readmodels.due import due_timers
from engine.timers.sweep import wait_until
from tests.conftest import House
from tests.stories import lapsed


def test_a_timer_that_failed_does_not_keep_the_ticker_awake(house: House):
    # given a due timer that could not be carried out
    lapsed(house)
    with house.sessions() as session:
        failing = due_timers(session, house.clock.now())[0]
    assert wait_until(house.sessions) == failing.due_at
    house.bus.execute(RecordTimerFailure(timer_id=failing.id, error="broken"), TIMER)

    # when the ticker asks how long it may sleep
    wakes_at = wait_until(house.sessions)

    # then it is until another timer is due
    assert wakes_at != failing.due_at


def test_a_timer_that_failed_is_tried_again_after_half_a_minute(house: House):
    # given
    lapsed(house)
    with house.sessions() as session:
        failing = due_timers(session, house.clock.now())[0]
    house.bus.execute(RecordTimerFailure(timer_id=failing.id, error="broken"), TIMER)

    # when
    with house.sessions() as session:
        at_once = due_timers(session, house.clock.now())
        later = due_timers(session, house.clock.now().replace(second=30))

    # then
    assert failing not in at_once
    assert failing in later
