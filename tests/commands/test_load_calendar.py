"""The tables of days: the nation's as the pinned library says, a place's as it has published."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from sqlalchemy import Engine, create_engine, select

from engine.assembly import EngineSettings, build_bus
from engine.bus import Bus
from engine.commands.load_calendar import LoadCalendar
from engine.domain.actors import SYSTEM, Actor
from engine.domain.clock import SetClock
from engine.domain.deadlines import compute
from engine.domain.errors import Invalid, Refused
from engine.domain.limits import Rule
from engine.domain.working_time import WorkCalendar
from engine.store.tables import calendar_day, calendar_scope, metadata
from tests.conftest import MONDAY_10AM

FIRST, LAST = min(chinese_calendar.constants.holidays).year, max(chinese_calendar.constants.holidays).year
SAN_YUE_SAN = [  # 2017: the nation worked on Saturday 04-01, Guangxi on Saturday 04-08 instead
    {"day": "2017-03-30", "kind": "off", "name": "三月三"},
    {"day": "2017-03-31", "kind": "off", "name": "三月三"},
    {"day": "2017-04-01", "kind": "off", "name": "三月三"},
    {"day": "2017-04-08", "kind": "work", "name": "三月三调休上班"},
]


@dataclass(frozen=True)
class Loaded:
    """A database with the nation's days and nothing else."""

    database: Engine
    bus: Bus


@pytest.fixture
def house(tmp_path):
    database = create_engine(f"sqlite:///{tmp_path}/days.db")
    metadata.create_all(database)
    bus = build_bus(database, EngineSettings(secret="test", public_url=""), SetClock(MONDAY_10AM))
    bus.execute(LoadCalendar(), SYSTEM)
    yield Loaded(database, bus)
    database.dispose()


def load(house: Loaded, level: str, **content: object) -> WorkCalendar:
    """Load a place's file; return the calendar in force."""
    file = {"scope": level.upper(), "level": level, "source": f"{level} 1号", **content}
    house.bus.execute(LoadCalendar(local=json.dumps(file)), SYSTEM)
    return house.bus.calendar()


def due(calendar: WorkCalendar, start: datetime, days: int) -> date | None:
    return compute(calendar, Rule("workday", days), start).due_date


def test_the_table_answers_every_day_of_the_library_as_it_does(house):
    with house.database.connect() as connection:
        rows = connection.execute(select(calendar_day.c.day, calendar_day.c.kind).where(calendar_day.c.scope == "CN"))
        kinds = {row.day: row.kind for row in rows}
    days = [date(FIRST, 1, 1) + timedelta(days=n) for n in range((date(LAST + 1, 1, 1) - date(FIRST, 1, 1)).days)]

    worked = {day: kinds.get(day, "work" if day.weekday() < 5 else "off") == "work" for day in days}

    assert (FIRST, len(days)) == (2004, 8401)
    assert [day for day in days if worked[day] != chinese_calendar.is_workday(day)] == []


def test_the_calendar_in_force_is_made_from_the_table(house):
    with house.database.begin() as connection:
        connection.execute(calendar_day.delete().where(calendar_day.c.day == date(2026, 10, 1)))
        connection.execute(calendar_scope.update().values(digest="changed"))

    assert house.bus.calendar().is_working(date(2026, 10, 1))


def test_a_place_has_the_last_word_on_a_day_both_ways(house):
    start = datetime(2017, 3, 29, 2, tzinfo=UTC)
    nation = due(house.bus.calendar(), start, 3)

    calendar = load(house, "province", days=SAN_YUE_SAN)

    assert (nation, due(calendar, start, 3)) == (date(2017, 4, 1), date(2017, 4, 7))
    assert not calendar.is_working(date(2017, 4, 1))
    assert calendar.is_working(date(2017, 4, 8))
    assert calendar.day(date(2017, 3, 30)).source == "province 1号"


def test_the_more_local_place_overrides_whatever_came_first(house):
    monday = {"day": "2026-12-07", "name": "州庆"}

    load(house, "centre", days=[monday | {"kind": "work"}])
    calendar = load(house, "city", days=[monday | {"kind": "off"}])

    assert calendar.is_working(date(2026, 12, 7))
    assert calendar.version.startswith("CENTRE@")


def test_an_order_to_stop_work_takes_the_day_and_its_closing_time(house):
    order = {"from": "2026-12-07T14:00", "to": "2026-12-08T16:00", "name": "防台风停工"}

    calendar = load(house, "city", closures=[order])

    assert [calendar.is_working(date(2026, 12, day)) for day in (7, 8)] == [True, False]
    assert calendar.closing_of(date(2026, 12, 7)) == datetime(2026, 12, 9, 9, 30, tzinfo=UTC)
    assert (calendar.day(date(2026, 12, 8)).name, calendar.day(date(2026, 12, 8)).source) == ("防台风停工", "city 1号")


def test_a_places_own_hours_stand_from_their_first_day_on(house):
    load(house, "city", hours=[{"since": "2026-01-01", "open": ["09:00-17:00"]}])

    calendar = load(house, "centre", hours=[{"since": "2026-12-01", "open": ["10:00-14:00", "16:00-20:00"]}])

    openings = [
        calendar.opening_of(day).hour + 8 for day in (date(2025, 11, 24), date(2026, 11, 30), date(2026, 12, 1))
    ]
    assert openings == [8, 9, 10]
    assert calendar.add_office_seconds(datetime(2026, 12, 1, 5, tzinfo=UTC), 7200).hour + 8 == 17


def test_a_place_loaded_again_replaces_what_stood_at_its_level(house):
    load(house, "city", days=[{"day": "2026-12-07", "kind": "off", "name": "州庆"}])

    calendar = load(house, "city", scope="OTHER", days=[])

    assert calendar.is_working(date(2026, 12, 7))
    with house.database.connect() as connection:
        assert connection.execute(select(calendar_scope.c.scope).order_by("level")).scalars().all() == ["CN", "OTHER"]


def test_the_same_days_are_the_same_version(house):
    first = house.bus.calendar().version

    house.bus.execute(LoadCalendar(), SYSTEM)

    assert house.bus.calendar().version == first
    assert load(house, "city", days=SAN_YUE_SAN).version != first


def test_a_day_off_of_a_place_brings_no_make_up_days_of_the_nation(house):
    before = house.bus.calendar().make_ups

    calendar = load(house, "city", days=[{"day": "2027-06-01", "kind": "off", "name": "州庆"}])

    assert calendar.make_ups == before
    assert not calendar.is_working(date(2027, 6, 1))


def test_what_is_no_calendar_leaves_the_one_in_force(house):
    before = house.bus.calendar().version

    with pytest.raises(Invalid):
        load(house, "city", days=[{"day": "2026-12-07", "kind": "rest", "name": "州庆"}])

    assert house.bus.calendar().version == before


def test_only_administrators_load_days(house):
    with pytest.raises(Refused):
        house.bus.execute(LoadCalendar(), Actor("x", "吴敏", frozenset({"supervisor"})))
