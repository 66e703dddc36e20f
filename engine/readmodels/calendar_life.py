"""Whether the calendar in force needs somebody's attention."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.domain.calendar_life import MissingYear, missing_year
from engine.store.tables import calendar_year


def year_to_load(session: Session, today: date) -> MissingYear | None:
    """Return the year whose notice ought to be loaded; None while there is time, and before any year is loaded."""
    last = session.execute(
        select(func.max(calendar_year.c.year)).where(calendar_year.c.provisional.is_(False))
    ).scalar_one()
    return missing_year(last, today) if last is not None else None
