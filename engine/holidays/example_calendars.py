"""The calendars of a file of worked examples: the nation's days, and what each place does differently."""

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace

from engine.domain.day_table import Segments
from engine.domain.working_time import WorkCalendar
from engine.holidays.build import STANDARD_HOURS, Closure, Exceptional, Hours, Local, calendar_of_rows
from engine.holidays.file_fields import Fields, read_segment
from engine.holidays.seed import national_rows

# calendars whose office hours the first such file gave by name only: by season, or without a lunch break
NAMED_HOURS = {"CN-XJ": {"05-01": "xj_s", "10-01": "xj_w"}, "CN-nolunch": {"01-01": "nolunch"}}


def read_calendars(whole: Fields) -> dict[str, WorkCalendar]:
    """Return the calendars of a file by name. Raises Invalid naming the field."""
    profiles = _profiles(whole.part("profiles", {}))
    places = whole.part("calendars")
    day_rows, year_rows = national_rows()
    days = [SimpleNamespace(**row) for row in day_rows]
    years = [SimpleNamespace(**row) for row in year_rows]
    first, last = years[0].year, years[-1].year
    found: dict[str, WorkCalendar] = {}
    for name in places.names():
        place = places.part(name)
        hours = [Hours(date.min, profiles.get("std", STANDARD_HOURS))]
        for since, profile in _uses(place, name, profiles).items():
            hours += [Hours(_day_of_year(place, year, since), profile) for year in range(first - 1, last + 1)]
        local = Local(_exceptions(place), _closures(place.part("cut", {})))
        found[name] = calendar_of_rows(days, years, name, hours=hours, local=local)
    return found


def _profiles(fields: Fields) -> dict[str, Segments]:
    return {
        name: tuple(fields.read(name, read_segment, text) for text in fields.texts(name)) for name in fields.names()
    }


def _uses(place: Fields, name: str, profiles: Mapping[str, Segments]) -> dict[str, Segments]:
    """Return the hours of a place by the day of the year they begin on."""
    choices = {profile: profile for profile in profiles}
    by_custom = {since: profile for since, profile in NAMED_HOURS.get(name, {}).items() if profile in profiles}
    uses = place.part("hours", by_custom)
    return {since: profiles[uses.one_of(since, choices)] for since in uses.names()}


def _day_of_year(place: Fields, year: int, since: str) -> date:
    return place.read("hours", date.fromisoformat, f"{year}-{since}")


def _exceptions(place: Fields) -> list[Exceptional]:
    off, work = place.days("off"), place.days("work")
    if off & work:
        raise place.wrong("work")
    return [
        *(Exceptional(day, "off", "地方规定放假", "地方规定") for day in off),
        *(Exceptional(day, "work", "地方规定上班", "地方规定") for day in work),
    ]


def _closures(fields: Fields) -> list[Closure]:
    closures: list[Closure] = []
    for day in fields.names():
        span = fields.texts(day)
        if len(span) != len(("from", "to")):
            raise fields.wrong(day)
        begins, ends = fields.read(day, read_segment, "-".join(span))
        closures.append(Closure(fields.read(day, date.fromisoformat, day), begins, ends))
    return closures
