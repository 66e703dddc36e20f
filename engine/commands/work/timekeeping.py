"""
Clocks and timers: the diagram says which limit, this room says when.

A clock is a ledger (start, pause, resume, extend, stop); its due instant is a pure function of ledger and calendar.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from engine.commands.work.bench import Work
from engine.domain.clock_ledger import LedgerEntry, Standing, standing
from engine.domain.deadlines import Deadline, shift_end, warn_at
from engine.domain.limits import Rule
from engine.domain.local_time import DAY, local_seconds
from engine.runtime.contract import ClockRule, Definition, WaitingTimer
from engine.store.clocks import ClockRow
from engine.store.instances import Instance
from engine.store.timers import TimerRow

MAY_PAUSE = ("team_lead", "duty_leader")  # who approves that time stands still


def limit_of(work: Work, setting: str | None, default: int) -> int:
    """Return the city's setting for a limit, or the diagram's own."""
    text = work.unit.people.setting(setting) if setting else None
    return int(json.loads(text)) if text is not None else default


def start_clock(work: Work, instance: Instance, rule: ClockRule, element_id: str) -> None:
    """Start a clock at the instant that counts, with its reminder."""
    stop(work, [clock for clock in work.unit.clocks.running(instance.id) if clock.key == rule.id])  # entered again
    kept = {
        "unit": rule.unit,
        "limit": limit_of(work, rule.setting, rule.limit),
        "end": rule.end,
        "start_policy": rule.start_policy,
        "warn": rule.warn,
        "basis": rule.basis,
        "extension_limit": limit_of(work, rule.extension_setting, rule.extension_limit or 0),
        "extension_times": rule.extension_times,
        "pausable": list(rule.pausable),
    }
    clock = ClockRow(
        id=str(uuid4()),
        case_id=instance.case_id,
        instance_id=instance.id,
        key=rule.id,
        name=rule.name,
        element_id=element_id,
        rule=kept,
        started_at=_day_that_counts(work),
    )
    due = standing_of(work, clock, ()).deadline
    clock = _with(clock, due)
    work.unit.clocks.add(clock)
    enter(work, clock.id, "start", due_after=clock.due_at)
    _arm_reminder(work, clock, due, revision=0)
    work.record(
        "clock.started",
        clock.case_id,
        clock=clock.key,
        name=clock.name,
        due_date=str(clock.due_date),
        about=instance.kind,
    )


def _day_that_counts(work: Work) -> datetime:
    """
    Return the instant a clock starts at: now, or for what a limit brings about at 24:00 the last second of its day.

    24:00 and the next midnight are one instant; the matter passed on with the day that ended, so that 3 + 5 + 10
    working days are 18 in a row.
    """
    ends_a_day = work.cause is not None and local_seconds(work.at) % DAY == 0
    return work.at - timedelta(seconds=1) if ends_a_day else work.at


def enter(work: Work, clock_id: str, event: str, /, **more: object) -> None:
    """Append a line to a clock's ledger, now."""
    enter_at(work, clock_id, event, work.at, **more)


def enter_at(work: Work, clock_id: str, event: str, at: datetime, /, **more: object) -> None:
    """Append a line that counts at another instant than now: a late entry, which shows when it was written."""
    entry = LedgerEntry(type=event, at=at, recorded_at=work.now, actor_id=work.actor.id)
    work.unit.clocks.enter(clock_id, replace(entry, **more))  # pyright: ignore[reportArgumentType]  # named columns


def retime(work: Work, clock: ClockRow, *, remind_again: bool = True) -> ClockRow:
    """
    Return the clock with its instants computed anew from its ledger; the row and its waiting timers follow.

    With `remind_again` False a reminder that was sent already is not sent a second time.
    """
    ledger = work.unit.clocks.ledger(clock.id)
    now = standing_of(work, clock, ledger)
    due = now.deadline
    moved = replace(_with(clock, due), extended=now.extended)
    work.unit.clocks.save(moved)
    for timer in work.unit.timers.waiting(clock.instance_id):
        if timer.clock_id == clock.id and timer.kind == "flow":
            work.unit.timers.save(replace(timer, due_at=_instant(work, moved, timer.moment, timer.day_offset)))
        elif timer.clock_id == clock.id:
            work.unit.timers.save(replace(timer, status="cancelled"))
    if remind_again or not work.unit.timers.reminded(clock.id):
        _arm_reminder(work, moved, due, revision=len(ledger))
    return moved


def stop_clocks(work: Work, instance: Instance, definition: Definition, active: Collection[str]) -> None:
    """Stop the clocks none of whose activities holds a token any more, and their reminders."""
    running = work.unit.clocks.running(instance.id)
    stop(work, [c for c in running if set(definition.clocks[c.key].hosts).isdisjoint(active)])


def stop(work: Work, clocks: Iterable[ClockRow]) -> None:
    """Stop clocks at the instant that counts, and cancel their timers."""
    for clock in clocks:
        work.unit.clocks.save(replace(clock, stopped_at=work.at))
        enter(work, clock.id, "stop", due_before=clock.due_at)
        for timer in work.unit.timers.waiting(clock.instance_id):
            if timer.clock_id == clock.id:
                work.unit.timers.save(replace(timer, status="cancelled"))


def match_timers(work: Work, instance: Instance, waiting: Iterable[WaitingTimer]) -> None:
    """Make the rows of the diagram's timers equal what the workflow waits for now."""
    wanted = {timer.id: timer for timer in waiting}
    for row in work.unit.timers.waiting(instance.id):
        if row.kind == "flow" and wanted.pop(row.runtime_id, None) is None and row != work.cause:
            work.unit.timers.save(replace(row, status="cancelled"))
    asked = any(timer.clock for timer in wanted.values())
    clocks = {clock.key: clock for clock in work.unit.clocks.running(instance.id)} if asked else {}
    for timer in wanted.values():
        clock = clocks.get(timer.clock) if timer.clock else None
        due_at = _instant(work, clock, timer.moment, timer.offset) if clock else timer.due_at
        work.unit.timers.add(
            TimerRow(
                id=str(uuid4()),
                case_id=instance.case_id,
                instance_id=instance.id,
                kind="flow",
                runtime_id=timer.id,
                element_id=timer.element_id,
                host_task_id=timer.host_task_id,
                clock_id=clock.id if clock else None,
                moment=timer.moment,
                day_offset=timer.offset,
                due_at=due_at,
            )
        )


def rule_of(clock: ClockRow) -> Rule:
    """Return the limit a clock was started under."""
    kept = clock.rule
    return Rule(unit=kept["unit"], limit=kept["limit"], end=kept["end"], start_policy=kept["start_policy"])


def standing_of(work: Work, clock: ClockRow, ledger: Iterable[LedgerEntry]) -> Standing:
    """Return how a clock with that ledger stands by the calendar in force."""
    return standing(work.calendar(), rule_of(clock), clock.started_at, ledger)


def _with(clock: ClockRow, due: Deadline) -> ClockRow:
    return replace(
        clock,
        due_at=due.due_at,
        due_date=due.due_date,
        flag_at=due.flag_at,
        provisional=due.provisional,
        due_min=due.due_min,
        due_max=due.due_max,
        calendar_version=due.calendar_version,
    )


def _instant(work: Work, clock: ClockRow, moment: str, offset: int) -> datetime | None:
    base = clock.flag_at if moment == "flag" else clock.due_at
    if base is None or offset == 0:
        return base
    return shift_end(work.calendar(), base, offset)


def _arm_reminder(work: Work, clock: ClockRow, due: Deadline, revision: int) -> None:
    if not clock.rule.get("warn") or due.due_at is None:
        return
    work.unit.timers.add(
        TimerRow(
            id=str(uuid4()),
            case_id=clock.case_id,
            instance_id=clock.instance_id,
            kind="warn",
            runtime_id=f"{clock.id}:{revision}",
            element_id=clock.element_id,
            host_task_id=None,
            clock_id=clock.id,
            moment="due",
            day_offset=-clock.rule["warn"],
            due_at=warn_at(work.calendar(), due, clock.rule["warn"], clock.started_at),
        )
    )
