"""Reply to being urged (答复催办)."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.firing import lock_task
from engine.commands.work.taking_part import said
from engine.commands.work.telling import tell
from engine.domain.errors import Invalid, Refused


@dataclass(frozen=True, kw_only=True)
class AnswerUrge:
    """Say how the task stands; it answers everybody who has urged since the last reply."""

    task_id: str
    text: str


def answer_urge(command: AnswerUrge, work: Work) -> str:
    """Return the case's id; raises NotFound, TaskClosed, Refused, Invalid (no text, or nobody waits for a reply)."""
    case, task = lock_task(work, command.task_id)
    task.require_open()
    if not task.open_to(work.actor):
        raise Refused(task=task.id, holder=task.holder_id)
    text = said(command.text, "urge_answer_missing")
    events = work.unit.events.of_kinds(case.id, ("task.urged", "task.urge_answered"))
    waiting: list[str] = []
    for event in (e for e in events if e.data["task"] == task.id):
        waiting = [*waiting, event.actor_id] if event.type == "task.urged" else []
    if not waiting:
        raise Invalid(reason="no_urge_open", task=task.id)
    urgers = list(dict.fromkeys(waiting))
    work.record("task.urge_answered", case.id, task=task.id, name=task.name, text=text, urgers=urgers)
    facts = {"key": f"{task.id}:{work.now.isoformat()}", "task": task.name, "number": case.number, "text": text}
    tell(work, urgers, "urge_answered", case.id, facts)
    return case.id
