"""
Runs a file of worked deadlines, so that an office can check its own calendar.

The format: {"profiles": {name: ["08:30-12:00", …]}, "calendars": {id: {off, work, cut, hours?}}, "cases": [{id,
calendar, start, rule: {unit wd|nd|month|wmin|h, n, end, start_policy}, pauses?, extension?, warn?, expected}]}.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from engine.domain.counting import explain
from engine.domain.deadlines import Deadline, Extension, Pause, Rule, compute, warn_at
from engine.domain.errors import EngineError, Invalid
from engine.domain.working_time import SHANGHAI, WorkCalendar
from engine.holidays.build import STANDARD_HOURS, Hours, Local, calendar_of_rows
from engine.holidays.seed import national_rows

UNITS = {"wd": "workday", "nd": "day", "month": "month", "wmin": "officeminute", "h": "hour"}
# calendars of the format's first file whose hours it names by custom: office hours by season, or without a lunch break
SEASONS = {"CN-XJ": {"05-01": "xj_s", "10-01": "xj_w"}, "CN-nolunch": {"01-01": "nolunch"}}


@dataclass(frozen=True)
class Difference:
    """One expectation that was not met."""

    id: str
    field: str
    expected: object
    got: object


@dataclass(frozen=True)
class Report:
    """How many worked examples came out as written."""

    passed: int
    total: int
    differences: tuple[Difference, ...]


def check_file(path: Path) -> Report:
    """Return the report of a file; raises Invalid (unreadable, or a case it cannot be run from: id and field)."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cases = content["cases"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Invalid(reason="examples_unreadable", file=path.name, detail=str(error)) from error
    calendars: dict[str, WorkCalendar] = {}
    differences: list[Difference] = []
    failed: set[str] = set()
    for case in cases:
        found = _differences(content, case, calendars)
        differences += found
        failed |= {difference.id for difference in found}
    return Report(len(cases) - len(failed), len(cases), tuple(differences))


def _differences(
    content: Mapping[str, Any], case: Mapping[str, Any], calendars: dict[str, WorkCalendar]
) -> list[Difference]:
    name = str(case.get("id"))
    try:
        key = case["calendar"]
        if key not in calendars:
            calendars[key] = _calendar(content, key)
        got = _outcome(calendars[key], case)
        expected = case["expected"]
        unknown = set(expected) - set(got)
        if unknown:
            raise Invalid(reason="example_field", case=name, field=", ".join(sorted(unknown)))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Invalid(reason="example_field", case=name, field=str(error)) from error
    return [Difference(name, field, want, got[field]) for field, want in expected.items() if got[field] != want]


def _outcome(calendar: WorkCalendar, case: Mapping[str, Any]) -> dict[str, Any]:
    rule = _rule(case["rule"])
    start = datetime.fromisoformat(case["start"])
    pauses = [
        Pause(p["kind"], datetime.fromisoformat(p["from"]), datetime.fromisoformat(p["to"]))
        for p in case.get("pauses", [])
    ]
    more = case.get("extension")
    extension = Extension(more["n"], datetime.fromisoformat(more["approved_at"])) if more else None
    try:
        deadline = compute(calendar, rule, start, pauses, extension)
    except EngineError as error:
        return dict.fromkeys(case["expected"], f"{error.code} {error.facts}")
    counted = [d.day.isoformat() for d in explain(calendar, rule, start, pauses, extension) if d.ordinal]
    warn = case.get("warn")
    return {
        "due_at": _local(deadline.due_at),
        "due_date": str(deadline.due_date),
        "counted_days": counted,
        "extension_valid": deadline.extension_valid,
        "due_range": [str(deadline.due_min), str(deadline.due_max)],
        "provisional": deadline.provisional,
        "warn_at": _local(_warning(calendar, deadline, warn, start)) if warn else None,
    }


def _warning(calendar: WorkCalendar, deadline: Deadline, warn: Mapping[str, Any], start: datetime) -> datetime:
    return warn_at(calendar, deadline, warn["wd_before"], start)


def _rule(rule: Mapping[str, Any]) -> Rule:
    end = "close" if rule.get("end") == "close" else "24:00"
    policy = rule.get("start_policy", "event_day").replace("_", "-")
    return Rule(UNITS[rule["unit"]], rule["n"], end, policy)


def _local(instant: datetime | None) -> str | None:
    return instant.astimezone(SHANGHAI).isoformat() if instant else None


@lru_cache(maxsize=1)
def _nation() -> tuple[list[Any], list[Any]]:
    days, years = national_rows()
    return [SimpleNamespace(**day) for day in days], [SimpleNamespace(**year) for year in years]


def _calendar(content: Mapping[str, Any], key: str) -> WorkCalendar:
    days, years = _nation()
    place = content["calendars"][key]
    local = Local(
        off=frozenset(map(date.fromisoformat, place.get("off", []))),
        work=frozenset(map(date.fromisoformat, place.get("work", []))),
        cut={date.fromisoformat(day): (_second(a), _second(b)) for day, (a, b) in place.get("cut", {}).items()},
    )
    profiles = {name: tuple(_segment(text) for text in texts) for name, texts in content.get("profiles", {}).items()}
    uses = place.get("hours", SEASONS.get(key, {}))
    hours = [Hours(date.min, profiles.get("std", STANDARD_HOURS))]
    for year in (row.year for row in years):
        hours += [Hours(date.fromisoformat(f"{year}-{day}"), profiles[name]) for day, name in sorted(uses.items())]
    return calendar_of_rows(days, years, key, hours=hours, local=local)


def _segment(text: str) -> tuple[int, int]:
    opens, closes = text.split("-")
    return _second(opens), _second(closes)


def _second(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60
