"""The nation's tables with a year's notice in them: announced, and the years after it by rule again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from engine.domain.errors import Invalid
from engine.holidays.local_calendar import Row
from engine.holidays.notice import YearNotice
from engine.holidays.seed import BY_RULE, YEARS_BY_RULE, provisional_days

DAY_FIELDS = ("day", "kind", "name", "source")


def with_notice(days: Iterable[Any], years: Iterable[Any], notice: YearNotice) -> dict[str, list[Row]]:
    """
    Return the nation's rows {"days", "years"} once the notice counts.

    It replaces what stood for its year, and adds to the December before. A year that leaves a gap after the last
    announced one is refused: raises Invalid.
    """
    known = {row.year: row.provisional for row in years}
    last = max((year for year, provisional in known.items() if not provisional), default=notice.year - 1)
    if notice.year > last + 1 or notice.year < min(known, default=notice.year):
        raise Invalid(reason="notice_gap", year=notice.year, last=last)
    last = max(last, notice.year)
    kept = [{name: getattr(row, name) for name in DAY_FIELDS} for row in days]
    first, end = date(notice.year, 1, 1), date(last, 12, 31)
    announced = {
        row["day"]: row
        for row in kept
        if row["source"] != BY_RULE and row["day"] <= end and not first <= row["day"] <= date(notice.year, 12, 31)
    } | {row["day"]: row for row in notice.days}
    by_rule = {row["day"]: row for row in provisional_days(last + 1, last + YEARS_BY_RULE)}
    together = by_rule | announced
    sources = {row.year: row.source for row in years} | {notice.year: notice.source}
    return {
        "days": [together[day] for day in sorted(together)],
        "years": [
            {"year": year, "provisional": year > last, "source": BY_RULE if year > last else sources[year]}
            for year in range(min(known, default=notice.year), last + YEARS_BY_RULE + 1)
        ],
    }
