"""Checking what was typed against the form's definition, with what only the house knows: today, the units."""

from collections.abc import Mapping
from typing import Any

from engine.commands.work.bench import Work
from engine.domain.local_time import local_date
from engine.domain.working_time import CalendarOnDemand
from forms.definition import Form
from forms.validation import load

UNITS = ("unit", "units")  # types of fields whose choices are the house's units


def checked(work: Work, form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed values; raises FormInvalid with a message a field."""
    asked = (each for field in form.fields for each in (field, *field.columns))
    choices = {"units": work.unit.people.unit_names()} if any(each.type in UNITS for each in asked) else {}
    calendar = CalendarOnDemand(work.calendar)
    return load(form, raw, today=local_date(work.at), choices=choices, calendar=calendar)
