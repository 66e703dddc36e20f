"""Take a task that was offered to several people."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.firing import lock_task
from engine.commands.work.tasking import hold


@dataclass(frozen=True, kw_only=True)
class ClaimTask:
    """Make the actor the holder of an unclaimed task."""

    task_id: str


def claim_task(command: ClaimTask, work: Work) -> str:
    """Return the case's id; raises NotFound, TaskClosed, Refused (no candidate, or held by another)."""
    case, task = lock_task(work, command.task_id)
    if task.holder_id == work.actor.id and task.status == "open":
        return case.id  # claimed by a double click
    claimed = task.claimed_by(work.actor)
    work.unit.tasks.save(claimed)
    hold(work, claimed)
    work.record("task.claimed", case.id, task=task.id, name=task.name)
    return case.id
