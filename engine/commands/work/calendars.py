"""The calendar in force, built once from the tables and kept until they change; one that is only proposed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from engine.domain.working_time import WorkCalendar
from engine.holidays.build import calendar_of_rows
from engine.holidays.local_calendar import NATION
from engine.holidays.overriding import Place, hours_in_force, local_rules
from engine.store.day_tables import DayTables, Rows, version_of


@dataclass
class Calendars:
    """Builds calendars from the store's rows; one in memory."""

    _built: dict[str, WorkCalendar] = field(default_factory=dict[str, WorkCalendar])

    def current(self, tables: DayTables) -> WorkCalendar:
        """Return the nation's calendar with what the places loaded do differently. Raises Invalid: none is loaded."""
        scopes = tables.scopes()
        version = version_of(scopes)
        built = self._built.get(version)
        if built is None:
            built = _built_of([_stored(tables, row.scope) for row in scopes], tables.rows("years", NATION), version)
            self._built = {version: built}
        return built

    def proposed(self, tables: DayTables, scope: str, level: int, rows: Rows) -> WorkCalendar:
        """Return the calendar as it would be with these rows in place of the scope's. Raises Invalid."""
        others = [(row.level, row.scope) for row in tables.scopes() if row.scope != scope and row.level != level]
        places = [
            _place(scope, rows) if name == scope else _stored(tables, name)
            for _, name in sorted([*others, (level, scope)])
        ]
        years = _named(rows["years"]) if scope == NATION else tables.rows("years", NATION)
        return _built_of(places, years, "proposed")


def _built_of(places: Sequence[Place], years: Sequence[Any], version: str) -> WorkCalendar:
    nation = next((place.days for place in places if place.scope == NATION), ())
    return calendar_of_rows(
        nation, years, version, hours=hours_in_force(places), local=local_rules(places, besides=NATION)
    )


def _stored(tables: DayTables, scope: str) -> Place:
    return Place(scope, tables.rows("days", scope), tables.rows("closures", scope), tables.rows("hours", scope))


def _place(scope: str, rows: Rows) -> Place:
    return Place(scope, *(_named(rows.get(name, ())) for name in ("days", "closures", "hours")))


def _named(rows: Sequence[Any]) -> list[Any]:
    return [SimpleNamespace(**row) for row in rows]
