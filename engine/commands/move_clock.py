"""Move the demonstration's clock on by working days. There is no such thing in production."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.domain.errors import Invalid, Refused

MOST_DAYS = 20


@dataclass(frozen=True, kw_only=True)
class MoveClock:
    """Move the clock on by `working_days` (1–20), to the same time of day."""

    working_days: int


def move_clock(command: MoveClock, work: Work) -> None:
    """Store the new offset; the timers it passes are swept afterwards. Raises Refused, Invalid, Stale."""
    installation = work.unit.house.installation()
    if installation is None or installation["kind"] != "demonstration":
        raise Refused(what="clock", reason="production")
    if not work.actor.has_any("supervisor", "admin"):
        raise Refused(what="clock")
    if not 1 <= command.working_days <= MOST_DAYS:
        raise Invalid(reason="clock_step", most=MOST_DAYS)
    target = work.calendar().shift(work.now, command.working_days)
    step = int((target - work.now).total_seconds())
    before = installation["clock_offset"]
    work.unit.house.move_clock(before, before + step)
    work.record("clock.moved", "", working_days=command.working_days, to=target.isoformat())
