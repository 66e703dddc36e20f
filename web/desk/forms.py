"""Finds, fills and redraws the forms of tasks."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import uuid4

from flask import render_template, url_for

from engine.commands.register_case import START_FORM, draft_subject
from engine.commands.save_draft import SaveDraft
from engine.domain.errors import NotFound
from engine.readmodels import dossier
from engine.readmodels.accounts import unit_choices
from engine.readmodels.definitions import newest_bundle
from engine.readmodels.desk import draft_of
from engine.readmodels.dossier import InstanceFacts
from engine.readmodels.tasks import TaskRow, by_id
from forms.definition import Form, parse_form
from forms.reading import Posted, raw_values
from forms.showing import displayed
from web import current

TEAM = ("team_deputy", "team_lead")
LEADERS = ("supervisor", "duty_leader", *TEAM)
REGISTRATION = draft_subject("")  # how the subject of a start form's draft begins


@lru_cache(maxsize=256)
def _parsed(text: str, key: str) -> Form:
    return parse_form(json.loads(text), key)


def form_of(instance: InstanceFacts, key: str) -> Form:
    """Return a form of the version that the instance runs under."""
    return _parsed(json.dumps(instance.forms[key], ensure_ascii=False), key)


def newest_form(process: str, key: str) -> Form:
    """Return a form of a process's newest version."""
    bundle = newest_bundle(current.session(), process)
    return _parsed(json.dumps(bundle.forms[key], ensure_ascii=False), key)


def filling(subject: str, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what a page shows: `values` (just typed, else the draft, else none), `subject`, and `draft_at` or None."""
    if typed is not None:
        return {"values": dict(typed), "subject": subject, "draft_at": None}
    kept = draft_of(current.session(), current.actor().id, subject)
    if kept is None or not kept.raw:
        return {"values": {}, "subject": subject, "draft_at": None}
    return {"values": dict(kept.raw), "subject": subject, "draft_at": kept.saved_at}


def task_of_reader(task_id: str) -> TaskRow:
    """Return a task the reader has to do with; raises NotFound."""
    row = by_id(current.session(), task_id)
    who = current.actor()
    if row is None or not (row.holder_id in (who.id, None) or who.has_any(*LEADERS)):
        raise NotFound(what="task")
    return row


def form_for(subject: str) -> Form:
    """Return the form a draft is of: a process's start form, or a task's whoever holds it; raises NotFound."""
    if subject.startswith(REGISTRATION):
        return newest_form(subject.removeprefix(REGISTRATION), START_FORM)
    key = dossier.form_key(current.session(), subject)
    if not key:
        raise NotFound(what="task")
    return form_of(dossier.instance_of_task(current.session(), subject), key)


def keep(subject: str, posted: Posted) -> None:
    """Keep what was typed as the reader's draft, in place of the one before; raises NotFound for another's task."""
    if not subject.startswith(REGISTRATION):
        task_of_reader(subject)
    current.execute(SaveDraft(subject=subject, raw=raw_values(form_for(subject), posted)))


def place_of(subject: str) -> str:
    """Return the address of the page that shows a form with its draft."""
    if subject.startswith(REGISTRATION):
        return url_for("registering.form", process=subject.removeprefix(REGISTRATION))
    return url_for("desk.show_task", task_id=subject)


def unsent_page(form: Form, typed: Mapping[str, Any], failure: str) -> str:
    """Return the page that says why a form was not taken, with what was typed in it, to be used elsewhere."""
    return render_template("desk/unsent.html", failure=failure, typed=displayed(form, typed, units()))


def units() -> dict[str, str]:
    """Return the units a form offers, {id: name}."""
    return unit_choices(current.session())


def submission_key() -> str:
    """Return a new key, by which a form that is sent twice is carried out once."""
    return uuid4().hex
