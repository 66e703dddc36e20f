"""Whether the calendar in force needs somebody's attention."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine.domain.calendar_life import MissingYear, missing_year
from engine.store.tables import account, calendar_proposal, calendar_version, calendar_year

LIMIT = 50


def year_to_load(session: Session, today: date) -> MissingYear | None:
    """Return the year whose notice ought to be loaded; None while there is time, and before any year is loaded."""
    last = session.execute(
        select(func.max(calendar_year.c.year)).where(calendar_year.c.provisional.is_(False))
    ).scalar_one()
    return missing_year(last, today) if last is not None else None


def years_known(session: Session) -> list[Any]:
    """Return the years the calendar has (year, provisional, source), the latest first."""
    wanted = select(calendar_year).order_by(calendar_year.c.year.desc()).limit(LIMIT)
    return list(session.execute(wanted))


def versions(session: Session) -> list[Any]:
    """Return the states of the calendar that have been in force (version, loaded_at), the newest first."""
    wanted = select(calendar_version.c.version, calendar_version.c.loaded_at)
    return list(session.execute(wanted.order_by(calendar_version.c.loaded_at.desc()).limit(LIMIT)))


def proposals(session: Session) -> list[Any]:
    """Return the proposed changes with `proposer` and `decider` by name, the newest first."""
    return list(session.execute(_proposals().order_by(calendar_proposal.c.id.desc()).limit(LIMIT)))


def proposal_by_id(session: Session, proposal_id: int) -> Any | None:
    """Return one proposed change, or None."""
    return session.execute(_proposals().where(calendar_proposal.c.id == proposal_id)).one_or_none()


def _proposals() -> Select[Any]:
    proposer, decider = account.alias(), account.alias()
    return (
        select(calendar_proposal, proposer.c.name.label("proposer"), decider.c.name.label("decider"))
        .outerjoin(proposer, proposer.c.id == calendar_proposal.c.proposed_by)
        .outerjoin(decider, decider.c.id == calendar_proposal.c.decided_by)
    )
