"""From what the runtime says changed to rows: the state, clocks, operations, tasks and timers, in that order."""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from engine.commands.work import calling, incidents, operations, sending, tasking, timekeeping, waiting
from engine.commands.work.bench import FollowUp, Rest, Work
from engine.commands.work.equipment import Process
from engine.domain.case import Case
from engine.domain.errors import Conflict, EngineError, ExtensionRefused, Refused
from engine.domain.working_time import CalendarOnDemand
from engine.runtime.advance import Delivery
from engine.runtime.contract import Action, Advance, Data, Decided, Running, Standing, StoredState
from engine.runtime.interventions import InterventionRuntime
from engine.runtime.resting import Fault, plain_facts
from engine.store.instances import Instance

logger = logging.getLogger(__name__)


def begin(work: Work, case: Case, process: Process, start: FollowUp, data: Data) -> None:
    """Start a process in a case and carry out everything up to the first tasks that wait for people."""
    instance_id = str(uuid4())
    advance = _runtime(work).start(process.definition, instance_id, data, work.at, element=start.element or None)
    instance = Instance(
        id=instance_id,
        case_id=case.id,
        definition_digest=process.digest,
        kind=start.kind,
        subject_id=start.subject_id or None,
        started_at=work.at,
        state=advance.state.text,
        state_version=advance.state.version,
        state_mac=advance.state.mac,
        passed=advance.passed,
        finished_at=work.at if advance.finished else None,
    )
    work.unit.instances.add(instance)
    if start.registration is not None:
        tasking.keep_registration(work, instance, process.definition, start)
    for rule in process.definition.clocks.values():
        if rule.starts_on == "case":
            timekeeping.start_clock(work, instance, rule, process.definition.start_element)
    _carry_out(work, case, instance, process, advance)


def complete(work: Work, case: Case, instance_id: str, task_id: str, data: Data) -> None:
    """Complete a task in its process and carry out what follows."""
    instance = work.unit.instances.get(instance_id)
    process = process_of(work, instance)
    advance = _runtime(work).complete(process.definition, at_rest(instance), task_id, data, work.at)
    carry_on(work, case, instance, process, advance)


def fire(work: Work, case: Case, instance_id: str, runtime_id: str) -> None:
    """Fire a timer of the diagram and carry out what follows."""
    instance = work.unit.instances.get(instance_id)
    process = process_of(work, instance)
    advance = _runtime(work).fire(process.definition, at_rest(instance), runtime_id, work.at)
    carry_on(work, case, instance, process, advance)


def deliver(work: Work, case: Case, instance_id: str, event: Delivery) -> None:
    """Bring a message or signal to a process and carry out what follows."""
    instance = work.unit.instances.get(instance_id)
    process = process_of(work, instance)
    advance = _runtime(work).deliver(process.definition, at_rest(instance), event, work.at)
    carry_on(work, case, instance, process, advance)


def answer(work: Work, case: Case, instance_id: str, token_id: str, result: object) -> None:
    """Bring the answer of an operation outside to the token that waits for it, and carry out what follows."""
    instance = work.unit.instances.get(instance_id)
    process = process_of(work, instance)
    advance = _runtime(work).answer(process.definition, at_rest(instance), token_id, result, work.at)
    carry_on(work, case, instance, process, advance)


def retry(work: Work, case: Case, instance_id: str, token_id: str) -> None:
    """Take the step again that a token rests at, and carry out what follows."""
    instance = work.unit.instances.get(instance_id)
    process = process_of(work, instance)
    advance = _runtime(work).retry(process.definition, at_rest(instance), token_id, work.at)
    carry_on(work, case, instance, process, advance)


def skip(work: Work, case: Case, instance_id: str, token_id: str) -> None:
    """Let a token that rests go on without its step, and carry out what follows."""
    instance = work.unit.instances.get(instance_id)
    process = process_of(work, instance)
    advance = _runtime(work).skip(process.definition, at_rest(instance), token_id, work.at)
    carry_on(work, case, instance, process, advance)


def end(work: Work, case: Case, instance_id: str) -> None:
    """End a process where it stands: its tasks, limits and timers end with it."""
    instance = work.unit.instances.get(instance_id)
    process = process_of(work, instance)
    carry_on(work, case, instance, process, _runtime(work).end(process.definition, at_rest(instance), work.at))


def process_of(work: Work, instance: Instance) -> Process:
    """Return the version of the process that the instance runs under."""
    return work.equipment.library.get(work.unit.definitions, instance.definition_digest)


def _record(work: Work, case: Case, process: Process, decided: Decided) -> None:
    """Keep what a decision gave and why: which rules fired, with which inputs."""
    work.record(
        "decision.made",
        case.id,
        element=decided.element_id,
        name=process.definition.names.get(decided.element_id, decided.element_id),
        decision=decided.decision,
        result=decided.result,
        trace=decided.trace,
    )


def _runtime(work: Work) -> InterventionRuntime:
    """Return the runtime for one walk, with the calendar in force; it rests where a step fails."""
    return work.equipment.runtime.counting_by(CalendarOnDemand(work.calendar)).resting_at(work.walks.begin())


def at_rest(instance: Instance) -> Running:
    """Return what the runtime takes of a stored instance."""
    state = StoredState(text=instance.state, version=instance.state_version, mac=instance.state_mac)
    return Running(instance.id, state)


def carry_on(work: Work, case: Case, instance: Instance, process: Process, advance: Advance) -> None:
    """Store where an instance has moved to and carry out what follows."""
    moved = replace(
        instance,
        state=advance.state.text,
        state_version=advance.state.version,
        state_mac=advance.state.mac,
        passed=tuple(dict.fromkeys((*instance.passed, *advance.passed))),
        finished_at=work.at if advance.finished else None,
    )
    work.unit.instances.save(moved)
    _carry_out(work, case, moved, process, advance)


def _carry_out(work: Work, case: Case, instance: Instance, process: Process, advance: Advance) -> None:
    tasking.cancel_tasks(work, advance.cancelled)
    for use in advance.clocks:
        timekeeping.start_clock(work, instance, process.definition.clocks[use.key], use.element_id)
    for decided in advance.decided:
        _record(work, case, process, decided)
    _see_to_actions(work, case, instance, process, advance)
    for opened in advance.opened:
        tasking.open_task(work, case, instance, opened)
    timekeeping.stop_clocks(work, instance, process.definition, advance.active)
    timekeeping.match_timers(work, instance, advance.timers)
    sending.send(work, sending.Sender(case, instance), advance.thrown)
    _note(work, case, instance, process, advance)
    while work.follow_ups:
        wanted = work.follow_ups.pop(0)
        begin(work, case, work.equipment.library.newest(work.unit.definitions, wanted.process), wanted, {})


def _note(work: Work, case: Case, instance: Instance, process: Process, advance: Advance) -> None:
    """Write down what is waited for beside people and time, and what needs a person to go on."""
    standing = Standing(advance.waits, advance.failed, advance.calls)
    if advance.waited or any(vars(standing).values()):
        waiting.match(work, case, instance, process, standing)
    if advance.waited or advance.stuck or advance.failure is not None:
        incidents.note_end(work, case, instance, stuck=advance.stuck, failure=advance.failure)


def _see_to_actions(work: Work, case: Case, instance: Instance, process: Process, advance: Advance) -> None:
    """Carry out the operations inside; put those outside, that are still waited for, into the outbox."""
    for action in advance.actions:
        if not action.is_outside:
            _see_to(work, action, partial(operations.carry_out, work, case, instance, process, action))
        elif action.id in advance.calls:
            _see_to(work, action, partial(calling.call, work, case, instance, action))


def _see_to(work: Work, action: Action, carry_out: Callable[[], None]) -> None:
    """
    Carry out one operation; where it fails the process is to rest there (Rest).

    What a person is not allowed, or too late for, is told to that person, and the step is undone.
    """
    walk = work.walks.last
    try:
        carry_out()
    except SQLAlchemyError:
        raise  # a race, which the bus tries again
    except Exception as error:
        is_persons = "system" not in work.actor.roles and isinstance(error, (Refused, ExtensionRefused, Conflict))
        if walk == 0 or is_persons:
            raise
        logger.exception("the operation %s failed at %s", action.operation, action.element_id)
        code = error.code if isinstance(error, EngineError) else "fault"
        raise Rest(walk, Fault(action.step, action.element_id, code, plain_facts(error))) from error
