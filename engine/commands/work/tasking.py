"""Opening tasks for the right people, and closing what the diagram withdraws."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from engine.commands.work.bench import Work
from engine.commands.work.telling import tell
from engine.domain.case import Case, Task
from engine.runtime.contract import Definition, OpenTask
from engine.store.instances import Instance

SUBJECT = "flag_subject"  # role of a task that belongs to whoever a flag stands on


def open_task(work: Work, case: Case, instance: Instance, opened: OpenTask) -> None:
    """Store the task, held by the one person it can only be for, or offered to all it may be for."""
    role, holder_id, units = _meant_for(work, case, instance, opened.candidates)
    task = Task(
        id=opened.id,
        case_id=case.id,
        instance_id=instance.id,
        element_id=opened.element_id,
        name=opened.name,
        role=role,
        form=opened.form,
        holder_id=holder_id,
        unit_ids=frozenset(units),
        opened_at=work.at,
    )
    candidates = [] if role == "citizen" else work.unit.people.holders_of(role, units)
    if holder_id is None and len(candidates) == 1:
        task = task.given_to(candidates[0].id)
    work.unit.tasks.add(task)
    if task.holder_id is not None:
        hold(work, task, is_new=True)
    work.record("task.opened", case.id, task=task.id, name=task.name, role=role, holder=task.holder_id)
    readers = [task.holder_id] if task.holder_id else [person.id for person in candidates]
    tell(work, readers, "task_opened", case.id, {"key": task.id, "task": task.name, "number": case.number})


def keep_registration(
    work: Work, case: Case, instance: Instance, definition: Definition, values: Mapping[str, Any]
) -> None:
    """Keep the start form as the case's first task, done by whoever registered it."""
    start = definition.start_element
    task = Task(
        id=str(uuid4()),
        case_id=case.id,
        instance_id=instance.id,
        element_id=start,
        name=definition.names.get(start, start),
        role="window_clerk",
        form=definition.start_form,
        holder_id=work.actor.id,
        unit_ids=frozenset(),
        opened_at=work.at,
    )
    work.unit.tasks.add(task.done_by(work.actor, work.at), values=values)


def hold(work: Work, task: Task, *, is_new: bool = False) -> None:
    """Write down from when the task's holder answers for it; a new task was held by nobody before."""
    if not is_new:
        work.unit.tasks.end_holding(task.id, work.at)
    person = work.unit.people.person(task.holder_id) if task.holder_id else None
    work.unit.tasks.begin_holding(task, person.unit_id if person else None, work.at)


def cancel_tasks(work: Work, task_ids: tuple[str, ...]) -> None:
    """Close the tasks that the diagram took back."""
    for task_id in task_ids:
        task = work.unit.tasks.get(task_id)
        work.unit.tasks.save(task.cancelled_at(work.at))
        work.unit.tasks.end_holding(task_id, work.at)
        work.record("task.cancelled", task.case_id, task=task.id, name=task.name, holder=task.holder_id)


def _meant_for(
    work: Work, case: Case, instance: Instance, candidates: Mapping[str, str]
) -> tuple[str, str | None, list[str]]:
    """Return (role, holder or None, units the offer is limited to)."""
    if candidates.get("subject") == "flag" and instance.subject_id:
        flag = work.unit.flags.get(instance.subject_id)
        units = [flag.unit_id] if flag.unit_id and not flag.holder_id else []
        return (SUBJECT if flag.holder_id else "dept_chief"), flag.holder_id, units
    role = candidates.get("role", "")
    holder = work.unit.tasks.last_holder(case.id, role) if candidates.get("sticky") == "true" else None
    if holder is None and role == "coordinator":
        holder = case.coordinator_id
    return role, holder, _units(work, instance, candidates.get("unitFrom", ""))


def _units(work: Work, instance: Instance, path: str) -> list[str]:
    form, _, name = path.partition(".")
    found = work.unit.tasks.submitted(instance.id).get(form, {}).get(name, []) if path else []
    return [str(unit) for unit in found]
