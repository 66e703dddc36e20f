"""
The ticking process: APScheduler as an alarm clock, nothing more (docs/decisions/0004).

It sleeps until the next timer is due, at most 15 seconds: the cap is the cure for suspended machines and timers that
another process stored meanwhile, the watch that for a clock put back. No job is kept anywhere but in memory.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from os import getpid
from socket import gethostname
from threading import Event, Thread
from time import monotonic

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from engine.bus import Bus
from engine.domain.clock import SystemClock
from engine.timers.carrying import carry_all
from engine.timers.deliver import deliver
from engine.timers.self_checking import self_check
from engine.timers.sweep import Sessions, sweep_share, wait_until

logger = logging.getLogger(__name__)

LONGEST_SLEEP = timedelta(seconds=15)
SHORTEST_SLEEP = timedelta(milliseconds=200)
OVERSLEPT = LONGEST_SLEEP * 4  # longer than a pass over a long queue rests between two alarms
DELIVERY_SECONDS = 3
DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


class Ticker:
    """Sweeps what is due and sets its own alarm again; delivers the outbox beside it."""

    def __init__(self, bus: Bus, sessions: Sessions, scheduler: BaseScheduler) -> None:
        """Prepare the ticker; nothing runs before the scheduler starts."""
        self._bus = bus
        self._sessions = sessions
        self._scheduler = scheduler
        self._machine = SystemClock()
        self._node = f"{gethostname()[:60]}:{getpid()}"
        self._began = monotonic()
        self._set_alarm(timedelta(0))
        scheduler.add_job(self.deliver, "interval", seconds=DELIVERY_SECONDS, id="deliver")

    def tick(self) -> None:
        """Do one pass and set the alarm for the next."""
        self._began = monotonic()
        pause = LONGEST_SLEEP
        try:
            sweep_share(self._bus, self._sessions, self._node)
            pause = self._pause(wait_until(self._sessions))
        except Exception:
            # The ticker must outlive a database that is away for a moment; the next pass finds all that is due.
            logger.exception("a pass over the timers failed")
        self._set_alarm(pause)

    def deliver(self) -> None:
        """Hand over messages between processes, and the outbox: a job of its own, so that nothing holds up a timer."""
        for name, work in (("messages", carry_all), ("outbox", partial(deliver, node=self._node))):
            try:
                work(self._bus, self._sessions)
            except Exception:
                logger.exception("a pass over the %s failed", name)

    def watch(self, stopped: Event) -> None:
        """
        Wake the ticker when its alarm should have gone off long ago; returns when `stopped` is set.

        The alarm is set by the wall clock. When that is put back by a day, the alarm moves a day away; this watch
        counts by a clock that nobody can set.
        """
        while not stopped.wait(LONGEST_SLEEP.total_seconds()):
            if monotonic() - self._began > OVERSLEPT.total_seconds():
                logger.warning("the alarm did not go off; was the clock put back?")
                self._set_alarm(timedelta(0))

    def _pause(self, due_at: datetime | None) -> timedelta:
        if due_at is None:
            return LONGEST_SLEEP
        return max(SHORTEST_SLEEP, min(LONGEST_SLEEP, due_at - self._bus.clock.now()))

    def _set_alarm(self, pause: timedelta) -> None:
        self._scheduler.add_job(
            self.tick, "date", run_date=self._machine.now() + pause, id="tick", replace_existing=True
        )


def start_beside(bus: Bus, sessions: Sessions) -> BackgroundScheduler:
    """Start ticking in a thread beside the web server, as the embedded installation does; return what stops it."""
    scheduler = BackgroundScheduler(timezone="Asia/Shanghai", job_defaults=DEFAULTS)
    _equip(scheduler, bus, sessions)
    scheduler.start()
    return scheduler


def _equip(scheduler: BaseScheduler, bus: Bus, sessions: Sessions) -> None:
    ticker = Ticker(bus, sessions, scheduler)
    _check_nightly(scheduler, bus, sessions)
    Thread(target=ticker.watch, args=(Event(),), name="watch", daemon=True).start()


def _check_nightly(scheduler: BaseScheduler, bus: Bus, sessions: Sessions) -> None:
    """Check the house once now, and every night while nobody works."""
    scheduler.add_job(self_check, args=(bus, sessions, "start"), id="self_check_at_start")
    scheduler.add_job(self_check, "cron", hour=2, minute=30, args=(bus, sessions, "nightly"), id="self_check")


def run(bus: Bus, sessions: Sessions) -> None:
    """Tick until the process is stopped (`flask --app app timers`)."""
    scheduler = BlockingScheduler(timezone="Asia/Shanghai", job_defaults=DEFAULTS)
    _equip(scheduler, bus, sessions)
    scheduler.start()
