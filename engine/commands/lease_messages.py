"""Take messages of the outbox in hand, so that no two tickers deliver the same one at once."""

from dataclasses import dataclass
from datetime import timedelta

from engine.commands.work import Work
from engine.domain.errors import Refused
from engine.store.leases import Lease
from engine.store.post import Message

MOST = 50
LONGEST = timedelta(minutes=5)  # longer than the slowest channel takes for so many


@dataclass(frozen=True, kw_only=True)
class LeaseMessages:
    """Lease what is due and free to a ticker; `node` names it."""

    node: str
    most: int = MOST


def lease_messages(command: LeaseMessages, work: Work) -> list[Message]:
    """Return the leased messages, the oldest first; raises Refused."""
    if "system" not in work.actor.roles:
        raise Refused(what="message")
    lease = Lease(command.node, command.most, work.machine_now + LONGEST)
    return work.unit.post.lease(lease, work.now, work.machine_now)
