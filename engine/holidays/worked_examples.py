"""
Runs a file of worked deadlines, so that an office can check its own calendar.

The format: {"profiles": {name: ["08:30-12:00", …]}, "calendars": {id: {off, work, cut, hours?}}, "cases": [{id,
calendar, start, rule: {unit wd|nd|month|wmin|h, n, end, start_policy}, pauses?, extension?, warn?, expected}]}, where
`hours` is {"MM-DD": profile}: office hours from that day of each year on. Each field of `expected` is compared.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.domain.counting import explain
from engine.domain.deadlines import Deadline, compute, warn_at
from engine.domain.errors import CalendarEnds, Invalid
from engine.domain.limits import Extension, Pause, Rule
from engine.domain.local_time import SHANGHAI
from engine.domain.working_time import WorkCalendar
from engine.holidays.example_calendars import read_calendars
from engine.holidays.file_fields import Fields

UNITS = {"wd": "workday", "nd": "day", "month": "month", "wmin": "officeminute", "h": "hour"}
ENDS = {"24:00": "24:00", "close": "close", "exact": "24:00"}  # "exact": for minutes and hours, which end as they end
POLICIES = {"event_day": "event-day", "next_open": "next-open"}


@dataclass(frozen=True)
class Difference:
    """One expectation that was not met."""

    id: str
    field: str
    expected: object
    got: object


@dataclass(frozen=True)
class Report:
    """
    How many worked examples came out as written, and what the others gave.

    `outside` names those that reach a day the calendar does not have, with that day: {id: ISO date}.
    """

    passed: int
    total: int
    differences: tuple[Difference, ...]
    outside: Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """One case of a file, ready to be computed. `warn_days`: working days before the due date of a reminder."""

    id: str
    calendar: str
    rule: Rule
    start: datetime
    pauses: tuple[Pause, ...]
    extension: Extension | None
    warn_days: int | None
    expected: Mapping[str, Any]


def check_file(path: Path) -> Report:
    """Return the report of a file. Raises Invalid: not readable as one, or naming the case and field that is wrong."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid(reason="examples_unreadable", file=path.name, detail=str(error)) from error
    whole = Fields(content, case="")
    calendars = read_calendars(whole)
    examples: dict[str, Example] = {}
    for fields in whole.listed("cases"):
        example = _example(fields, calendars)
        if example.id in examples:
            raise fields.wrong("id")
        examples[example.id] = example
    return _report(examples.values(), calendars)


def _report(examples: Collection[Example], calendars: Mapping[str, WorkCalendar]) -> Report:
    differences: list[Difference] = []
    outside: dict[str, str] = {}
    for each in examples:
        try:
            differences += _differences(calendars[each.calendar], each)
        except CalendarEnds as error:
            outside[each.id] = str(error.facts["day"])
    failed = {difference.id for difference in differences} | set(outside)
    return Report(len(examples) - len(failed), len(examples), tuple(differences), outside)


def _example(unnamed: Fields, calendars: Mapping[str, WorkCalendar]) -> Example:
    """Return a case as read; raises Invalid naming it and the field."""
    fields = unnamed.for_case(unnamed.text("id"))
    extension, warn = fields.optional("extension"), fields.optional("warn")
    return Example(
        id=fields.case,
        calendar=fields.one_of("calendar", {name: name for name in calendars}),
        rule=_rule(fields.part("rule")),
        start=fields.instant("start"),
        pauses=tuple(Pause(p.text("kind"), p.instant("from"), p.instant("to")) for p in fields.listed("pauses", [])),
        extension=Extension(extension.number("n"), extension.instant("approved_at")) if extension else None,
        warn_days=warn.number("wd_before") if warn else None,
        expected=_expected(fields.part("expected")),
    )


def _rule(fields: Fields) -> Rule:
    unit, limit = fields.one_of("unit", UNITS), fields.number("n")
    end, policy = fields.one_of("end", ENDS, "24:00"), fields.one_of("start_policy", POLICIES, "event_day")
    try:
        return Rule(unit, limit, end, policy)
    except Invalid as error:  # no minutes, no hours
        raise fields.wrong("n") from error


def _expected(fields: Fields) -> Mapping[str, Any]:
    known = {"due_at", "due_date", "counted_days", "extension_valid", "due_range", "provisional", "warn_at"}
    for name in fields.names():
        if name not in known:
            raise fields.wrong(name)
    return fields.values


def _differences(calendar: WorkCalendar, example: Example) -> list[Difference]:
    got = _outcome(calendar, example)
    return [
        Difference(example.id, field, want, got[field])
        for field, want in example.expected.items()
        if got[field] != want
    ]


def _outcome(calendar: WorkCalendar, example: Example) -> dict[str, Any]:
    given = (calendar, example.rule, example.start, example.pauses, example.extension)
    deadline = compute(*given)
    return {
        "due_at": _local(deadline.due_at),
        "due_date": str(deadline.due_date),
        "counted_days": [row.day.isoformat() for row in explain(*given) if row.ordinal is not None],
        "extension_valid": deadline.extension_valid,
        "due_range": [str(deadline.due_min), str(deadline.due_max)],
        "provisional": deadline.provisional,
        "warn_at": _local(_warning(calendar, deadline, example)),
    }


def _warning(calendar: WorkCalendar, deadline: Deadline, example: Example) -> datetime | None:
    if example.warn_days is None:
        return None
    return warn_at(calendar, deadline, example.warn_days, example.start)


def _local(instant: datetime | None) -> str | None:
    return instant.astimezone(SHANGHAI).isoformat() if instant else None
