"""Urge whoever a task waits for (催办). It demands a reply, and changes no clock."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.firing import lock_task
from engine.commands.work.taking_part import REVIEW_ROLES, said
from engine.commands.work.telling import tell
from engine.domain.case import OVERSEERS, Case, Task
from engine.domain.errors import Invalid, Refused
from engine.domain.urging import may_urge


@dataclass(frozen=True, kw_only=True)
class UrgeTask:
    """Ask for progress and a reply."""

    task_id: str
    text: str


def urge_task(command: UrgeTask, work: Work) -> str:
    """Return the case's id; raises NotFound, TaskClosed, Refused (no right), Invalid (no text, citizen, too often)."""
    case, task = lock_task(work, command.task_id)
    task.require_open()
    _require_right(work, case, task)
    text = said(command.text, "urge_text_missing")
    urged = work.unit.events.of_kinds(case.id, ["task.urged"])
    mine = [e.at for e in urged if e.data["task"] == task.id and e.actor_id == work.actor.id]
    if not may_urge(work.calendar(), mine[-1] if mine else None, work.at):
        raise Invalid(reason="urged_today", task=task.id)
    work.record("task.urged", case.id, task=task.id, name=task.name, holder=task.holder_id, text=text)
    offered = [person.id for person in work.unit.people.holders_of(task.role, sorted(task.unit_ids))]
    facts = {"key": f"{task.id}:{work.now.isoformat()}", "task": task.name, "number": case.number}
    tell(work, [task.holder_id] if task.holder_id else offered, "task_urged", case.id, facts | {"text": text})
    return case.id


def _require_right(work: Work, case: Case, task: Task) -> None:
    """Let those urge who oversee cases or lead the team, and the first contact; nobody their own task."""
    urger = work.actor
    known = urger.has_any(*OVERSEERS, "team_lead") or case.coordinator_id == urger.id
    if not known or task.holder_id == urger.id or task.role in REVIEW_ROLES:
        raise Refused(task=task.id)
    if task.role == "citizen":
        raise Invalid(reason="urge_citizen", task=task.id)
