"""Registering cases: the start form of every process that the reader may open a case of."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.commands.register_case import START_FORM, RegisterCase, draft_subject
from engine.commands.save_draft import SaveDraft
from engine.domain.errors import EngineError, Refused
from engine.readmodels.definitions import ProcessChoice, openable
from forms.reading import raw_values
from forms.validation import FormInvalid
from web import current
from web.access import OVERSIGHT, STAFF, allow
from web.desk.forms import filling, newest_form, submission_key, units
from web.errors import status_of
from web.wording import words

pages = Blueprint("registering", __name__)


@pages.get("/register")
@allow(*STAFF, *OVERSIGHT, "admin")
def first() -> ResponseReturnValue:
    """Show the start form of the process that comes first."""
    return _page(_choices()[0].key, None, {})


@pages.get("/register/<process>")
@allow(*STAFF, *OVERSIGHT, "admin")
def form(process: str) -> ResponseReturnValue:
    """Show a process's start form, with the draft if there is one."""
    _require(process)
    return _page(process, None, {})


@pages.post("/register/<process>")
@allow(*STAFF, *OVERSIGHT, "admin")
def open_case(process: str) -> ResponseReturnValue:
    """Register a case."""
    _require(process)
    typed = raw_values(newest_form(process, START_FORM), request.form)
    command = RegisterCase(process=process, values=typed, submission=request.form.get("submission"))
    try:
        case_id = current.execute(command)
    except FormInvalid as error:
        current.execute(SaveDraft(subject=draft_subject(process), raw=typed))
        return _page(process, typed, error.fields), 422
    except EngineError as error:
        current.execute(SaveDraft(subject=draft_subject(process), raw=typed))
        return _page(process, typed, {}, words(error)), status_of(error)
    flash(gettext("The case is registered. Hand the receipt to the citizen."), "success")
    return redirect(url_for("cases.show", case_id=case_id), code=303)


def _choices() -> list[ProcessChoice]:
    """Return what the reader may open; raises Refused where that is nothing."""
    found = openable(current.session(), current.actor().roles)
    if not found:
        raise Refused(what="register")
    return found


def _require(process: str) -> None:
    if process not in {choice.key for choice in _choices()}:
        raise Refused(what="register", process=process)


def _page(process: str, typed: Mapping[str, Any] | None, errors: Mapping[str, Any], failure: str = "") -> str:
    return render_template(
        "desk/register.html",
        process=process,
        processes=_choices(),
        form=newest_form(process, START_FORM),
        errors=errors,
        **filling(draft_subject(process), typed),
        failure=failure,
        choices={"units": units()},
        submission=request.form.get("submission") or submission_key(),
    )
