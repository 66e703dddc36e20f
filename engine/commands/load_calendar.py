"""Load days: the nation's by the pinned library and the rule for later years, a place's by what it has published."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.versions import keep_version
from engine.domain.errors import Refused
from engine.holidays.local_calendar import LEVELS, NATION, LocalCalendar, read_local
from engine.holidays.seed import national_rows
from engine.store.day_tables import Rows


@dataclass(frozen=True, kw_only=True)
class LoadCalendar:
    """
    Replace a scope's days.

    `local` is the file of a province, a city or a centre (`engine/holidays/local_calendar.py`); without it, the nation.
    """

    local: str | None = None


def load_calendar(command: LoadCalendar, work: Work) -> int:
    """Return how many exceptional days were stored; raises Refused, Invalid."""
    if not work.actor.has_any("admin", "system"):
        raise Refused(what="calendar")
    place = read_local(command.local) if command.local is not None else None
    scope, level = (place.scope, place.level) if place else (NATION, LEVELS["nation"])
    rows = _rows_of(place)
    work.unit.day_tables.load(scope, level, rows, work.now)
    keep_version(work)
    version = work.calendar().version  # built here, so that what is no calendar is not kept
    work.record("calendar.loaded", "", scope=scope, version=version, **{name: len(them) for name, them in rows.items()})
    return len(rows["days"])


def _rows_of(place: LocalCalendar | None) -> Rows:
    if place is not None:
        return {"days": place.days, "closures": place.closures, "hours": place.hours}
    days, years = national_rows()
    return {"days": days, "years": years}
