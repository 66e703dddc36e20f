"""Take timers that are due in hand, so that several tickers share the work and do not wait for each other."""

from dataclasses import dataclass
from datetime import timedelta

from engine.commands.work import Work
from engine.domain.errors import Refused
from engine.store.leases import Lease

MOST = 100
LONGEST = timedelta(seconds=60)  # what a ticker that died leaves to the others after that


@dataclass(frozen=True, kw_only=True)
class LeaseTimers:
    """Lease what is due and free to a ticker; `node` names it."""

    node: str
    most: int = MOST


def lease_timers(command: LeaseTimers, work: Work) -> list[str]:
    """Return the ids of the leased timers in due order; raises Refused."""
    if "system" not in work.actor.roles:
        raise Refused(what="timer")
    lease = Lease(command.node, command.most, work.machine_now + LONGEST)
    return work.unit.timers.lease(lease, work.now, work.machine_now)
