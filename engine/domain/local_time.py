"""
Instants and the Shanghai wall clock.

Inside the calendar a moment is a whole number of seconds on that clock since 1970-01-01 00:00, and a day its ordinal.
The zone is a fixed +08:00, which equals Asia/Shanghai for every instant since September 1991; before that there was
summer time, which is one more reason why stored instants are UTC. A fraction of a second is cut off.
"""

from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
OFFSET = 8 * 3600
DAY = 86_400
EPOCH = date(1970, 1, 1).toordinal()
SATURDAY = 5  # date.weekday()


def local_seconds(instant: datetime) -> int:
    """Return an aware instant, of any zone, as seconds on the Shanghai wall clock. Raises ValueError if it is naive."""
    if instant.tzinfo is None:
        msg = "a naive instant reached the calendar"
        raise ValueError(msg)
    return int(instant.timestamp() // 1) + OFFSET


def instant_of(local: int) -> datetime:
    """Return seconds on the Shanghai wall clock as an instant in UTC."""
    return datetime.fromtimestamp(local - OFFSET, UTC)


def day_of(local: int) -> int:
    """Return the ordinal of the day that a moment of the Shanghai wall clock falls on."""
    return local // DAY + EPOCH


def midnight(ordinal: int) -> int:
    """Return the local second at which a day begins."""
    return (ordinal - EPOCH) * DAY


def local_date(instant: datetime) -> date:
    """Return the date in Shanghai."""
    return date.fromordinal(day_of(local_seconds(instant)))


def midnight_of(day: date) -> datetime:
    """Return the instant, in UTC, at which a day begins in Shanghai."""
    return instant_of(midnight(day.toordinal()))
