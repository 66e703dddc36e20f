"""Write a comment beside a task (批注): for whoever works on the case, never for the citizen."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.firing import lock_task
from engine.commands.work.taking_part import require_part, said


@dataclass(frozen=True, kw_only=True)
class CommentOnTask:
    """Put a text on the case's timeline, open task or not. Nothing else changes."""

    task_id: str
    text: str


def comment_on_task(command: CommentOnTask, work: Work) -> str:
    """Return the case's id; raises NotFound (also: no part in the case), Invalid (too little or too much text)."""
    case, task = lock_task(work, command.task_id)
    require_part(work, case, task)
    text = said(command.text, "comment_missing")
    work.record("task.commented", case.id, task=task.id, name=task.name, text=text)
    return case.id
