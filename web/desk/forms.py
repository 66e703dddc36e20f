"""Finds, fills and redraws the forms of tasks."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import uuid4

from engine.readmodels.accounts import unit_choices
from engine.readmodels.definitions import newest_bundle
from engine.readmodels.desk import draft_of
from engine.readmodels.dossier import InstanceFacts
from forms.definition import Form, parse_form
from web import current


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


def shown_values(subject: str, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the form shows: what was just typed, else the draft kept, else nothing."""
    if typed is not None:
        return dict(typed)
    kept = draft_of(current.session(), current.actor().id, subject)
    return dict(kept.raw) if kept else {}


def units() -> dict[str, str]:
    """Return the units a form offers, {id: name}."""
    return unit_choices(current.session())


def submission_key() -> str:
    """Return a new key, by which a form that is sent twice is carried out once."""
    return uuid4().hex
