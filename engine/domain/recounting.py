"""
What a new calendar may do to a deadline that somebody was told of.

A recount never makes a breach in the past: an end that moves earlier leaves one full working day after the recount, or
the old end if that is sooner. And a breach is not held against anybody before the end that they were told of.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.domain.deadlines import Deadline
from engine.domain.local_time import local_date, midnight_of
from engine.domain.working_time import WorkCalendar


@dataclass(frozen=True)
class Recount:
    """When a running clock was counted anew, and the end it had until then."""

    at: datetime
    due_before: datetime


def kept(calendar: WorkCalendar, deadline: Deadline, recounts: Iterable[Recount]) -> Deadline:
    """Return the deadline as recounts leave it; one without an end stays as it is. Raises CalendarEnds."""
    if deadline.due_at is None or deadline.due_date is None or deadline.due_max is None:
        return deadline
    due_at, flag_at = deadline.due_at, deadline.flag_at
    for recount in recounts:
        due_at = max(due_at, min(recount.due_before, _full_day_after(calendar, recount.at)))
        flag_at = flag_at and max(flag_at, recount.due_before)
    if due_at == deadline.due_at:
        return replace(deadline, flag_at=flag_at)
    due_date = local_date(due_at - timedelta(seconds=1))  # 24:00 belongs to the day that ends
    due_max = max(deadline.due_max, due_date)
    return replace(
        deadline, due_at=due_at, due_date=due_date, due_max=due_max, flag_at=flag_at and max(flag_at, due_at)
    )


def _full_day_after(calendar: WorkCalendar, at: datetime) -> datetime:
    """Return the end of the first working day that begins after `at`."""
    return midnight_of(calendar.add_working_days(local_date(at), 1) + timedelta(days=1))
