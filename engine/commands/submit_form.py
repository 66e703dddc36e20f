"""Hand in the form of a task."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.work import Work
from engine.commands.work.advancing import complete, process_of
from engine.commands.work.firing import lock_task
from engine.commands.work.submitting import checked
from engine.commands.work.tasking import hold
from engine.domain.errors import Invalid
from forms.validation import routing_values


@dataclass(frozen=True, kw_only=True)
class SubmitForm:
    """Complete a task with its form as typed. `submission` is the form's key: sent twice, carried out once."""

    task_id: str
    values: Mapping[str, Any]
    submission: str | None = None


def submit_form(command: SubmitForm, work: Work) -> str:
    """Return the case's id; raises NotFound, TaskClosed, Refused, FormInvalid, and what the operations raise."""
    case, task = lock_task(work, command.task_id)
    if command.submission and work.unit.tasks.submission_of(task.id) == command.submission:
        return case.id  # a double click: the first one counted
    done = task.done_by(work.actor, work.at)
    if task.form is None:
        raise Invalid(reason="no_form", task=task.id)
    process = process_of(work, work.unit.instances.get(task.instance_id))
    form = process.form(task.form)
    values = checked(work, form, command.values)
    if task.holder_id is None:
        hold(work, done)
    work.unit.tasks.save(done, values=values, submission=command.submission)
    work.unit.tasks.end_holding(done.id, work.at)
    work.record("task.submitted", case.id, task=task.id, name=task.name, form=task.form, values=values)
    complete(work, case, task.instance_id, task.id, {task.form: routing_values(form, values)})
    work.unit.desk.discard(work.actor.id, task.id)
    return case.id
