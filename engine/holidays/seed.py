"""
Announced years, as exceptions to Monday–Friday.

The pinned library is asked once, when the table of days is filled; nothing asks it at run time
(docs/decisions/0005). Late December is not final before the next year's notice: papers of the State Council moved
days of the December before (2018-12-29 by the paper of 2018-12-06), so a year is known until 28 December.
"""

from datetime import date, timedelta
from typing import Any

import chinese_calendar

from engine.holidays.provisional import holidays_by_rule

FIRST_YEAR = 2015
YEARS_BY_RULE = 2
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
FRIDAY = 4

Row = dict[str, Any]


def last_announced_year() -> int:
    """Return the last year the library has."""
    return max(day.year for day in chinese_calendar.constants.holidays)


def announced_until() -> date:
    """Return the last day that can no longer change by a notice still to come."""
    return date(last_announced_year(), 12, 28)


def announced_days(year: int) -> list[Row]:
    """Return a year's exceptions in order: {day, kind "off"|"work", name, source}."""
    source = f"国务院办公厅{year}年节假日安排通知"
    rows: list[Row] = []
    day = date(year, 1, 1)
    while day.year == year:
        is_holiday, name = chinese_calendar.get_holiday_detail(day)
        plainly_off = day.weekday() > FRIDAY
        if name is not None and is_holiday:
            rows.append({"day": day, "kind": "off", "name": NAMES.get(name, name), "source": source})
        elif is_holiday != plainly_off:
            makeup = NAMES.get(name or "", name or "")
            rows.append({"day": day, "kind": "work", "name": f"{makeup}调休上班", "source": source})
        day += timedelta(days=1)
    return rows


def national_rows() -> tuple[list[Row], list[Row]]:
    """Return (exceptional days, what is known of each year) from 2015 to two years past the last announced one."""
    last = last_announced_year()
    days = [row for year in range(FIRST_YEAR, last + 1) for row in announced_days(year)]
    years: list[Row] = [
        {"year": year, "provisional": False, "source": f"国务院办公厅{year}年节假日安排通知"}
        for year in range(FIRST_YEAR, last + 1)
    ]
    for year in range(last + 1, last + 1 + YEARS_BY_RULE):
        days += [
            {"day": day, "kind": "off", "name": name, "source": "放假调休规则推算(暂定)"}
            for name, break_days in holidays_by_rule(year)
            for day in break_days
            if day.year == year
        ]
        years.append({"year": year, "provisional": True, "source": "国办发明电〔2024〕12号所定规则"})
    return days, years
