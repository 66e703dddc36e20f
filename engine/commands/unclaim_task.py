"""Give a task that one has claimed back to all it was offered to (退签). Its clock goes on."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.firing import lock_task
from engine.commands.work.tasking import hold
from engine.commands.work.telling import tell
from engine.domain.errors import Invalid, Refused

CHANGES_OF_HOLDER = ("task.claimed", "task.unclaimed", "task.reassigned")


@dataclass(frozen=True, kw_only=True)
class UnclaimTask:
    """Take the actor off a task that they claimed themselves."""

    task_id: str


def unclaim_task(command: UnclaimTask, work: Work) -> str:
    """Return the case's id; raises NotFound, TaskClosed, Refused (another's), Invalid (given to one, not claimed)."""
    case, task = lock_task(work, command.task_id)
    task.require_open()
    if task.holder_id != work.actor.id:
        raise Refused(task=task.id, holder=task.holder_id)
    changes = [e for e in work.unit.events.of_kinds(case.id, CHANGES_OF_HOLDER) if e.data.get("task") == task.id]
    if not changes or changes[-1].type != "task.claimed":
        raise Invalid(reason="not_claimed", task=task.id)
    free = task.unclaimed()
    work.unit.tasks.save(free)
    hold(work, free)
    work.record("task.unclaimed", case.id, task=task.id, name=task.name, before=task.holder_id, after=None)
    others = [person.id for person in work.unit.people.holders_of(task.role, sorted(task.unit_ids))]
    facts = {"key": f"{task.id}:{work.now.isoformat()}", "task": task.name, "number": case.number}
    tell(work, [other for other in others if other != work.actor.id], "task_unclaimed", case.id, facts)
    return case.id
