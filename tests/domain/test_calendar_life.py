"""From 25 October on somebody has to load next year's notice."""

from datetime import date

import pytest

from engine.domain.calendar_life import MissingYear, missing_year


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 10, 25), "expected"),
        (date(2026, 11, 30), "expected"),
        (date(2026, 12, 1), "late"),
        (date(2026, 12, 19), "late"),
        (date(2026, 12, 20), "overdue"),
        (date(2027, 3, 1), "overdue"),  # nobody did
    ],
)
def test_the_next_year_is_missed_from_25_october_on(today, stage):
    assert missing_year(2026, today) == MissingYear(2027, stage)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 10, 24)])
def test_before_that_nothing_is_missed(today):
    assert missing_year(2026, today) is None


def test_once_the_notice_is_loaded_nothing_is_missed():
    assert missing_year(2027, date(2026, 12, 20)) is None
