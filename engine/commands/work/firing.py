"""
Carrying out timers at the instant they were due.

Who comes after a deadline comes after its effects, also when the ticker was down or is a second late: before a person
acts on a case, what was due on it by then is carried out in due order, at its own instants, in the same transaction.
"""

from dataclasses import replace
from datetime import datetime

from engine.commands.work.advancing import fire
from engine.commands.work.bench import Work
from engine.commands.work.telling import tell
from engine.domain.actors import TIMER
from engine.domain.case import Case, Task
from engine.store.timers import TimerRow


def fire_due(work: Work, case: Case, timer: TimerRow, due_at: datetime) -> None:
    """Carry out one waiting timer of a locked case; its effects count from `due_at`, whoever occasions it."""
    acting = replace(work, actor=TIMER, at=due_at, cause=timer)
    work.unit.timers.save(replace(timer, status="fired", fired_at=work.now))
    late_seconds = int((work.now - due_at).total_seconds())
    acting.record("timer.fired", case.id, timer=timer.id, element=timer.element_id, late_seconds=late_seconds)
    if timer.kind == "flow":
        fire(acting, case, timer.instance_id, timer.runtime_id)
    else:
        _remind(acting, case, timer)


def catch_up(work: Work, case: Case) -> Case:
    """Carry out all that is due on a locked case, in due order; return the case as it stands then."""
    while (timer := work.unit.timers.first_due(case.id, work.now)) is not None and timer.due_at is not None:
        fire_due(work, case, timer, timer.due_at)
        case = work.unit.cases.lock(case.id)  # as the timer left it
    return case


def lock_task(work: Work, task_id: str) -> tuple[Case, Task]:
    """Return the task and its case, locked, after all that was due on it has been carried out; raises NotFound."""
    case = catch_up(work, work.unit.cases.lock_by_task(task_id))
    return case, work.unit.tasks.get(task_id)


def _remind(work: Work, case: Case, timer: TimerRow) -> None:
    """Tell everybody who holds a task of that process that its clock runs out soon."""
    clock = work.unit.clocks.get(timer.clock_id or "")
    facts = {"key": timer.id, "number": case.number, "clock": clock.name, "due_date": str(clock.due_date)}
    tell(work, work.unit.tasks.open_holders(timer.instance_id), "clock_due_soon", case.id, facts)
