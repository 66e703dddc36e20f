"""
Years that are not announced yet, by the rule of the notice 国办发明电〔2024〕12号.

Spring Festival: 8 days from New Year's Eve; National Day: 7 from 1 October, 8 when Mid-Autumn falls among them; Labour
Day: 5; the other four: 3 days in a row with the nearest weekend, a Wednesday alone. The make-up days stay unknown: a
calendar without them is only ever late, never early, so it accuses nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lunar_python import Lunar, Solar

SATURDAY = 5
REACH = 13  # days before and after a break among which its make-up days lie
STATUTORY = {"春节": 4, "劳动节": 2, "国庆节": 3}  # days of the law itself; the others have one
# the three days of a one-day festival, by its weekday: how many days before it the break begins, and how long it is
SHORT_BREAKS = {0: (2, 3), 1: (2, 3), 2: (0, 1), 3: (0, 3), 4: (0, 3), 5: (0, 3), 6: (1, 3)}


@dataclass(frozen=True)
class MakeUp:
    """Make-up days still to be announced for one break: `count` of the `candidates`."""

    candidates: tuple[date, ...]
    count: int


def holidays_by_rule(year: int) -> list[tuple[str, list[date]]]:
    """Return the breaks of a year in order: (name, days)."""
    spring = _lunar(year, 1, 1)
    autumn = _lunar(year, 8, 15)
    national_begins = date(year, 10, 1)
    together = national_begins <= autumn < national_begins + timedelta(days=8)
    breaks = [
        ("元旦", _short(date(year, 1, 1))),
        ("春节", _days(spring - timedelta(days=1), 8)),
        ("清明节", _short(_solar_term(year, "清明"))),
        ("劳动节", _days(date(year, 5, 1), 5)),
        ("端午节", _short(_lunar(year, 5, 5))),
        ("国庆节", _days(national_begins, 8 if together else 7)),
    ]
    if not together:
        breaks.append(("中秋节", _short(autumn)))
    return sorted(breaks, key=lambda named: named[1][0])


def make_ups_of(name: str, days: Iterable[date]) -> MakeUp:
    """Return what is still open about a break: how many make-up days, and on which weekend days they can fall."""
    off = sorted(days)
    weekdays = sum(day.weekday() < SATURDAY for day in off)
    nearby = _days(off[0] - timedelta(days=REACH), (off[-1] - off[0]).days + 1 + 2 * REACH)
    candidates = tuple(day for day in nearby if day.weekday() >= SATURDAY and day not in off)
    return MakeUp(candidates, max(0, weekdays - STATUTORY.get(name, 1)))


def _short(festival: date) -> list[date]:
    before, length = SHORT_BREAKS[festival.weekday()]
    return _days(festival - timedelta(days=before), length)


def _days(first: date, length: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(length)]


def _lunar(year: int, month: int, day: int) -> date:
    return _date(Lunar.fromYmd(year, month, day).getSolar())


def _solar_term(year: int, name: str) -> date:
    return _date(Lunar.fromYmd(year, 1, 1).getJieQiTable()[name])


def _date(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
