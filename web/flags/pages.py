"""Pages of the flag desk."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.commands.save_draft import SaveDraft
from engine.commands.submit_form import SubmitForm
from engine.domain.errors import EngineError, NotFound
from engine.readmodels import flags
from engine.readmodels.tasks import by_id
from forms.reading import raw_values
from forms.showing import displayed
from forms.validation import FormInvalid
from web import current
from web.access import OVERSIGHT, STAFF, allow
from web.desk.forms import filling, form_for, newest_form, submission_key, units, unsent_page
from web.desk.lists import may_work_on
from web.errors import status_of
from web.wording import words

pages = Blueprint("flags", __name__)
REVIEW = "flag_review"


@pages.get("/flags")
@allow(*STAFF, *OVERSIGHT)
def index() -> ResponseReturnValue:
    """Show all flags to those who oversee, to others their own."""
    who = current.actor()
    sees_all = who.has_any(*OVERSIGHT)
    rows = flags.all_flags(current.session()) if sees_all else flags.flags_of(current.session(), who.id)
    return render_template("flags/index.html", rows=rows, sees_all=sees_all)


@pages.get("/flags/<flag_id>")
@allow(*STAFF, *OVERSIGHT)
def show(flag_id: str) -> ResponseReturnValue:
    """Show a flag with its evidence, the answer and the decision."""
    return _page(_flag(flag_id), None, {})


@pages.post("/flags/<flag_id>")
@allow(*STAFF, *OVERSIGHT)
def review(flag_id: str) -> ResponseReturnValue:
    """Hand in the answer or the decision, whichever the review waits for."""
    row = _flag(flag_id)
    waiting = flags.review_task(current.session(), flag_id)
    if waiting is None:
        raise NotFound(what="task")
    form = form_for(waiting.id)
    typed = raw_values(form, request.form)
    try:
        current.execute(SubmitForm(task_id=waiting.id, values=typed, submission=request.form.get("submission")))
    except FormInvalid as error:
        current.execute(SaveDraft(subject=waiting.id, raw=typed))
        return _page(row, typed, error.fields), 422
    except EngineError as error:
        return unsent_page(form, typed, words(error)), status_of(error)
    flash(gettext("%(task)s is done.", task=waiting.name), "success")
    return redirect(url_for("flags.show", flag_id=flag_id), code=303)


def _page(row: flags.FlagRow, typed: Mapping[str, Any] | None, errors: Mapping[str, Any]) -> str:
    session = current.session()
    waiting = flags.review_task(session, row.id)
    task = by_id(session, waiting.id) if waiting else None
    mine = task is not None and may_work_on(task)
    return render_template(
        "flags/show.html",
        flag=row,
        waiting=waiting,
        mine=mine,
        form=form_for(waiting.id) if waiting and mine else None,
        errors=errors,
        choices={"units": units()},
        **(filling(waiting.id, typed) if waiting else {}),
        submission=request.form.get("submission") or submission_key(),
        answer=displayed(newest_form(REVIEW, "statement"), row.answer or {}, {}),
        decision=displayed(newest_form(REVIEW, "decision"), row.decision or {}, {}),
    )


def _flag(flag_id: str) -> flags.FlagRow:
    """Return a flag the reader may see: everybody who oversees, and whoever it stands on. Raises NotFound."""
    row = flags.flag_by_id(current.session(), flag_id)
    who = current.actor()
    unit_speaks = row is not None and row.holder_id is None and row.unit_id == who.unit_id
    if row is None or not (who.has_any(*OVERSIGHT) or row.holder_id == who.id or unit_speaks):
        raise NotFound(what="flag")
    return row
