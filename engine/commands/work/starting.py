"""What starts a process from outside: messages, signals and times, of its newest version only."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from engine.commands.work.bench import Work
from engine.commands.work.equipment import Process
from engine.commands.work.opening import open_by_itself
from engine.domain.actors import TIMER
from engine.runtime.contract import Wait
from engine.runtime.iso import again_of, due_of, is_cycle, rounds_of
from engine.store.hub import StartRegistration
from engine.store.timers import TimerRow


def register(work: Work, process: Process) -> None:
    """Let a process be started by what its diagram names, and no longer by what the version before named."""
    for registration_id in work.unit.hub.withdraw(process.key):
        work.unit.timers.withdraw(registration_id)
    for start in process.definition.starts:
        _register(work, process, start)


def start_by_time(work: Work, timer: TimerRow, due_at: datetime) -> bool:
    """
    Return whether a case was opened: not where a newer version has withdrawn the time.

    It counts from the instant it was due. What a cycle missed meanwhile is one start; how many is in the event.
    """
    registration = work.unit.hub.start(_registration_id(timer))
    if registration is None:
        work.unit.timers.save(replace(timer, status="cancelled"))
        return False
    work.unit.timers.save(replace(timer, status="fired", fired_at=work.now))
    acting = replace(work, actor=TIMER, at=due_at, cause=timer)
    process = work.equipment.library.get(work.unit.definitions, registration.digest)
    missed = _roll_on(work, registration, timer, due_at)
    case = open_by_itself(acting, process, registration.element_id, {})
    acting.record("start.fired", case.id, timer=timer.id, element=registration.element_id, missed=missed)
    return True


def _register(work: Work, process: Process, start: Wait) -> None:
    registration_id = work.unit.hub.register(
        {
            "process": process.key,
            "digest": process.digest,
            "element_id": start.element_id,
            "kind": start.kind,
            "name": start.name,
            "since": work.now,
        }
    )
    if start.kind == "timer":
        _arm(work, registration_id, start.element_id, 1, due_of(start.name, work.now))


def _arm(work: Work, registration_id: int, element_id: str, turn: int, due_at: datetime) -> None:
    work.unit.timers.add(
        TimerRow(
            id=str(uuid4()),
            case_id="",
            instance_id="",
            kind="start",
            runtime_id=f"start/{registration_id}/{turn}",
            element_id=element_id,
            host_task_id=None,
            clock_id=None,
            moment="due",
            day_offset=0,
            due_at=due_at,
        )
    )


def _roll_on(work: Work, registration: StartRegistration, timer: TimerRow, due_at: datetime) -> int:
    """Arm the next turn of a cycle that lies in the future; return how many were missed."""
    if not is_cycle(registration.name):
        return 0
    turn, missed, following = _turn(timer) + 1, 0, _after(registration.name, due_at)
    while following <= work.now:
        turn, missed, following = turn + 1, missed + 1, _after(registration.name, following)
    rounds = rounds_of(registration.name)
    if rounds is None or turn <= rounds:
        _arm(work, registration.id, registration.element_id, turn, following)
    return missed if rounds is None else max(0, min(missed, rounds - _turn(timer)))


def _after(cycle: str, due_at: datetime) -> datetime:
    return datetime.fromisoformat(again_of(cycle, due_at.isoformat()))


def _registration_id(timer: TimerRow) -> int:
    return int(timer.runtime_id.split("/")[1])


def _turn(timer: TimerRow) -> int:
    return int(timer.runtime_id.split("/")[2])
