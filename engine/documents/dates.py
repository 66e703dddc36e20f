"""Dates as official papers write them, in Shanghai's time."""

from datetime import date, datetime, timedelta

from engine.domain.local_time import SHANGHAI

WEEKDAYS = "一二三四五六日"


def chinese_date(day: date | datetime | str | None) -> str:
    """Return 2026年11月26日; an instant counts in Shanghai. "" for nothing. Raises ValueError for any other text."""
    if not day:
        return ""
    moment = _read(day)
    return f"{moment.year}年{moment.month}月{moment.day}日"


def chinese_weekday(day: date | datetime | str | None) -> str:
    """Return 星期四; "" for nothing."""
    return f"星期{WEEKDAYS[_read(day).weekday()]}" if day else ""


def chinese_day(day: date | datetime | str | None) -> str:
    """Return 2026年11月26日（星期四）; "" for nothing."""
    return f"{chinese_date(day)}（{chinese_weekday(day)}）" if day else ""


def chinese_instant(instant: datetime | str | None) -> str:
    """Return 2026年11月23日10时00分 in Shanghai; "" for nothing."""
    return chinese_date(instant) + _read(instant).strftime("%H时%M分") if instant else ""


def last_day(due_at: date | datetime | str | None) -> str:
    """
    Return the last day of a limit that runs out at `due_at`, as 2026年12月4日; "" for nothing.

    A limit that ends at 24:00 is stored as the next midnight, which belongs to the day before.
    """
    return chinese_date(_read(due_at) - timedelta(microseconds=1)) if due_at else ""


def _read(day: date | datetime | str) -> datetime:
    """Return the day or instant on Shanghai's clock; what has no zone is taken to be Shanghai's."""
    if isinstance(day, str):
        day = datetime.fromisoformat(day)
    if not isinstance(day, datetime):
        day = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return day.astimezone(SHANGHAI) if day.tzinfo else day.replace(tzinfo=SHANGHAI)
