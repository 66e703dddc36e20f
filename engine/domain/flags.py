"""
Accountability flags: suspected → answered → confirmed or revoked (domain specification, part 3).

A flag stands on whoever held the matter at the moment of breach. It is never removed, only decided, and moving the
task to somebody else does not move the flag. Only confirmed flags count in any figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from engine.domain.actors import Actor
from engine.domain.errors import Conflict, Refused

DECISIONS = ("confirmed", "revoked")


class FlagDecided(Conflict):
    """The flag has been decided already."""

    code = "flag_decided"


class ReplyOpen(Conflict):
    """The person has neither answered nor let the time for an answer run out; `until` says when it ends."""

    code = "reply_open"


@dataclass(frozen=True)
class Holding:
    """Who held a task, from when to when (UTC; `until` None: still)."""

    task_id: str
    role: str
    holder_id: str
    unit_id: str | None
    since: datetime
    until: datetime | None


def holder_at(holdings: Iterable[Holding], role: str, at: datetime) -> Holding | None:
    """
    Return the holding of `role` that covered the instant `at`, the latest begun if several do, or None.

    A holding ends *at* its `until`: who hands over at the very moment of breach still answers for it.
    """
    covering = [h for h in holdings if h.role == role and h.since <= at and (h.until is None or h.until >= at)]
    return max(covering, key=lambda holding: holding.since, default=None)


@dataclass(frozen=True)
class Flag:
    """One suspected breach and what became of it. Instants in UTC."""

    id: str
    case_id: str
    code: str  # F03 …
    holder_id: str | None  # None: nobody had claimed the task, the flag stands on the unit
    unit_id: str | None
    raised_at: datetime  # the moment of breach, not of writing
    status: str = "suspected"  # suspected | answered | confirmed | revoked
    answered_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None

    def answered_by(self, actor: Actor, at: datetime) -> "Flag":
        """Return the flag with an answer given; raises Refused (another's flag), FlagDecided."""
        spoken_for = actor.id == self.holder_id if self.holder_id else actor.unit_id == self.unit_id
        if not spoken_for:
            raise Refused(flag=self.id)
        self._require_undecided()
        return replace(self, status="answered", answered_at=at)

    def decided_as(self, decision: str, actor_id: str, at: datetime) -> "Flag":
        """
        Return the flag confirmed or revoked; raises FlagDecided, Refused.

        Nobody is judge in their own cause: whoever the flag stands on may not decide it.
        """
        self._require_undecided()
        if actor_id == self.holder_id:
            raise Refused(flag=self.id, reason="own_flag")
        return replace(self, status=decision, decided_at=at, decided_by=actor_id)

    def _require_undecided(self) -> None:
        if self.status in DECISIONS:
            raise FlagDecided(flag=self.id, status=self.status)
