"""
Deadlines: a pure function of the rule, the ledger of events and the calendar.

Two instants, not one: `due_at` follows the published rule and drives timers, reminders and what the citizen sees;
`flag_at` is the latest that any reading of the rule allows, and only then may a breach be held against somebody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.domain.day_table import DayTable
from engine.domain.due_range import earliest_day
from engine.domain.errors import Invalid
from engine.domain.limit_end import Span, end_of, merged
from engine.domain.limits import DAY_UNITS, Extension, Pause, Rule
from engine.domain.local_time import day_of, instant_of, local_date, local_seconds, midnight
from engine.domain.working_time import WorkCalendar


@dataclass(frozen=True)
class Deadline:
    """
    When a limit runs out. Instants in UTC; `due_at` at 24:00 is the next midnight, so `due_date` is kept apart.

    A clock that stands still has no end: `due_at`, `due_date`, `flag_at`, `due_min`, `due_max` and `extension_valid`
    are None. `flag_at` is also None while the date is provisional. `due_min` and `due_max` are what the date can still
    become; both equal `due_date` unless it is provisional.
    """

    due_at: datetime | None
    due_date: date | None
    flag_at: datetime | None
    provisional: bool
    due_min: date | None
    due_max: date | None
    extension_valid: bool | None
    calendar_version: str


def compute(
    calendar: WorkCalendar,
    rule: Rule,
    start: datetime,
    pauses: Sequence[Pause] = (),
    extension: Extension | None = None,
) -> Deadline:
    """
    Return when the limit runs out.

    A pause that still lasts leaves it without an end, unless it began after the end: what is overdue cannot be paused.
    An extension counts if it was approved by the old end at the latest. Raises CalendarEnds.
    """
    begun = local_seconds(start)
    stopped = min((local_seconds(pause.start) for pause in pauses if pause.end is None), default=None)
    spans = _spans(pauses, stopped) if pauses else []
    day, end = end_of(calendar.table, rule, begun, spans)
    valid = None
    if extension is not None and (stopped is None or end <= stopped):
        valid = extension.approved_at <= instant_of(end)
        if valid:
            rule = Rule(rule.unit, rule.limit + extension.limit, rule.end, rule.start_policy)
            day, end = end_of(calendar.table, rule, begun, spans)
    if stopped is not None and end > stopped:
        return Deadline(None, None, None, False, None, None, None, calendar.version)
    due = date.fromordinal(day)
    provisional = due > calendar.known_until
    least = date.fromordinal(earliest_day(calendar, rule, begun, spans, day)) if provisional else due
    flag_at = None if provisional else instant_of(_flag_moment(calendar.table, rule, (begun, day, end), spans))
    return Deadline(instant_of(end), due, flag_at, provisional, least, due, valid, calendar.version)


def warn_at(calendar: WorkCalendar, deadline: Deadline, working_days: int, start: datetime) -> datetime:
    """
    Return when to remind: at the opening of the k-th working day before the due date, never before the start.

    A provisional date is taken at its earliest. Raises Invalid for a clock that stands still.
    """
    if deadline.due_min is None:
        raise Invalid(reason="paused")
    return max(calendar.opening_of(calendar.add_working_days(deadline.due_min, -working_days)), _whole(start))


def warn_before(calendar: WorkCalendar, deadline: Deadline, office_minutes: int, start: datetime) -> datetime:
    """
    Return when so many office minutes are left, never before the start: for limits of a day and less.

    Raises Invalid for a clock that stands still.
    """
    if deadline.due_at is None:
        raise Invalid(reason="paused")
    return max(calendar.sub_office_seconds(deadline.due_at, office_minutes * 60), _whole(start))


def elapsed_working_days(calendar: WorkCalendar, start: datetime, at: datetime) -> int:
    """Return how many working days have begun since the day of the start, which does not count."""
    return calendar.working_days_between(local_date(start), local_date(at))


def remaining_working_days(calendar: WorkCalendar, at: datetime, due_date: date) -> int:
    """Return the working days left after today until the due date; 0 on the day itself, negative once it is over."""
    return calendar.working_days_between(local_date(at), due_date)


def shift_end(calendar: WorkCalendar, end: datetime, working_days: int) -> datetime:
    """
    Return the end of a limit moved by so many working days (negative: back), in UTC.

    Unlike `WorkCalendar.shift` it reads midnight as 24:00 of the day before, as `due_at` and `flag_at` mean it.
    """
    local = local_seconds(end)
    day = day_of(local - 1)
    return instant_of(midnight(calendar.table.add(day, working_days)) + local - midnight(day))


def _whole(instant: datetime) -> datetime:
    """Return an instant in UTC, cut to the second."""
    return instant_of(local_seconds(instant))


def _spans(pauses: Sequence[Pause], stopped: int | None) -> list[Span]:
    """Return the pauses that ended as local seconds, merged; those inside one that lasts say nothing."""
    ended = [(local_seconds(pause.start), local_seconds(pause.end)) for pause in pauses if pause.end is not None]
    if stopped is None and len(ended) == 1 and ended[0][0] < ended[0][1]:
        return ended  # nearly always: nothing to merge
    return merged(span for span in ended if stopped is None or span[0] < stopped)


def _flag_moment(table: DayTable, rule: Rule, run: tuple[int, int, int], spans: Sequence[Span]) -> int:
    """
    Return when a breach may be held against somebody; `run` is (begun, last day, end).

    The last day counts to 24:00 even where the rule says closing time, and whoever was kept waiting by a pause has one
    full working day after it.
    """
    begun, day, end = run
    moment = max(end, midnight(day + 1)) if rule.unit in DAY_UNITS else end
    resumed = [ends for begins, ends in spans if begins < end and ends > begun]
    if resumed:
        moment = max(moment, midnight(table.add(day_of(resumed[-1]), 1) + 1))
    return moment
