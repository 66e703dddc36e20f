"""Dates as official papers write them, in Shanghai's time."""

from datetime import date, datetime

from engine.domain.local_time import SHANGHAI

WEEKDAYS = "一二三四五六日"


def chinese_date(day: date | datetime | str) -> str:
    """Return 2026年11月26日; an instant counts in Shanghai. "" for nothing."""
    if not day:
        return ""
    moment = _read(day)
    return f"{moment.year}年{moment.month}月{moment.day}日"


def chinese_instant(instant: datetime | str) -> str:
    """Return 2026年11月23日(星期一)10时00分 in Shanghai."""
    moment = _read(instant)
    clock = moment.strftime("%H时%M分")
    return f"{chinese_date(moment.date())}(星期{WEEKDAYS[moment.weekday()]}){clock}"


def _read(day: date | datetime | str) -> datetime:
    if isinstance(day, str):
        day = datetime.fromisoformat(day)
    if not isinstance(day, datetime):
        day = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return day.astimezone(SHANGHAI) if day.tzinfo else day.replace(tzinfo=SHANGHAI)
