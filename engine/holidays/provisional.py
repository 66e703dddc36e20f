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

from engine.domain.local_time import SATURDAY

REACH = 13  # days before and after a break among which its make-up days lie
NATIONAL_AND_AUTUMN = "国庆节、中秋节"  # one break of 8 days
# days of the law itself in a break (国务院《全国年节及纪念日放假办法》, 2024); the other festivals have one
STATUTORY = {"春节": 4, "劳动节": 2, "国庆节": 3, NATIONAL_AND_AUTUMN: 4}
# the break of a one-day festival, by its weekday: how many days before it the break begins, and how long it is
SHORT_BREAKS = {0: (2, 3), 1: (2, 3), 2: (0, 1), 3: (0, 3), 4: (0, 3), 5: (0, 3), 6: (1, 3)}


@dataclass(frozen=True)
class Break:
    """Days off in a row, under the name of their festival."""

    name: str
    days: tuple[date, ...]

    @property
    def make_ups(self) -> int:
        """How many weekend days are worked for it: its weekdays off beyond what the law itself gives."""
        weekdays = sum(day.weekday() < SATURDAY for day in self.days)
        return max(0, weekdays - STATUTORY.get(self.name, 1))

    @property
    def nearby(self) -> tuple[date, ...]:
        """The weekend days on which its make-up days can fall, if no other break has them."""
        first = self.days[0] - timedelta(days=REACH)
        around = _days(first, (self.days[-1] - first).days + REACH + 1)
        return tuple(day for day in around if day.weekday() >= SATURDAY and day not in self.days)


def breaks_by_rule(year: int) -> list[Break]:
    """Return the breaks of a year in order. New Year's may begin in the December before."""
    spring = _lunar(year, 1, 1)
    autumn = _lunar(year, 8, 15)
    national = date(year, 10, 1)
    together = national <= autumn < national + timedelta(days=8)
    found = [
        Break("元旦", _short(date(year, 1, 1))),
        Break("春节", _days(spring - timedelta(days=1), 8)),
        Break("清明节", _short(_solar_term(year, "清明"))),
        Break("劳动节", _days(date(year, 5, 1), 5)),
        Break("端午节", _short(_lunar(year, 5, 5))),
        Break(NATIONAL_AND_AUTUMN, _days(national, 8)) if together else Break("国庆节", _days(national, 7)),
    ]
    if not together:
        found.append(Break("中秋节", _short(autumn)))
    return sorted(found, key=lambda each: each.days)


def breaks_among(named_days: Iterable[tuple[date, str]]) -> list[Break]:
    """Return days off as breaks: days in a row under one name."""
    found: list[Break] = []
    for day, name in sorted(named_days):
        if found and found[-1].name == name and found[-1].days[-1] == day - timedelta(days=1):
            found[-1] = Break(name, (*found[-1].days, day))
        else:
            found.append(Break(name, (day,)))
    return found


def _short(festival: date) -> tuple[date, ...]:
    before, length = SHORT_BREAKS[festival.weekday()]
    return _days(festival - timedelta(days=before), length)


def _days(first: date, length: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range(length))


def _lunar(year: int, month: int, day: int) -> date:
    return _date(Lunar.fromYmd(year, month, day).getSolar())


def _solar_term(year: int, name: str) -> date:
    return _date(Lunar.fromYmd(year, 1, 1).getJieQiTable()[name])


def _date(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
