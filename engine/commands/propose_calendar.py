"""Put a change of the calendar forward: a year's notice, or a place's days. A second person has to confirm it."""

import hashlib
from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.proposals import read_proposal
from engine.commands.work.telling import tell_role
from engine.domain.errors import Refused


@dataclass(frozen=True, kw_only=True)
class ProposeCalendar:
    """Propose what `text` says: the notice as published, or a JSON file of a notice or a place."""

    text: str


def propose_calendar(command: ProposeCalendar, work: Work) -> int:
    """Return the proposal's number; nothing counts before it is confirmed. Raises Refused, Invalid."""
    if not work.actor.has_any("admin"):
        raise Refused(what="calendar")
    proposed = read_proposal(work, command.text)
    number = work.unit.proposals.add(
        {
            "scope": proposed.scope,
            "title": proposed.title,
            "year": proposed.year,
            "text": command.text,
            "sha256": hashlib.sha256(command.text.encode()).hexdigest(),
            "proposed_by": work.actor.id,
            "proposed_at": work.now,
            "status": "waiting",
        }
    )
    work.record("calendar.proposed", "", proposal=number, scope=proposed.scope, title=proposed.title)
    facts = {"key": f"calendar:{number}", "title": proposed.title}
    tell_role(work, "admin", "calendar_to_confirm", None, facts)
    return number
