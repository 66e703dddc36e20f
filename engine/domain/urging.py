"""How often one may urge (催办): once per working day, task and person who urges."""

from datetime import datetime

from engine.domain.local_time import local_date
from engine.domain.working_time import WorkCalendar


def may_urge(calendar: WorkCalendar, last: datetime | None, now: datetime) -> bool:
    """Return whether a working day has begun since the urger's last word on the task (None: there was none)."""
    if last is None:
        return True
    return calendar.working_days_between(local_date(last), local_date(now)) > 0
