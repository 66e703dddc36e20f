"""What one may do with a task besides its form: put it back, comment on it, urge, reply."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.commands.answer_urge import AnswerUrge
from engine.commands.comment_on_task import CommentOnTask
from engine.commands.unclaim_task import UnclaimTask
from engine.commands.urge_task import UrgeTask
from engine.readmodels import dossier
from engine.readmodels.tasks import TaskRow
from web import current
from web.access import OVERSIGHT, STAFF, allow
from web.desk.lists import may_work_on

pages = Blueprint("operations", __name__)
OFFICE = (*STAFF, "supervisor", "duty_leader")
URGERS = (*OVERSIGHT, "team_lead")


@dataclass(frozen=True)
class Offered:
    """What the page of a task offers its reader; the commands decide for themselves."""

    unclaim: bool
    urge: bool
    unanswered: int  # how often it was urged since the last reply


def offered(row: TaskRow) -> Offered:
    """Return what the reader may do with a task besides its form."""
    who = current.actor()
    case = dossier.case_by(current.session(), case_id=row.case_id)
    of_it = [e for e in dossier.events_of(current.session(), row.case_id) if e.data.get("task") == row.id]
    changes = [e.type for e in of_it if e.type in {"task.claimed", "task.unclaimed", "task.reassigned"}]
    unanswered = 0
    for event in of_it:
        unanswered = {"task.urged": unanswered + 1, "task.urge_answered": 0}.get(event.type, unanswered)
    first_contact = case is not None and case.coordinator_id == who.id
    is_open = row.closed_at is None
    return Offered(
        unclaim=is_open and row.holder_id == who.id and changes[-1:] == ["task.claimed"],
        urge=is_open and row.holder_id != who.id and (who.has_any(*URGERS) or first_contact),
        unanswered=unanswered if is_open and may_work_on(row) else 0,
    )


@pages.post("/tasks/<task_id>/unclaim")
@allow(*STAFF)
def unclaim(task_id: str) -> ResponseReturnValue:
    """Put a claimed task back."""
    current.execute(UnclaimTask(task_id=task_id))
    flash(gettext("The task is offered to everybody again; its limit goes on."), "success")
    return redirect(url_for("desk.inbox", tab="claimable"), code=303)


@pages.post("/tasks/<task_id>/comment")
@allow(*OFFICE)
def comment(task_id: str) -> ResponseReturnValue:
    """Write a comment."""
    return _case(current.execute(CommentOnTask(task_id=task_id, text=_text())), gettext("Your comment is kept."))


@pages.post("/tasks/<task_id>/urge")
@allow(*OFFICE)
def urge(task_id: str) -> ResponseReturnValue:
    """Urge whoever the task waits for."""
    return _case(current.execute(UrgeTask(task_id=task_id, text=_text())), gettext("They have been urged to reply."))


@pages.post("/tasks/<task_id>/answer")
@allow(*STAFF)
def answer(task_id: str) -> ResponseReturnValue:
    """Reply to being urged."""
    return _case(current.execute(AnswerUrge(task_id=task_id, text=_text())), gettext("Your reply is sent."))


def _text() -> str:
    return request.form.get("text", "")


def _case(case_id: str, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_for("cases.show", case_id=case_id), code=303)
