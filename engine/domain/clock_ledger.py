"""
A clock's ledger: lines that are only ever added, and what follows from them.

Each line says when it counts (`at`) and when it was written (`recorded_at`); a late entry has an earlier `at`. How a
clock stands is a pure function of rule, ledger and calendar, at any instant and as it was known at any other.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from engine.domain.deadlines import Deadline, compute
from engine.domain.limits import Extension, Pause, Rule
from engine.domain.recounting import Recount, kept
from engine.domain.working_time import WorkCalendar

BEGINNING = "0" * 64  # what the first line of a ledger follows


@dataclass(frozen=True)
class LedgerEntry:
    """One line of a clock's ledger. `at` is when it counts, `recorded_at` when it was written."""

    type: str  # start | pause | resume | extend | recount | stop
    at: datetime
    recorded_at: datetime
    actor_id: str
    kind: str | None = None  # of a pause: the legal reason, one the diagram's clock allows
    amount: int | None = None
    reason: str | None = None  # of a pause: the document it rests on
    due_before: datetime | None = None
    due_after: datetime | None = None

    @property
    def is_late(self) -> bool:
        """Whether it was written after it counted, by more than the second that is cut off."""
        return (self.recorded_at - self.at).total_seconds() > 1


@dataclass(frozen=True)
class Standing:
    """How a clock stands: its deadline, whether it stands still, was extended, and when it stopped."""

    deadline: Deadline
    paused: bool
    extended: bool
    stopped_at: datetime | None


@dataclass(frozen=True)
class Spent:
    """Time of a clock, in office seconds and in working days after the day of the start: gross, and net of pauses."""

    gross_seconds: int
    net_seconds: int
    gross_days: int
    net_days: int


def digest_of(clock_id: str, seq: int, entry: LedgerEntry, previous: str) -> str:
    """Return the SHA-256, hex, over a line, its place and the digest of the line before."""
    values = [v.astimezone(UTC).isoformat() if isinstance(v, datetime) else v for v in vars(entry).values()]
    text = json.dumps([clock_id, seq, *values, previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(clock_id: str, lines: Iterable[tuple[int, LedgerEntry, str, str]]) -> int | None:
    """Return the number of the first line that does not verify, or None. `lines` are (seq, entry, previous, digest)."""
    before, expected = BEGINNING, 1
    for seq, entry, previous, digest in lines:
        if seq != expected or previous != before or digest != digest_of(clock_id, seq, entry, previous):
            return expected
        before, expected = digest, expected + 1
    return None


def known(ledger: Iterable[LedgerEntry], valid_at: datetime, recorded_by: datetime) -> list[LedgerEntry]:
    """Return the lines that counted at `valid_at`, as far as they had been written by `recorded_by`."""
    return [entry for entry in ledger if entry.at <= valid_at and entry.recorded_at <= recorded_by]


def standing(calendar: WorkCalendar, rule: Rule, started_at: datetime, ledger: Iterable[LedgerEntry]) -> Standing:
    """Return how a clock with that ledger stands by that calendar. Raises CalendarEnds."""
    lines = in_order(ledger)
    pauses, extension = pauses_of(lines), extension_of(lines)
    due = kept(calendar, compute(calendar, rule, started_at, pauses, extension), recounts_of(lines))
    stops = [line.at for line in lines if line.type == "stop"]
    return Standing(
        deadline=due,
        paused=due.due_at is None and not stops,
        extended=extension is not None,
        stopped_at=stops[0] if stops else None,
    )


def spent(calendar: WorkCalendar, started_at: datetime, ledger: Iterable[LedgerEntry], until: datetime) -> Spent:
    """Return how much time a clock took from its start to `until`, or to its stop if that came first."""
    lines = in_order(ledger)
    end = min([until, *(line.at for line in lines if line.type == "stop")])
    rests = [(max(p.start, started_at), min(p.end or end, end)) for p in pauses_of(lines)]
    rests = [(begins, ends) for begins, ends in rests if begins < ends]
    gross = calendar.office_seconds_between(started_at, end)
    days = calendar.counted_days(started_at, end)
    return Spent(
        gross_seconds=gross,
        net_seconds=gross - sum(calendar.office_seconds_between(begins, ends) for begins, ends in rests),
        gross_days=days,
        net_days=days - sum(calendar.counted_days(begins, ends) for begins, ends in rests),
    )


def in_order(ledger: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Return the lines in the order in which they count; those of one instant as they were written."""
    return sorted(ledger, key=lambda entry: entry.at)


def pauses_of(ledger: Iterable[LedgerEntry]) -> list[Pause]:
    """Return the pauses of a ledger; the last is open (`end` None) while the clock stands still."""
    pauses: list[Pause] = []
    for entry in in_order(ledger):
        if entry.type == "pause":
            pauses.append(Pause(kind=entry.kind or "", start=entry.at, end=None))
        elif entry.type == "resume" and pauses:
            pauses[-1] = replace(pauses[-1], end=entry.at)
    return pauses


def extension_of(ledger: Iterable[LedgerEntry]) -> Extension | None:
    """Return the extension in a ledger, or None."""
    lines = [entry for entry in ledger if entry.type == "extend"]
    return Extension(limit=lines[0].amount or 0, approved_at=lines[0].at) if lines else None


def recounts_of(ledger: Sequence[LedgerEntry]) -> list[Recount]:
    """Return the recounts of a ledger."""
    return [Recount(line.at, line.due_before) for line in ledger if line.type == "recount" and line.due_before]
