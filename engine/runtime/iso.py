"""ISO 8601 times in timers: hours and minutes from now, or a date with its offset. Days need gov:deadline."""

import re
from datetime import datetime, timedelta

from engine.domain.errors import Invalid

DURATION = re.compile(r"PT(?=\d)(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,8})S)?")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)")


def is_runnable(text: str) -> bool:
    """Return whether a timer's text is one we run as it stands: PT8H, or a date and time with its offset."""
    return bool(DURATION.fullmatch(text) or DATE.fullmatch(text))


def due_of(text: str, now: datetime) -> datetime:
    """Return the instant a timer's text means when it is met at `now`; raises Invalid."""
    duration = DURATION.fullmatch(text)
    if duration:
        return now + timedelta(**{unit: int(amount) for unit, amount in duration.groupdict().items() if amount})
    if DATE.fullmatch(text):
        return datetime.fromisoformat(text)
    raise Invalid(reason="timer", text=text)
