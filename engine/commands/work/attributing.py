"""Who consumed a clock's time: from the ledger's pauses and the record of who held what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.commands.work.bench import Work
from engine.domain.attribution import Claim, Share, shares
from engine.domain.case import Case
from engine.domain.clock_ledger import LedgerEntry, pauses_of
from engine.domain.limits import Pause
from engine.store.clocks import ClockRow

FOR_APPLICANT = ("补正", "申请人")  # in a pause's kind: the applicant was waited for; else a body outside

Outage = tuple[datetime, datetime]  # from, to, UTC


def shares_of(
    work: Work, case: Case, clock: ClockRow, ledger: Sequence[LedgerEntry], outages: Sequence[Outage] = ()
) -> list[dict[str, Any]]:
    """Return who is charged with the clock's office time until now, the most first, with names as they are now."""
    begins, ends = clock.started_at, work.at
    claims = [Claim("unit", None, case.unit_id, begins, ends)]
    claims += [
        Claim("person", held.holder_id, held.unit_id, held.since, held.until or ends)
        for held in work.unit.tasks.holdings(case.id)
    ]
    claims += [_waited_for(pause, ends) for pause in pauses_of(ledger)]
    claims += [Claim("outage", None, None, *outage) for outage in outages]
    return [_plain(work, share) for share in shares(work.calendar(), _within(claims, begins, ends))]


def _waited_for(pause: Pause, ends: datetime) -> Claim:
    kind = "applicant" if any(word in pause.kind for word in FOR_APPLICANT) else "outside"
    return Claim(kind, None, None, pause.start, pause.end or ends)


def _within(claims: Sequence[Claim], begins: datetime, ends: datetime) -> list[Claim]:
    cut = [Claim(c.kind, c.holder_id, c.unit_id, max(c.since, begins), min(c.until, ends)) for c in claims]
    return [claim for claim in cut if claim.since < claim.until]


def _plain(work: Work, share: Share) -> dict[str, Any]:
    person = work.unit.people.person(share.holder_id) if share.holder_id else None
    unit = work.unit.people.unit_names().get(share.unit_id) if share.unit_id else None
    return {
        "kind": share.kind,
        "holder": share.holder_id,
        "name": person.name if person else "",
        "unit": unit or "",
        "seconds": share.seconds,
    }
