"""Instants and limits as readers see them."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from web.cases.view import stages_of
from web.formatting import ended, long_date, took_text

MANIFEST = {
    "stages": [
        {"title": "已登记", "elements": ["triage"]},
        {"title": "协调中", "elements": ["feedback"]},
        {"title": "专班研究中", "elements": ["team"]},
        {"title": "等您评价", "elements": ["rate"]},
    ]
}


def at(text: str) -> datetime:
    """Return the instant of a local date and time."""
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-27T00:00:00", "2026-11-26 24:00"),  # midnight belongs to the day that ends
        ("2026-11-26T23:59:59", "2026-11-26 24:00"),  # where the limit begins that follows one that ran out
        ("2026-11-26T23:59:58", "2026-11-26 23:59"),
        ("2026-11-27T00:01:00", "2026-11-27 00:01"),
    ],
)
def test_midnight_belongs_to_the_day_that_ends(moment: str, words: str):
    assert ended(at(moment)) == words


@pytest.mark.parametrize(
    ("begun", "finished", "words"),
    [
        ("2026-11-23T10:00", "2026-11-23T17:00", "当日"),
        ("2026-11-20T10:00", "2026-11-23T09:00", "1个工作日"),  # over a weekend
        ("2026-11-23T10:00", "2026-11-27T00:00", "3个工作日"),  # Tuesday to Thursday at 24:00
    ],
)
def test_a_step_took_the_working_days_that_began_after_its_first_day(app: Flask, begun: str, finished: str, words: str):
    with app.test_request_context("/"):
        assert took_text(at(begun), at(finished)) == words


def test_a_date_is_written_as_in_a_letter(app: Flask):
    with app.test_request_context("/"):
        assert long_date(at("2026-11-05T00:30")) == "2026年11月5日"


@pytest.mark.parametrize(
    ("passed", "now_at", "closed", "shown"),
    [
        (set(), "已登记", False, [("已登记", "now"), ("协调中", ""), ("专班研究中", ""), ("等您评价", "")]),
        # solved on the spot: what the case did not go through is left out
        ({"triage"}, "等您评价", False, [("已登记", "done"), ("等您评价", "now")]),
        ({"triage", "rate"}, "", True, [("已登记", "done"), ("等您评价", "done")]),
    ],
)
def test_the_citizen_sees_the_stages_that_were_and_that_may_come(
    passed: set[str], now_at: str, closed: bool, shown: list[tuple[str, str]]
):
    assert stages_of(MANIFEST, passed, now_at, closed=closed) == shown
