"""Give a task to somebody else (转办). Its clock goes on, and flags stay where they stand."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.firing import lock_task
from engine.commands.work.tasking import hold
from engine.commands.work.telling import tell
from engine.domain.errors import Invalid, NotFound, Refused

SUPERVISORS = ("supervisor", "duty_leader", "team_lead")
SHORTEST_REASON = 4  # characters


@dataclass(frozen=True, kw_only=True)
class ReassignTask:
    """Move an open task to another holder of its role, with a reason."""

    task_id: str
    holder_id: str
    reason: str


def reassign_task(command: ReassignTask, work: Work) -> str:
    """Return the case's id; raises NotFound, TaskClosed, Refused, Invalid (no reason, or no holder of the role)."""
    case, task = lock_task(work, command.task_id)
    if not (work.actor.has_any(*SUPERVISORS) or task.holder_id == work.actor.id):
        raise Refused(task=task.id)
    if len(command.reason.strip()) < SHORTEST_REASON:
        raise Invalid(reason="reassign_reason_missing")
    person = work.unit.people.person(command.holder_id)
    if person is None:
        raise NotFound(what="account")
    if task.role not in work.unit.people.roles_of(person.id):
        raise Invalid(reason="role_missing", name=person.name, role=task.role)
    given = task.given_to(person.id)
    work.unit.tasks.save(given)
    hold(work, given)
    work.record(
        "task.reassigned",
        case.id,
        task=task.id,
        name=task.name,
        before=task.holder_id,
        after=person.id,
        after_name=person.name,
        reason=command.reason.strip(),
    )
    facts = {"key": f"{task.id}:{work.now.isoformat()}", "task": task.name, "number": case.number}
    tell(work, [person.id], "task_reassigned", case.id, facts)
    return case.id
