"""ISO 8601 times in timers: hours and minutes from now, or a date with its offset. Days need gov:deadline."""

import re
from datetime import UTC, datetime, timedelta

from engine.domain.errors import Invalid

DURATION = re.compile(
    r"PT(?=[0-9])(?:(?P<hours>[0-9]{1,4})H)?(?:(?P<minutes>[0-9]{1,6})M)?(?:(?P<seconds>[0-9]{1,8})S)?"
)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})")
CYCLE = re.compile(r"R(?P<rounds>[0-9]{0,9})/(?P<duration>P.*)")


def is_runnable(text: str) -> bool:
    """Return whether a timer's text is one we run as it stands: PT8H, or a date and time with its offset."""
    if DURATION.fullmatch(text):
        return True
    try:
        return bool(DATE.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def is_cycle(text: str) -> bool:
    """Return whether a text says how often and how far apart: R3/PT8H, or R/PT8H without end."""
    found = CYCLE.fullmatch(text)
    return bool(found and DURATION.fullmatch(found["duration"]) and found["rounds"] != "0")


def due_of(text: str, now: datetime) -> datetime:
    """Return the instant a timer's text means when it is met at `now`, of a cycle the first; raises Invalid."""
    if not is_runnable(text) and not is_cycle(text):
        raise Invalid(reason="timer", text=text)
    text = text.rpartition("/")[2]
    duration = DURATION.fullmatch(text)
    if duration:
        return now + timedelta(**{unit: int(amount) for unit, amount in duration.groupdict().items() if amount})
    return datetime.fromisoformat(text)


def rounds_of(cycle: str) -> int | None:
    """Return how often a cycle fires; None for without end."""
    found = CYCLE.fullmatch(cycle)
    return int(found["rounds"]) if found and found["rounds"] else None


def again_of(cycle: str, due: str) -> str:
    """Return when a cycle that was due then is due again; it does not drift with the moment it was noticed."""
    return due_of(cycle.rpartition("/")[2], datetime.fromisoformat(due)).isoformat()


def interval_of(duration: str) -> timedelta:
    """Return the length of a duration that can be read."""
    start = datetime.fromtimestamp(0, UTC)
    return due_of(duration, start) - start
