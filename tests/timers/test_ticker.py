"""The ticker's alarm: when it is set, what it survives, and that nothing slow stands in its way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.bus import Bus
from engine.commands.lease_timers import LeaseTimers
from engine.commands.record_timer_failure import RecordTimerFailure
from engine.domain.actors import TIMER
from engine.domain.errors import Stale
from engine.notices import channels
from engine.timers import scheduler as scheduling
from engine.timers.scheduler import LONGEST_SLEEP, OVERSLEPT, Ticker
from engine.timers.sweep import sweep_share, wait_until
from tests.conftest import House
from tests.stories import lapsed, registered


@dataclass
class Alarms:
    """A scheduler that only remembers what it was asked to run."""

    jobs: dict[str, tuple[Callable[[], None], dict[str, Any]]] = field(default_factory=dict)
    set: int = 0

    def add_job(self, job: Callable[[], None], _trigger: str, **more: Any) -> None:
        """Remember a job by its name."""
        self.jobs[more["id"]] = (job, more)
        self.set += 1

    def run(self, name: str) -> None:
        """Run a job."""
        self.jobs[name][0]()

    @property
    def alarm(self) -> datetime:
        """Return what the alarm is set to."""
        return self.jobs["tick"][1]["run_date"]


@dataclass
class Stopped:
    """An event that is set after so many waits."""

    after: int

    def wait(self, _seconds: float) -> bool:
        """Count one wait."""
        self.after -= 1
        return self.after < 0


@pytest.fixture
def alarms() -> Alarms:
    """What the ticker has set."""
    return Alarms()


@pytest.fixture
def ticker(house: House, alarms: Alarms) -> Ticker:
    """A ticker that runs when it is told to."""
    return Ticker(house.bus, house.sessions, alarms)  # pyright: ignore[reportArgumentType]  # as far as it is used


@pytest.mark.usefixtures("ticker")
def test_a_pass_that_fails_sets_the_alarm_again(alarms: Alarms, monkeypatch: pytest.MonkeyPatch):
    def away(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(scheduling, "sweep_share", away)
    before = alarms.set

    alarms.run("tick")

    assert alarms.set == before + 1


def test_an_alarm_that_a_clock_put_back_has_moved_away_is_noticed(
    ticker: Ticker, alarms: Alarms, monkeypatch: pytest.MonkeyPatch
):
    alarms.run("tick")
    began = scheduling.monotonic()
    set_before = alarms.set

    monkeypatch.setattr(scheduling, "monotonic", lambda: began + LONGEST_SLEEP.total_seconds())
    ticker.watch(Stopped(after=1))  # pyright: ignore[reportArgumentType]  # as far as it is used
    assert alarms.set == set_before

    monkeypatch.setattr(scheduling, "monotonic", lambda: began + OVERSLEPT.total_seconds() + 1)
    ticker.watch(Stopped(after=1))  # pyright: ignore[reportArgumentType]
    assert alarms.set == set_before + 1


@pytest.mark.usefixtures("ticker")
def test_a_slow_or_broken_channel_is_a_job_of_its_own(house: House, alarms: Alarms, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setitem(channels.CHANNELS, "sms", lambda key, *_rest: asked.append(key))
    registered(house)

    alarms.run("tick")
    assert asked == []
    alarms.run("deliver")
    assert len(asked) == 1


def test_what_another_ticker_has_in_hand_does_not_keep_this_one_awake(house: House):
    lapsed(house)
    due = wait_until(house.sessions)
    assert due is not None
    assert due <= house.clock.at

    house.bus.execute(LeaseTimers(node="other"), TIMER)

    later = wait_until(house.sessions)
    assert later is None or later > house.clock.at


def test_a_failure_that_cannot_be_kept_holds_up_no_other_timer(house: House, monkeypatch: pytest.MonkeyPatch):
    lapsed(house)
    house.clock.at -= timedelta(days=4)
    lapsed(house)
    execute, refused = Bus.execute, []

    def failing(bus: Bus, command: object, actor: object) -> object:
        if isinstance(command, RecordTimerFailure):
            raise Stale
        if type(command).__name__ == "FireTimer" and not refused:
            refused.append(command)
            raise ValueError
        return execute(bus, command, actor)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Bus, "execute", failing)

    done = sweep_share(house.bus, house.sessions, "one")

    assert done.failed == 1
    assert done.fired >= 1
