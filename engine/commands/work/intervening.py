"""
An administrator's intervention: what was, what is, why, and how to take it back until the next step.

It is carried out on the case as it stands, without what is due by now: a timer that fails must not keep out whoever
comes to mend it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from engine.commands.work import tasking, timekeeping, waiting
from engine.commands.work.advancing import at_rest, carry_on, process_of
from engine.commands.work.bench import Work
from engine.commands.work.equipment import Process
from engine.domain.case import Case
from engine.domain.errors import CaseClosed, Invalid, NotFound, Refused
from engine.runtime.contract import Advance
from engine.store.instances import Instance

KINDS = ("token.moved", "variables.changed", "case.migrated")
SHORTEST_REASON = 4  # characters


@dataclass(frozen=True)
class Subject:
    """What is intervened in."""

    case: Case
    instance: Instance
    process: Process


@dataclass(frozen=True)
class Undo:
    """How the instance stood before; `after` is the seal of the state that the intervention left."""

    state: str
    state_version: str
    state_mac: str
    definition_digest: str
    passed: tuple[str, ...]
    after: str
    is_final: bool  # something left the house or was carried out: it cannot be taken back
    closed: tuple[str, ...]  # tasks
    opened: tuple[str, ...]
    stopped: tuple[str, ...]  # clocks
    started: tuple[str, ...]
    cancelled: tuple[str, ...]  # timers


def require_admin(work: Work, reason: str) -> None:
    """Raise Refused unless an administrator acts, Invalid unless they say why."""
    if not work.actor.has_any("admin"):
        raise Refused(what="intervention")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(reason="intervention_reason_missing")


def lock_subject(work: Work, case_id: str, instance_id: str) -> Subject:
    """Return a running instance of a case, which is locked; raises NotFound, CaseClosed."""
    case = work.unit.cases.lock(case_id)
    instance = work.unit.instances.get(instance_id)
    if instance.case_id != case.id:
        raise NotFound(what="instance")
    if instance.finished_at is not None or case.closed_at is not None:
        raise CaseClosed(case=case.id)
    return Subject(case, instance, process_of(work, instance))


def intervene(work: Work, subject: Subject, advance: Advance, event: str, facts: Mapping[str, Any]) -> None:
    """Carry out what the runtime made of an intervention, and record it with what takes it back."""
    before = _standing(work, subject.instance)
    carry_on(work, subject.case, subject.instance, subject.process, advance)
    after = _standing(work, subject.instance)
    undo = Undo(
        state=subject.instance.state,
        state_version=subject.instance.state_version,
        state_mac=subject.instance.state_mac,
        definition_digest=before.digest,
        passed=subject.instance.passed,
        after=advance.state.mac,
        is_final=bool(advance.actions or advance.thrown or advance.finished),
        closed=advance.cancelled,
        opened=tuple(task.id for task in advance.opened),
        stopped=tuple(before.clocks - after.clocks),
        started=tuple(after.clocks - before.clocks),
        cancelled=tuple(before.timers - after.timers),
    )
    work.record(event, subject.case.id, instance=subject.instance.id, **facts, undo=asdict(undo))


def undo_of(facts: Mapping[str, Any]) -> Undo:
    """Return how an instance stood before, from the event of an intervention."""
    return Undo(**facts["undo"])


def take_back(work: Work, subject: Subject, undo: Undo) -> None:
    """Let the instance stand as it did; tasks, clocks and timers that an intervention ended go on as they were."""
    old = {name: getattr(undo, name) for name in ("state", "state_version", "state_mac", "definition_digest", "passed")}
    instance = replace(subject.instance, **old)
    work.unit.instances.save(instance)
    tasking.cancel_tasks(work, undo.opened)
    for task_id in undo.closed:
        again = replace(work.unit.tasks.get(task_id), status="open", closed_at=None, closed_by=None)
        work.unit.tasks.save(again)
        tasking.hold(work, again)
    timekeeping.stop(work, [work.unit.clocks.get(clock_id) for clock_id in undo.started])
    for clock_id in undo.stopped:
        work.unit.clocks.save(replace(work.unit.clocks.get(clock_id), stopped_at=None))
        timekeeping.enter(work, clock_id, "reopen")
    for timer_id in undo.cancelled:
        work.unit.timers.save(replace(work.unit.timers.get(timer_id), status="waiting"))
    process = process_of(work, instance)
    due = work.equipment.runtime.timers(process.definition, at_rest(instance), work.at)
    timekeeping.match_timers(work, instance, due)
    standing = work.equipment.runtime.standing(process.definition, at_rest(instance))
    waiting.match(work, subject.case, instance, process, standing)


@dataclass(frozen=True)
class _Standing:
    digest: str
    clocks: frozenset[str]
    timers: frozenset[str]


def _standing(work: Work, instance: Instance) -> _Standing:
    digest = work.unit.instances.get(instance.id).definition_digest
    clocks = frozenset(clock.id for clock in work.unit.clocks.running(instance.id))
    return _Standing(digest, clocks, frozenset(timer.id for timer in work.unit.timers.waiting(instance.id)))
