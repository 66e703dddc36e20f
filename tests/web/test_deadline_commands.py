"""The command line about deadlines: an office checks its own calendar with it."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.web.window import ask, opened

EXAMPLES = Path(__file__).parent.parent / "data" / "calendar_cases.json"
CASE = {
    "id": "X-1",
    "calendar": "CN",
    "start": "2026-11-23T10:00:00+08:00",
    "rule": {"unit": "wd", "n": 3},
    "expected": {"due_date": "2026-11-26"},
}
PLACE = {"scope": "YC", "level": "city", "source": "云政办发〔2026〕8号"}


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["deadlines", *words])


def check(app: Flask, folder: Path, *cases: object) -> Result:
    """Return the answer about a file with these cases."""
    file = folder / "examples.json"
    file.write_text(json.dumps({"calendars": {"CN": {}}, "cases": cases}), encoding="utf-8")
    return run(app, "check", str(file))


def test_the_worked_examples_all_come_out_as_written(app):
    answer = run(app, "check", str(EXAMPLES))

    assert (answer.exit_code, answer.output) == (0, "101/101\n")


def test_each_difference_is_printed_and_the_exit_code_is_1(app, tmp_path):
    wrong = {**CASE, "id": "X-2", "expected": {"due_date": "2026-11-27", "provisional": True}}

    answer = check(app, tmp_path, CASE, wrong)

    assert answer.exit_code == 1
    assert [line for line in answer.output.splitlines() if "X-2" in line and "2026-11-26" in line] != []
    assert answer.output.splitlines()[-1] == "1/2"


@pytest.mark.parametrize(
    ("case", "named"),
    [
        ({"id": "X-1"}, "X-1 calendar"),  # a key is missing
        ({**CASE, "rule": {"unit": "weeks", "n": 3}}, "X-1 rule.unit"),
        ({**CASE, "start": "2046-11-23T10:00:00+08:00"}, "2046-11-23"),  # a year that the calendar has not
    ],
)
def test_a_wrong_case_is_named_and_the_exit_code_is_2(app, tmp_path, case, named):
    answer = check(app, tmp_path, case)

    assert answer.exit_code == 2
    assert named in answer.output
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null"])
def test_a_file_that_holds_no_examples_is_refused_in_words(app, tmp_path, content):
    file = tmp_path / "examples.json"
    file.write_bytes(content)

    answer = run(app, "check", str(file))

    assert (answer.exit_code, "Traceback" in answer.output) == (2, False)
    assert isinstance(answer.exception, SystemExit)


def test_a_limit_is_shown_a_day_a_line_with_its_source(app):
    answer = run(app, "show", "--start", "2026-10-08T10:00", "--limit", "2")

    lines = answer.output.splitlines()
    assert [line[:10] for line in lines[:-1]] == ["2026-10-08", "2026-10-09", "2026-10-10"]
    assert "国庆节调休上班" in lines[2]
    assert "国务院办公厅放假通知（2026年）" in lines[2]
    assert "2026-10-10 24:00" in lines[3]


def test_a_provisional_end_shows_what_it_can_become(app):
    answer = run(app, "show", "--start", "2027-02-03T10:00", "--limit", "3")

    last = answer.output.splitlines()[-1]
    assert all(day in last for day in ("2027-02-14", "2027-02-16 24:00"))


@pytest.mark.parametrize(
    "words",
    [
        ("--start", "2046-11-23T10:00", "--limit", "3"),
        ("--start", "2026-11-23T10:00", "--limit", "-1"),
        ("--start", "2026-11-23T10:00", "--limit", "0", "--unit", "hour"),
        ("--start", "Monday", "--limit", "3"),
        ("--start", "2026-11-23T10:00", "--limit", "3", "--unit", "week"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(app, words):
    answer = run(app, "show", *words)

    assert (answer.exit_code, "Traceback" in answer.output) == (2, False)
    assert isinstance(answer.exception, SystemExit)


def test_days_of_a_place_are_loaded_and_counted_by(fresh, tmp_path):
    file = tmp_path / "city.json"
    day = {"day": "2026-11-24", "kind": "off", "name": "州庆"}
    file.write_text(json.dumps({**PLACE, "days": [day]}), encoding="utf-8")

    loaded = run(fresh, "load", str(file))

    assert loaded.exit_code == 0
    words = ("show", "--start", "2026-11-23T10:00", "--limit", "1")
    assert run(fresh, *words).output.splitlines()[-1].count("2026-11-24 24:00") == 1
    assert run(fresh, *words, "--installed").output.splitlines()[-1].count("2026-11-25 24:00") == 1


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", json.dumps({**PLACE, "level": "moon"}).encode()])
def test_a_calendar_that_cannot_be_loaded_is_refused_in_words(app, tmp_path, content):
    file = tmp_path / "city.json"
    file.write_bytes(content)

    answer = run(app, "load", str(file))

    assert (answer.exit_code, "Traceback" in answer.output) == (2, False)
    assert isinstance(answer.exception, SystemExit)


def test_the_forecast_names_the_limits_that_end_by_a_day_and_who_holds_them(fresh):
    opened(fresh)  # on Monday; feedback within three working days, so by the end of Thursday
    number = ask(fresh, "SELECT number FROM gov_case")

    before = run(fresh, "due", "--on", "2026-11-25").output
    on_the_day = run(fresh, "due", "--on", "2026-11-26").output

    assert "反馈时限" not in before
    assert f"2026-11-26 24:00  {number}  反馈时限  李静、赵磊" in on_the_day.splitlines()
    assert on_the_day.splitlines()[-1].startswith("到时将有2个时限到期")
