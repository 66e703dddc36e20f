"""Mark one's notices as read."""

from dataclasses import dataclass

from engine.commands.work import Work


@dataclass(frozen=True, kw_only=True)
class ReadNotices:
    """Mark all of the actor's notices as read."""


def read_notices(_command: ReadNotices, work: Work) -> None:
    """Store the instant of reading."""
    work.unit.post.mark_read(work.actor.id, work.now)
