"""Keep what somebody has typed so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.work import Work


@dataclass(frozen=True, kw_only=True)
class SaveDraft:
    """Keep a half-filled form for the actor; `subject` is "register:<process>" or the task's id."""

    subject: str
    raw: Mapping[str, Any]


def save_draft(command: SaveDraft, work: Work) -> None:
    """Store the draft in place of the one before."""
    work.unit.desk.keep(work.actor.id, command.subject, command.raw, work.now)
