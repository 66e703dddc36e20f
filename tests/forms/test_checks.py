"""Single values: numbers of people and firms, telephones, dates, amounts."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from forms.checks import CHECKS, read_day, read_minute, read_money, read_whole


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("mobile", "13900005678"),
        ("phone", "13900005678"),
        ("phone", "0598-1234567"),
        ("phone", "02112345678"),
        ("phone", "0598-1234567-12"),
        ("idcard", "11010519491231002X"),  # the standard's own example
        ("uscc", "91350100M000100Y43"),  # the standard's own example
    ],
)
def test_a_right_number_passes(kind: str, value: str):
    assert CHECKS[kind](value) is None


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("mobile", "12900005678", "手机号应为11位数字，以1开头。"),  # 12x is no mobile
        ("mobile", "1390000567", "手机号应为11位数字，以1开头。"),  # ten digits
        ("mobile", "١٣٩٠٠٠٠٥٦٧٨", "手机号应为11位数字，以1开头。"),  # digits, but not ours
        ("phone", "1234567", "带区号"),  # no area code
        ("idcard", "110105194912310021", "校验位"),
        ("idcard", "110105194913310021", "出生日期"),  # month 13
        ("idcard", "01010519491231002X", "18位"),  # no region begins with 0
        ("idcard", "11010519491231", "18位"),
        ("uscc", "91350100M000100Y44", "校验位"),
        ("uscc", "91350100M000100I43", "不含I"),
        ("uscc", "91350100M000100Y4", "18位"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(kind: str, value: str, told: str):
    with pytest.raises(ValidationError, match=told):
        CHECKS[kind](value)


@given(st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_of_an_identity_number_is_noticed(place: int, more: int):
    right = "11010519491231002X"
    wrong = right[:place] + str((int(right[place]) + more) % 10) + right[place + 1 :]

    with pytest.raises(ValidationError):
        CHECKS["idcard"](wrong)


@pytest.mark.parametrize("text", ["20261120", "2026-11-20", "2026/11/20", "2026.11.20", "2026年11月20日"])
def test_a_date_is_read_as_people_write_it(text: str):
    assert read_day(text) == date(2026, 11, 20)


@pytest.mark.parametrize("text", ["20260230", "2026-13-01", "0026-11-20", "9999-01-01", "261120", "明天", ""])
def test_what_is_no_date_is_refused(text: str):
    with pytest.raises(ValidationError, match="日期应写作"):
        read_day(text)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_date_reads_back_from_both_its_spellings(day: date):
    assert read_day(day.isoformat()) == read_day(f"{day:%Y%m%d}") == day


@pytest.mark.parametrize("text", ["2026-11-20 09:30", "2026-11-20T09:30", "202611200930", "20261120 09:30"])
def test_a_time_is_read_as_people_write_it(text: str):
    assert read_minute(text) == datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001  # a wall-clock time


@pytest.mark.parametrize("text", ["2026-11-20", "2026-11-20 24:00", "2026-11-20 09:60", "2026-02-30 09:00", "09:30"])
def test_what_is_no_time_is_refused(text: str):
    with pytest.raises(ValidationError):
        read_minute(text)


@pytest.mark.parametrize(("text", "amount"), [("1234.5", "1234.50"), ("1,234.50", "1234.50"), ("0", "0.00")])
def test_an_amount_has_two_decimals(text: str, amount: str):
    assert str(read_money(text)) == amount


@pytest.mark.parametrize("text", ["1.234", "nan", "1e5", "一百", "99999999999999"])
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(ValidationError, match="金额"):
        read_money(text)


@pytest.mark.parametrize("text", ["1.5", "四", "٣", "1_000", "9" * 16, "--1"])
def test_what_is_no_whole_number_is_refused(text: str):
    with pytest.raises(ValidationError, match="整数"):
        read_whole(text)
