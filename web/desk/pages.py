"""Pages of the desk."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from engine.commands.claim_task import ClaimTask
from engine.commands.reassign_task import ReassignTask
from engine.commands.save_draft import SaveDraft
from engine.commands.submit_form import SubmitForm
from engine.domain.errors import EngineError
from engine.readmodels import dossier
from engine.readmodels.accounts import people_with
from engine.readmodels.flags import flag_under_review
from engine.readmodels.tasks import TaskRow, by_id, of_roles
from forms.definition import Form
from forms.reading import raw_values
from forms.validation import FormInvalid
from web import current
from web.access import STAFF, allow, allow_signed_in
from web.cases.view import side_of
from web.desk.forms import (
    TEAM,
    filling,
    form_for,
    form_of,
    keep,
    place_of,
    submission_key,
    task_of_reader,
    units,
    unsent_page,
)
from web.desk.lists import TABS, grouped, listed, may_work_on
from web.desk.operations import offered
from web.errors import status_of
from web.wording import words

pages = Blueprint("desk", __name__)
REVIEW_ROLES = ("flag_subject", "efficiency_office")  # their tasks have a page of their own


@pages.get("/inbox")
@allow(*STAFF)
def inbox() -> ResponseReturnValue:
    """Show one's tasks; the first is opened beside the list."""
    tab = request.args.get("tab", "open") if request.args.get("tab") in TABS else "open"
    rows = listed(tab)
    work = (row for row in rows if row.role not in REVIEW_ROLES)
    chosen = next(work, None) if tab != "done" else None
    return _desk(tab, rows, chosen)


@pages.get("/tasks/<task_id>")
@allow(*STAFF)
def show_task(task_id: str) -> ResponseReturnValue:
    """Show one task with its form, beside the list."""
    row = task_of_reader(task_id)
    flag_id = flag_under_review(current.session(), task_id)
    if flag_id is not None:  # a flag is answered and decided beside its evidence
        return redirect(url_for("flags.show", flag_id=flag_id), code=303)
    tab = "claimable" if row.holder_id is None else "open"
    return _desk(tab, listed(tab), row)


@pages.post("/tasks/<task_id>")
@allow(*STAFF)
def submit_task(task_id: str) -> ResponseReturnValue:
    """Hand in a task's form. What was typed is kept, whatever comes of it."""
    form = form_for(task_id)
    typed = raw_values(form, request.form)
    try:
        case_id = current.execute(SubmitForm(task_id=task_id, values=typed, submission=request.form.get("submission")))
    except FormInvalid as error:
        current.execute(SaveDraft(subject=task_id, raw=typed))
        return _desk("open", listed("open"), task_of_reader(task_id), typed, error.fields), 422
    except EngineError as error:
        return _not_taken(task_id, form, typed, error), status_of(error)
    flash(gettext("%(task)s is done.", task=form.title), "success")
    return redirect(url_for("cases.show", case_id=case_id), code=303)


@pages.post("/tasks/<task_id>/claim")
@allow(*STAFF)
def claim(task_id: str) -> ResponseReturnValue:
    """Take over a task."""
    current.execute(ClaimTask(task_id=task_id))
    return redirect(url_for("desk.show_task", task_id=task_id), code=303)


@pages.post("/tasks/<task_id>/reassign")
@allow(*STAFF, "supervisor", "duty_leader")
def reassign(task_id: str) -> ResponseReturnValue:
    """Give a task to somebody else."""
    command = ReassignTask(
        task_id=task_id, holder_id=request.form.get("holder", ""), reason=request.form.get("reason", "")
    )
    case_id = current.execute(command)
    flash(gettext("The task was given to somebody else; its limit goes on."), "success")
    return redirect(url_for("cases.show", case_id=case_id), code=303)


@pages.post("/drafts/<subject>")
@allow_signed_in
def keep_draft(subject: str) -> ResponseReturnValue:
    """Keep what was typed so far; a script sends it while one types."""
    keep(subject, request.form)
    if request.headers.get("X-Requested-With"):
        return "", 204
    flash(gettext("Your draft is kept."), "success")
    return redirect(place_of(subject), code=303)


@pages.post("/drafts/<subject>/clear")
@allow_signed_in
def clear_draft(subject: str) -> ResponseReturnValue:
    """Empty a form, to begin anew."""
    keep(subject, MultiDict[str, str]())
    return redirect(place_of(subject), code=303)


@pages.get("/team")
@allow(*TEAM)
def team() -> ResponseReturnValue:
    """Show what lies with the special team, whoever holds it."""
    return render_template("desk/team.html", groups=grouped(of_roles(current.session(), TEAM)))


def _not_taken(task_id: str, form: Form, typed: Mapping[str, Any], error: EngineError) -> str:
    """Return the form again with why it was not taken, or what was typed alone where the task is gone."""
    row = by_id(current.session(), task_id)
    if row is None or not may_work_on(row):
        return unsent_page(form, typed, words(error))
    current.execute(SaveDraft(subject=task_id, raw=typed))
    return _desk("open", listed("open"), row, typed, {}, words(error))


def _desk(  # noqa: PLR0913, PLR0917  # one frame for four ways to come to it
    tab: str,
    rows: list[TaskRow],
    chosen: TaskRow | None,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, Any] | None = None,
    failure: str = "",
) -> str:
    context: dict[str, Any] = {"tab": tab, "groups": grouped(rows), "rows": rows, "chosen": chosen, "failure": failure}
    if chosen is not None:
        key = dossier.form_key(current.session(), chosen.id)
        context |= side_of(chosen.case_id) | filling(chosen.id, typed)
        context |= {
            "form": form_of(_instance(chosen), key) if key else None,
            "errors": errors or {},
            "choices": {"units": units()},
            "mine": may_work_on(chosen),
            "operations": offered(chosen),
            "colleagues": people_with(current.session(), chosen.role),
            "submission": request.form.get("submission") or submission_key(),
        }
    return render_template("desk/inbox.html", **context)


def _instance(row: TaskRow) -> dossier.InstanceFacts:
    return dossier.instance_of_task(current.session(), row.id)
