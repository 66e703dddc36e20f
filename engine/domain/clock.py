"""Where the time comes from: nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the instant, in UTC."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's instant in UTC."""
        return datetime.now(UTC)  # noqa: TID251  # the one place that may


@dataclass
class SetClock:
    """A clock that a test, or a rehearsal, sets by hand."""

    at: datetime

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.at

    def forward(self, step: timedelta) -> None:
        """Move on by `step`."""
        self.at += step


@dataclass(frozen=True)
class MovedClock:
    """The demonstration's clock: the machine's, moved on by what `offset` says at each reading."""

    base: Clock
    offset: Callable[[], timedelta]

    def now(self) -> datetime:
        """Return the moved instant in UTC."""
        return self.base.now() + self.offset()
