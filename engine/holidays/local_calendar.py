"""
A place's own calendar: a JSON file that a province, a city or a centre writes, as plain rows.

The format: {"scope": "CN-GX", "level": "province"|"city"|"centre", "source": document, "days": [{day, kind
"off"|"work", name}], "closures": [{from, to, name}], "hours": [{since, open: ["08:30-12:00", …]}]}. Each row may name
a `source` of its own; `from` and `to` are Shanghai wall-clock times, "2025-09-23T14:00". Both ways a place decides
against the nation (《全国年节及纪念日放假办法》, art. 4): what it says of a day stands.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.domain.errors import Invalid
from engine.holidays.file_fields import DAY_END, Fields, read_segment

NATION = "CN"  # whose days come from the notices of the State Council, never from a file
LEVELS = {"nation": 0, "province": 1, "city": 2, "centre": 3}  # a higher one overrides a lower one
OWN_LEVELS = {level: level for level in LEVELS if level != "nation"}
KINDS = {"off": "off", "work": "work"}
NAME_LENGTH, SOURCE_LENGTH = 40, 120  # as the columns hold them

Row = dict[str, Any]


@dataclass(frozen=True)
class LocalCalendar:
    """
    Rows of one place, in order of their day.

    Days are {day, kind, name, source}, closures {day, begins, ends, name, source} (seconds of the day), hours {day,
    segments, source}.
    """

    scope: str
    level: int
    days: list[Row]
    closures: list[Row]
    hours: list[Row]


def read_local(text: str) -> LocalCalendar:
    """Return the rows of a place's file. Raises Invalid: unreadable, or naming the field that is wrong."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise Invalid(reason="calendar_unreadable", detail=str(error)) from error
    whole = Fields(content, case="", reason="calendar_field")
    if content.get("scope") == NATION:
        raise whole.wrong("scope")
    return LocalCalendar(
        scope=_short(whole, "scope", NAME_LENGTH),
        level=LEVELS[whole.one_of("level", OWN_LEVELS)],
        days=_once(whole, "days", [_day(each, whole) for each in whole.listed("days", [])]),
        closures=_once(whole, "closures", [r for each in whole.listed("closures", []) for r in _closure(each, whole)]),
        hours=_once(whole, "hours", [_hours(each, whole) for each in whole.listed("hours", [])]),
    )


def _day(fields: Fields, whole: Fields) -> Row:
    day = fields.read("day", date.fromisoformat, fields.text("day"))
    return {"day": day, "kind": fields.one_of("kind", KINDS), **_named(fields, whole)}


def _closure(fields: Fields, whole: Fields) -> list[Row]:
    """Return an order to stop work as a row for each day it touches."""
    begins, ends = (fields.read(name, _wall_clock, fields.text(name)) for name in ("from", "to"))
    if not begins < ends < begins + timedelta(days=366):
        raise fields.wrong("to")
    rows: list[Row] = []
    while begins < ends:
        midnight = datetime.combine(begins.date() + timedelta(days=1), datetime.min.time())
        until = DAY_END * 60 if ends >= midnight else _second(ends)
        rows.append({"day": begins.date(), "begins": _second(begins), "ends": until, **_named(fields, whole)})
        begins = midnight
    return rows


def _hours(fields: Fields, whole: Fields) -> Row:
    segments = [list(fields.read("open", read_segment, text)) for text in fields.texts("open")]
    edges = [edge for segment in segments for edge in segment]
    if not edges or edges != sorted(set(edges)):
        raise fields.wrong("open")
    since = fields.read("since", date.fromisoformat, fields.text("since"))
    return {"day": since, "segments": segments, "source": _source(fields, whole)}


def _named(fields: Fields, whole: Fields) -> Row:
    return {"name": _short(fields, "name", NAME_LENGTH), "source": _source(fields, whole)}


def _source(fields: Fields, whole: Fields) -> str:
    """Return the document a row rests on: its own, else the file's."""
    return _short(fields if "source" in fields.names() else whole, "source", SOURCE_LENGTH)


def _short(fields: Fields, name: str, length: int) -> str:
    text = fields.text(name).strip()
    if not 0 < len(text) <= length:
        raise fields.wrong(name)
    return text


def _once(whole: Fields, name: str, rows: list[Row]) -> list[Row]:
    """Return the rows in order; raises Invalid when two are about one day."""
    if len({row["day"] for row in rows}) < len(rows):
        raise whole.wrong(name)
    return sorted(rows, key=lambda row: row["day"])


def _wall_clock(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is not None:
        raise ValueError(text)
    return instant


def _second(instant: datetime) -> int:
    return instant.hour * 3600 + instant.minute * 60 + instant.second
