"""Dates as official papers write them."""

from datetime import UTC, date, datetime

import pytest

from engine.documents.dates import chinese_date, chinese_day, chinese_instant, last_day


def test_an_instant_is_written_on_shanghais_clock():
    assert chinese_date(datetime(2026, 11, 25, 16, 30, tzinfo=UTC)) == "2026年11月26日"
    assert chinese_instant("2026-11-23T02:00:00+00:00") == "2026年11月23日10时00分"


def test_a_day_stays_the_day_it_is_and_names_its_weekday():
    assert chinese_day(date(2026, 11, 26)) == "2026年11月26日（星期四）"
    assert chinese_day("2026-11-29") == "2026年11月29日（星期日）"


@pytest.mark.parametrize(
    ("due_at", "day"),
    [
        ("2026-12-03T16:00:00+00:00", "2026年12月3日"),  # 24:00 of the 3rd
        ("2026-12-31T16:00:00+00:00", "2026年12月31日"),  # over the turn of the year
        ("2026-12-03T15:59:59+00:00", "2026年12月3日"),
        ("2026-12-03T09:30:00+00:00", "2026年12月3日"),  # 17:30, closing time
    ],
)
def test_a_limit_that_ends_at_midnight_belongs_to_the_day_before(due_at: str, day: str):
    assert last_day(due_at) == day


def test_nothing_is_written_for_nothing():
    assert (chinese_date(""), chinese_day(None), chinese_instant(""), last_day(None)) == ("", "", "", "")


def test_what_is_no_date_is_an_error():
    with pytest.raises(ValueError, match="isoformat"):
        chinese_date("明天")
