"""What a pasted text would change: read, checked, and the rows of the scope it would replace."""

from dataclasses import dataclass

from engine.commands.work.bench import Work
from engine.domain.errors import Invalid
from engine.holidays.adopting import with_notice
from engine.holidays.local_calendar import LEVELS, NATION, read_local
from engine.holidays.notice import read_notice
from engine.store.day_tables import Rows


@dataclass(frozen=True)
class Proposed:
    """A change of the calendar: the scope with its level, its rows from then on, and what it calls itself."""

    scope: str
    level: int
    rows: Rows
    title: str
    year: int | None


def read_proposal(work: Work, text: str) -> Proposed:
    """Return what a notice's text, a notice's file or a place's file would change. Raises Invalid."""
    if not text.strip():
        raise Invalid(reason="notice_head")
    if text.lstrip().startswith("{") and '"scope"' in text:
        place = read_local(text)
        rows = {"days": place.days, "closures": place.closures, "hours": place.hours}
        return Proposed(place.scope, place.level, rows, place.scope, None)
    notice = read_notice(text)
    tables = work.unit.day_tables
    rows = with_notice(tables.rows("days", NATION), tables.rows("years", NATION), notice)
    return Proposed(NATION, LEVELS["nation"], rows, notice.source, notice.year)
