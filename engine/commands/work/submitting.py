"""Checking what was typed against the form's definition, with what only the house knows: today, the units."""

from collections.abc import Mapping
from typing import Any

from engine.commands.work.bench import Work
from engine.domain.local_time import local_date
from engine.domain.working_time import CalendarOnDemand
from forms.definition import Form
from forms.validation import load


def checked(work: Work, form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed values; raises FormInvalid with a message a field."""
    units = work.unit.people.unit_names()
    calendar = CalendarOnDemand(work.calendar)
    return load(form, raw, today=local_date(work.at), choices={"units": units}, calendar=calendar)
