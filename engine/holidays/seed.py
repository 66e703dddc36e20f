"""
The nation's days as plain rows: what is announced, and two years by rule.

The pinned library is asked once, when the table of days is filled; nothing asks it at run time. Late December is not
final before the next year's notice: papers of the State Council have moved days of the December before (2018-12-29 by
the paper of 2018-12-06), so a year is known until 28 December.
"""

from datetime import date, timedelta
from typing import Any

import chinese_calendar

from engine.domain.errors import Invalid
from engine.domain.local_time import SATURDAY
from engine.holidays.provisional import breaks_by_rule

FIRST_YEAR = 2004  # of the library
YEARS_BY_RULE = 2
BY_RULE = "国办发明电〔2024〕12号所定规则（暂定）"
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}

Row = dict[str, Any]


def last_announced_year() -> int:
    """Return the last year the library has."""
    return max(day.year for day in chinese_calendar.constants.holidays)


def settled_until(year: int) -> date:
    """Return the last day that no notice can change any more once the notice of `year` is out."""
    return date(year, 12, 28)


def announced_until() -> date:
    """Return the last day that can no longer change by a notice still to come."""
    return settled_until(last_announced_year())


def national_days(first_year: int, last_year: int) -> list[Row]:
    """
    Return the announced exceptions to Monday–Friday in order, as {day, kind "off"|"work", name, source}.

    A weekend day inside a break is listed too, for its name. Raises Invalid for a year the library does not have.
    """
    if not FIRST_YEAR <= first_year <= last_year <= last_announced_year():
        raise Invalid(reason="year_not_announced", first_year=first_year, last_year=last_year)
    rows = [_announced(day) for day in _days(date(first_year, 1, 1), date(last_year, 12, 31))]
    return [row for row in rows if row is not None]


def provisional_days(first_year: int, last_year: int) -> list[Row]:
    """Return the days off by rule, in the form of `national_days`, from the last settled December on."""
    after, until = settled_until(first_year - 1), date(last_year, 12, 31)
    found: dict[date, Row] = {}
    for year in range(first_year, last_year + 2):  # the New Year's break after the last may begin in its December
        for each in breaks_by_rule(year):
            for day in each.days:
                if after < day <= until:
                    found.setdefault(day, {"day": day, "kind": "off", "name": each.name, "source": BY_RULE})
    return [found[day] for day in sorted(found)]


def national_rows() -> tuple[list[Row], list[Row]]:
    """
    Return (exceptional days, what is known of each year) from 2004 to two years past the last announced one.

    Years are {year, provisional, source}.
    """
    last = last_announced_year()
    announced = {row["day"]: row for row in national_days(FIRST_YEAR, last)}
    by_rule = {row["day"]: row for row in provisional_days(last + 1, last + YEARS_BY_RULE)}
    days = by_rule | announced
    years = [
        {"year": year, "provisional": year > last, "source": BY_RULE if year > last else _notice(year)}
        for year in range(FIRST_YEAR, last + YEARS_BY_RULE + 1)
    ]
    return [days[day] for day in sorted(days)], years


def _announced(day: date) -> Row | None:
    off, name = chinese_calendar.get_holiday_detail(day)
    chinese = NAMES.get(name or "", name or "")
    if off and chinese:
        return {"day": day, "kind": "off", "name": chinese, "source": _notice(day.year)}
    if not off and day.weekday() >= SATURDAY:
        return {"day": day, "kind": "work", "name": f"{chinese}调休上班", "source": _notice(day.year)}
    return None


def _notice(year: int) -> str:
    return f"国务院办公厅放假通知（{year}年）"


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
