"""The calendar in force, built once from the table of days and kept until the table changes."""

from dataclasses import dataclass, field

from engine.domain.working_time import WorkCalendar
from engine.holidays.build import calendar_of_rows
from engine.store.house import House

NATION = "CN"


@dataclass
class Calendars:
    """Builds calendars from the store's rows; one a version in memory."""

    _built: dict[str, WorkCalendar] = field(default_factory=dict[str, WorkCalendar])

    def current(self, house: House) -> WorkCalendar:
        """Return the national calendar as loaded last."""
        years = house.years(NATION)
        version = f"{NATION}@{max(year.loaded_at for year in years).isoformat()}"
        if version not in self._built:
            self._built = {version: calendar_of_rows(house.days(NATION), years, version)}
        return self._built[version]
