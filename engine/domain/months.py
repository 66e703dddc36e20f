"""Calendar months as limits count them."""

from calendar import monthrange
from datetime import MAXYEAR, date

from engine.domain.errors import CalendarEnds


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on, or that month's last day (Civil Code, art. 202). Raises CalendarEnds."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > MAXYEAR:
        raise CalendarEnds(day=date.max.isoformat())
    return date(year, month, min(day.day, monthrange(year, month)[1]))
