"""The calendar in force, built once from the tables and kept until they change."""

from dataclasses import dataclass, field

from engine.domain.working_time import WorkCalendar
from engine.holidays.build import calendar_of_rows
from engine.holidays.local_calendar import NATION
from engine.holidays.overriding import Place, hours_in_force, local_rules
from engine.store.day_tables import DayTables, version_of


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
            places = [_place(tables, row.scope) for row in scopes]
            nation = (tables.rows("days", NATION), tables.rows("years", NATION))
            built = calendar_of_rows(
                *nation, version, hours=hours_in_force(places), local=local_rules(places, besides=NATION)
            )
            self._built = {version: built}
        return built


def _place(tables: DayTables, scope: str) -> Place:
    return Place(scope, tables.rows("days", scope), tables.rows("closures", scope), tables.rows("hours", scope))
