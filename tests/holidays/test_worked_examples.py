"""The worked examples, one by one, and what becomes of a file that is not one."""

import json
from functools import cache
from pathlib import Path

import pytest

from engine.domain.errors import Invalid
from engine.holidays.worked_examples import Difference, Report, check_file

FILE = Path(__file__).parent.parent / "data" / "calendar_cases.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
CASE = {
    "id": "X-1",
    "calendar": "CN",
    "start": "2026-11-23T10:00:00+08:00",
    "rule": {"unit": "wd", "n": 3, "end": "24:00", "start_policy": "event_day"},
    "pauses": [{"kind": "听证", "from": "2026-11-24T09:00:00+08:00", "to": "2026-11-24T10:00:00+08:00"}],
    "extension": {"n": 1, "approved_at": "2026-11-24T09:00:00+08:00"},
    "warn": {"wd_before": 1},
    "expected": {"due_date": "2026-11-27", "extension_valid": True, "provisional": False},
}
WHOLE = {"profiles": {"std": ["08:30-12:00", "14:00-17:30"]}, "calendars": {"CN": {}}, "cases": [CASE]}


@cache
def report() -> Report:
    return check_file(FILE)


def run(folder: Path, content: object) -> Report:
    """Return the report of a file with that content."""
    file = folder / "examples.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return check_file(file)


def test_the_file_is_complete():
    assert (report().passed, report().total) == (101, 101)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_worked_example_comes_out_as_written(case):
    assert [found for found in report().differences if found.id == case["id"]] == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("due_at", "2026-11-30T00:00:00+08:00"),
        ("due_date", "2026-11-30"),
        ("counted_days", ["2026-11-24"]),
        ("warn_at", "2026-11-27T08:30:00+08:00"),
        ("due_range", ["2026-11-27", "2026-11-30"]),
        ("extension_valid", False),
        ("provisional", True),
    ],
)
def test_each_expectation_is_compared(tmp_path, field, wrong):
    outcome = run(tmp_path, {**WHOLE, "cases": [{**CASE, "expected": {field: wrong}}, {**CASE, "id": "X-2"}]})

    assert (outcome.passed, outcome.total) == (1, 2)
    assert [(found.id, found.field, found.expected) for found in outcome.differences] == [("X-1", field, wrong)]


def test_a_difference_says_what_was_expected_and_what_came_out(tmp_path):
    outcome = run(tmp_path, {**WHOLE, "cases": [{**CASE, "expected": {"due_date": "2026-11-30"}}]})

    assert outcome == Report(0, 1, (Difference("X-1", "due_date", "2026-11-30", "2026-11-27"),), {})


def test_a_case_that_leaves_the_calendar_does_not_pass_and_says_where(tmp_path):
    outcome = run(tmp_path, {**WHOLE, "cases": [CASE, {**CASE, "id": "X-2", "start": "1999-11-23T10:00:00+08:00"}]})

    assert outcome == Report(1, 2, (), {"X-2": "1999-11-23"})


def test_a_case_without_a_reminder_expects_none(tmp_path):
    case = {name: value for name, value in CASE.items() if name != "warn"}

    assert run(tmp_path, {**WHOLE, "cases": [{**case, "expected": {"warn_at": None}}]}).passed == 1


def test_a_place_has_its_own_hours_by_season(tmp_path):
    profiles = {"early": ["07:00-13:00"], "late": ["11:00-17:00"]}
    rule = {"unit": "wmin", "n": 60}
    case = {"id": "S-1", "calendar": "HERE", "rule": rule, "start": "2026-06-30T12:30:00+08:00"}
    expected = {"due_at": "2026-07-01T11:30:00+08:00"}
    here = {"HERE": {"hours": {"01-01": "early", "07-01": "late"}}}

    outcome = run(tmp_path, {"profiles": profiles, "calendars": here, "cases": [{**case, "expected": expected}]})

    assert outcome.differences == ()


@pytest.mark.parametrize("content", ["", "{", "[]", "3", '{"cases": 1}', '{"cases": [], "calendars": []}'])
def test_a_file_that_is_none_is_refused(tmp_path, content):
    with pytest.raises(Invalid):
        run(tmp_path, content)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Invalid) as refused:
        check_file(tmp_path / "none.json")

    assert refused.value.facts["file"] == "none.json"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"calendar": "MARS"}, "calendar"),
        ({"start": "2026-11-23T10:00:00"}, "start"),  # without an offset
        ({"start": "Monday"}, "start"),
        ({"start": 5}, "start"),
        ({"rule": None}, "rule"),
        ({"rule": {"n": 3}}, "rule.unit"),
        ({"rule": {"unit": "weeks", "n": 3}}, "rule.unit"),
        ({"rule": {"unit": ["wd"], "n": 3}}, "rule.unit"),
        ({"rule": {"unit": "wd"}}, "rule.n"),
        ({"rule": {"unit": "wd", "n": "3"}}, "rule.n"),
        ({"rule": {"unit": "wd", "n": -3}}, "rule.n"),
        ({"rule": {"unit": "wd", "n": True}}, "rule.n"),
        ({"rule": {"unit": "wmin", "n": 0}}, "rule.n"),
        ({"rule": {"unit": "wd", "n": 3, "end": "17:30"}}, "rule.end"),
        ({"rule": {"unit": "wd", "n": 3, "start_policy": "soon"}}, "rule.start_policy"),
        ({"pauses": {}}, "pauses"),
        ({"pauses": [3]}, "pauses[0]"),
        ({"pauses": [CASE["pauses"][0], {"kind": "听证"}]}, "pauses[1].from"),
        ({"extension": {"n": 1}}, "extension.approved_at"),
        ({"extension": 3}, "extension"),
        ({"warn": {"wd_before": "1"}}, "warn.wd_before"),
        ({"expected": {"due": "2026-11-26"}}, "expected.due"),
        ({"expected": []}, "expected"),
    ],
)
def test_a_wrong_case_is_refused_by_id_and_field(tmp_path, change, field):
    with pytest.raises(Invalid) as refused:
        run(tmp_path, {**WHOLE, "cases": [CASE, {**CASE, "id": "X-2", **change}]})

    assert refused.value.facts == {"reason": "example_field", "case": "X-2", "field": field}


@pytest.mark.parametrize("field", ["calendar", "start", "rule", "expected"])
def test_a_case_without_a_field_is_refused_by_id_and_field(tmp_path, field):
    case = {name: value for name, value in CASE.items() if name != field}

    with pytest.raises(Invalid) as refused:
        run(tmp_path, {**WHOLE, "cases": [case]})

    assert refused.value.facts == {"reason": "example_field", "case": "X-1", "field": field}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cases": [{"calendar": "CN"}]}, "cases[0].id"),
        ({"cases": [CASE, CASE]}, "cases[1].id"),  # twice
        ({"calendars": {"CN": 3}}, "calendars.CN"),
        ({"calendars": {"CN": {"off": "2026-01-01"}}}, "calendars.CN.off"),
        ({"calendars": {"CN": {"off": ["1 May"]}}}, "calendars.CN.off"),
        ({"calendars": {"CN": {"cut": {"2026-01-05": ["14:00"]}}}}, "calendars.CN.cut.2026-01-05"),
        ({"calendars": {"CN": {"cut": {"2026-01-05": ["14:00", "noon"]}}}}, "calendars.CN.cut.2026-01-05"),
        ({"calendars": {"CN": {"hours": {"01-01": "none"}}}}, "calendars.CN.hours.01-01"),
        ({"calendars": {"CN": {"hours": {"13-01": "std"}}}}, "calendars.CN.hours"),
        ({"profiles": {"std": ["17:30-08:30"]}}, "profiles.std"),
        ({"profiles": {"std": ["8"]}}, "profiles.std"),
        ({"profiles": {"std": "08:30-12:00"}}, "profiles.std"),
    ],
)
def test_a_wrong_calendar_is_refused_by_its_field(tmp_path, change, field):
    with pytest.raises(Invalid) as refused:
        run(tmp_path, {**WHOLE, **change})

    assert refused.value.facts == {"reason": "example_field", "case": "", "field": field}
