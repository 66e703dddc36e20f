"""Load the nation's days: the exceptions to Monday–Friday, and which years are announced."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.calendars import NATION
from engine.domain.errors import Refused
from engine.holidays.seed import national_rows


@dataclass(frozen=True, kw_only=True)
class LoadCalendar:
    """Replace the national table of days by what the pinned library and the rule for later years say."""


def load_calendar(_command: LoadCalendar, work: Work) -> int:
    """Return how many days were stored; raises Refused."""
    if not work.actor.has_any("admin", "system"):
        raise Refused(what="calendar")
    days, years = national_rows()
    stamped = [{**year, "loaded_at": work.now} for year in years]
    work.unit.house.load_years(NATION, days, stamped)
    work.record("calendar.loaded", "", days=len(days), years=[year["year"] for year in years])
    return len(days)
