"""What the installation is."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import installation


@dataclass(frozen=True)
class HouseFacts:
    """Kind (demonstration | production), names, and how many seconds the demonstration's clock is ahead."""

    kind: str
    city: str
    centre: str
    clock_offset: int


def house_facts(session: Session) -> HouseFacts:
    """Return the facts; empty ones while nothing has been set up."""
    row = session.execute(select(installation)).one_or_none()
    if row is None:
        return HouseFacts("", "", "", 0)
    return HouseFacts(row.kind, row.city, row.centre, row.clock_offset)
