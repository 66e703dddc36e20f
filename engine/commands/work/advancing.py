"""From what the runtime says changed to rows: the state, clocks, operations, tasks and timers, in that order."""

from dataclasses import replace
from uuid import uuid4

from engine.commands.work import incidents, operations, tasking, timekeeping
from engine.commands.work.bench import Failure, FollowUp, Work
from engine.commands.work.equipment import Process
from engine.domain.case import Case
from engine.domain.errors import Invalid
from engine.domain.working_time import CalendarOnDemand
from engine.runtime.advance import Runtime
from engine.runtime.contract import Advance, Data, Decided, Running, StoredState
from engine.store.instances import Instance


def begin(work: Work, case: Case, process: Process, start: FollowUp, data: Data) -> None:
    """Start a process in a case and carry out everything up to the first tasks that wait for people."""
    instance_id = str(uuid4())
    advance = _runtime(work).start(process.definition, instance_id, data, work.at)
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
        tasking.keep_registration(work, case, instance, process.definition, start.registration)
    for rule in process.definition.clocks.values():
        if rule.starts_on == "case":
            timekeeping.start_clock(work, instance, rule, process.definition.start_element)
    _carry_out(work, case, instance, process, advance)
    if advance.stuck or advance.failure is not None:
        incidents.follow(work, case, instance.id, advance)


def complete(work: Work, case: Case, instance_id: str, task_id: str, data: Data) -> None:
    """Complete a task in its process and carry out what follows; raises Invalid where an automatic step fails."""
    instance = work.unit.instances.get(instance_id)
    process = process_of(work, instance)
    try:
        advance = _runtime(work).complete(process.definition, at_rest(instance), task_id, data, work.at)
    except Invalid as error:
        work.failed = _failure(work, instance, task_id, error)
        raise
    carry_on(work, case, instance, process, advance)


def fire(work: Work, case: Case, instance_id: str, runtime_id: str) -> None:
    """Fire a timer of the diagram and carry out what follows."""
    instance = work.unit.instances.get(instance_id)
    process = process_of(work, instance)
    advance = _runtime(work).fire(process.definition, at_rest(instance), runtime_id, work.at)
    carry_on(work, case, instance, process, advance)


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


def _runtime(work: Work) -> Runtime:
    """Return the runtime with the calendar of the case: the one in force."""
    return work.equipment.runtime.counting_by(CalendarOnDemand(work.calendar))


def at_rest(instance: Instance) -> Running:
    """Return what the runtime takes of a stored instance."""
    state = StoredState(text=instance.state, version=instance.state_version, mac=instance.state_mac)
    return Running(instance.id, state)


def _failure(work: Work, instance: Instance, task_id: str, error: Invalid) -> Failure:
    """Return what is kept of an automatic step that failed after a task."""
    reason = str(error.facts.get("reason", "")) if error.code == Invalid.code else error.code
    element = str(error.facts.get("element") or work.unit.tasks.get(task_id).element_id)
    detail = str(error.facts.get("detail") or error.facts.get("reason") or "")
    return Failure(instance.case_id, instance.id, element, reason, detail, task_id=task_id)


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
    incidents.follow(work, case, instance.id, advance)


def _carry_out(work: Work, case: Case, instance: Instance, process: Process, advance: Advance) -> None:
    tasking.cancel_tasks(work, advance.cancelled)
    for use in advance.clocks:
        timekeeping.start_clock(work, instance, process.definition.clocks[use.key], use.element_id)
    for decided in advance.decided:
        _record(work, case, process, decided)
    for action in advance.actions:
        operations.carry_out(work, case, instance, process, action)
    for opened in advance.opened:
        tasking.open_task(work, case, instance, opened)
    timekeeping.stop_clocks(work, instance, process.definition, advance.active)
    timekeeping.match_timers(work, instance, advance.timers)
    while work.follow_ups:
        wanted = work.follow_ups.pop(0)
        begin(work, case, work.equipment.library.newest(work.unit.definitions, wanted.process), wanted, {})
