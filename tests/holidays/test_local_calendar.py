"""A place's file becomes plain rows, or is refused by the field that is wrong."""

import json
from datetime import date
from typing import Any

import pytest

from engine.domain.errors import Invalid
from engine.holidays.local_calendar import LocalCalendar, read_local

DAY = {"day": "2026-12-01", "kind": "off", "name": "州庆"}
CLOSURE = {"from": "2026-09-23T14:00", "to": "2026-09-24T16:00", "name": "防台风停工"}
HOURS = {"since": "2026-10-08", "open": ["08:30-12:00", "14:00-17:00"]}
WHOLE: dict[str, Any] = {
    "scope": "YC",
    "level": "city",
    "source": "云政办发〔2026〕8号",
    "days": [DAY],
    "closures": [CLOSURE],
    "hours": [HOURS],
}


def read(**changes: object) -> LocalCalendar:
    """Return the rows of a good file with some fields changed."""
    return read_local(json.dumps(WHOLE | changes))


def test_a_day_names_the_document_of_the_file_or_its_own():
    other = {"day": "2026-11-29", "kind": "work", "name": "调休上班", "source": "云政办发〔2026〕9号"}

    rows = read(days=[DAY, other]).days

    assert rows == [
        {"day": date(2026, 11, 29), "kind": "work", "name": "调休上班", "source": "云政办发〔2026〕9号"},
        {"day": date(2026, 12, 1), "kind": "off", "name": "州庆", "source": "云政办发〔2026〕8号"},
    ]


def test_an_order_over_two_days_is_a_row_for_each():
    rows = [(row["day"], row["begins"], row["ends"]) for row in read().closures]

    assert rows == [(date(2026, 9, 23), 14 * 3600, 24 * 3600), (date(2026, 9, 24), 0, 16 * 3600)]


def test_an_order_until_24_00_does_not_touch_the_next_day():
    rows = read(closures=[CLOSURE | {"to": "2026-09-24T00:00"}]).closures

    assert [(row["day"], row["ends"]) for row in rows] == [(date(2026, 9, 23), 24 * 3600)]


def test_hours_are_seconds_of_the_day():
    assert read().hours == [
        {
            "day": date(2026, 10, 8),
            "segments": [[30_600, 43_200], [50_400, 61_200]],
            "source": "云政办发〔2026〕8号",
        }
    ]


def test_a_file_may_take_everything_back():
    empty = read(days=[], closures=[], hours=[])

    assert (empty.scope, empty.level, empty.days, empty.closures, empty.hours) == ("YC", 2, [], [], [])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scope": ""}, "scope"),
        ({"scope": "CN"}, "scope"),  # the nation's days are not a place's to write
        ({"scope": "Y" * 41}, "scope"),
        ({"level": "nation"}, "level"),
        ({"level": None}, "level"),
        ({"source": 8}, "source"),
        ({"days": {}}, "days"),
        ({"days": [DAY, DAY]}, "days"),  # one day twice
        ({"days": [DAY | {"day": "1 May"}]}, "days[0].day"),
        ({"days": [DAY | {"kind": "rest"}]}, "days[0].kind"),
        ({"days": [DAY | {"name": " "}]}, "days[0].name"),
        ({"closures": [CLOSURE | {"to": "2026-09-23T14:00"}]}, "closures[0].to"),  # no time at all
        ({"closures": [CLOSURE | {"to": "2036-09-23T14:00"}]}, "closures[0].to"),  # ten years
        (
            {"closures": [CLOSURE | {"from": "2026-09-23T14:00+08:00"}]},
            "closures[0].from",
        ),  # with an offset
        ({"closures": [CLOSURE, CLOSURE]}, "closures"),
        ({"hours": [HOURS | {"open": []}]}, "hours[0].open"),
        ({"hours": [HOURS | {"open": ["14:00-17:00", "08:30-12:00"]}]}, "hours[0].open"),
        ({"hours": [HOURS | {"open": ["08:30-12:00", "11:00-17:00"]}]}, "hours[0].open"),
        ({"hours": [HOURS | {"open": ["08:75-12:00"]}]}, "hours[0].open"),
        ({"hours": [HOURS | {"since": "10-08"}]}, "hours[0].since"),
    ],
)
def test_a_wrong_field_is_refused_by_name(changes, field):
    with pytest.raises(Invalid) as refused:
        read(**changes)

    assert refused.value.facts == {"reason": "calendar_field", "case": "", "field": field}


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null"])
def test_a_file_that_is_no_calendar_is_refused(text):
    with pytest.raises(Invalid):
        read_local(text)
