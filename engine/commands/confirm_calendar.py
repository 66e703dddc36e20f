"""Confirm, or turn down, a change of the calendar that somebody else has proposed."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.proposals import read_proposal
from engine.commands.work.versions import keep_version
from engine.domain.errors import Conflict, NotFound, Refused


@dataclass(frozen=True, kw_only=True)
class ConfirmCalendar:
    """Decide on a proposal; `confirmed` False turns it down."""

    proposal_id: int
    confirmed: bool = True


def confirm_calendar(command: ConfirmCalendar, work: Work) -> str:
    """
    Return the version in force afterwards. Open cases are counted anew by `recount_all`.

    Whoever proposed it may turn it down but not confirm it. Raises NotFound, Refused, Conflict, Invalid.
    """
    found = work.unit.proposals.get(command.proposal_id)
    if found is None:
        raise NotFound(what="proposal")
    if not work.actor.has_any("admin"):
        raise Refused(what="calendar")
    if found.status != "waiting":
        raise Conflict(reason="proposal_decided")
    if command.confirmed and found.proposed_by == work.actor.id:
        raise Refused(reason="own_proposal")
    status = "confirmed" if command.confirmed else "refused"
    work.unit.proposals.decide(found.id, status, work.actor.id, work.now)
    if command.confirmed:
        proposed = read_proposal(work, found.text)
        work.unit.day_tables.load(proposed.scope, proposed.level, proposed.rows, work.now)
        keep_version(work)
    version = work.calendar().version
    work.record("calendar." + status, "", proposal=found.id, scope=found.scope, title=found.title, version=version)
    return version
