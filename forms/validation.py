"""
Checking what was filled in: marshmallow schemas built from the same JSON that draws the form.

Hidden fields are neither required nor kept, unknown keys are refused, and every message is a sentence for the reader.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, cast

from marshmallow import RAISE, Schema, ValidationError

from engine.feel import WorkingTime
from forms.cleaning import cleaned
from forms.definition import Field, Form
from forms.rules import Faults, Filled, broken
from forms.schema import PlainSchema, schema_field


class FormInvalid(Exception):
    """What was filled in is not right; `fields` is {key: sentences, or for a table {row: {column: sentences}}}."""

    code = "form_invalid"

    def __init__(self, fields: Mapping[str, Any]) -> None:
        """Keep the faults by field."""
        super().__init__(self.code, fields)
        self.fields: Faults = dict(fields)


def load(
    form: Form,
    raw: Mapping[str, Any],
    today: date,
    choices: Mapping[str, Collection[str]],
    calendar: WorkingTime | None = None,
) -> dict[str, Any]:
    """
    Return the typed values of what was given, as JSON types; raises FormInvalid with every fault at once.

    `raw` holds texts, lists of texts and lists of rows, or values that were loaded before. `today` is the date in
    Shanghai; `choices` has the ids of the house's units under "units"; `calendar` is what rules may count by. Dates
    come back as ISO text, wall-clock times as "2026-11-20T09:30", money as text with two decimals, in yuan.
    """
    asked = [field for field in form.fields if field.type != "static"]
    given = _ticked(asked, {field.key: cleaned(field, raw.get(field.key)) for field in asked})
    shown = shown_fields(form, given)
    values, faults = _checked(shown, given, choices)
    faults |= {str(key)[:80]: ["本表没有这一项。"] for key in raw if key not in given}
    filled = Filled(asked, {field.key for field in shown}, values, today, calendar, faults)
    for rule in form.rules:
        faults |= broken(rule, filled)
    if faults:
        raise FormInvalid(faults)
    return values


def shown_fields(form: Form, values: Mapping[str, Any]) -> list[Field]:
    """Return the fields that are shown with these values; what hangs on a hidden field is hidden with it."""
    hidden: set[str] = set()
    shown: list[Field] = []
    for field in form.fields:
        condition = field.visible_when
        if condition and (condition.field in hidden or not condition.holds(values)):
            hidden.add(field.key)
        elif field.type != "static":
            shown.append(field)
    return shown


def routing_values(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the workflow may decide by: only the fields marked for it, None where one was not given."""
    return {field.key: values.get(field.key) for field in form.fields if field.routing}


def _checked(
    shown: Iterable[Field], given: Mapping[str, Any], choices: Mapping[str, Collection[str]]
) -> tuple[dict[str, Any], Faults]:
    """Return the values that are right by themselves, and the faults of the others."""
    built: Any = PlainSchema.from_dict({field.key: schema_field(field, choices) for field in shown})
    schema: Schema = built(unknown=RAISE)
    present = {key: given[key] for key in schema.fields if given[key] is not None}
    try:
        return cast("dict[str, Any]", schema.load(present)), {}
    except ValidationError as error:
        messages = cast("dict[str, Any]", error.messages)
        return cast("dict[str, Any]", error.valid_data), {key: _flat(fault) for key, fault in messages.items()}


def _flat(fault: Any) -> Any:
    """Return the sentences of a field; a fault in one of several chosen values is the field's own."""
    if isinstance(fault, list) or any(isinstance(part, dict) for part in fault.values()):
        return {row: _of_row(part) for row, part in fault.items()} if isinstance(fault, dict) else fault
    return list(dict.fromkeys(message for part in fault.values() for message in part))


def _of_row(part: Any) -> Any:
    """Return a row's faults by column; a row that is no row has them under the empty name."""
    return part if isinstance(part, dict) else {"": part}


def _ticked(asked: Iterable[Field], given: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the options that are chosen by themselves added to the ones somebody chose."""
    added = {f.key: [tick.option for tick in f.ticks if tick.when.holds(given)] for f in asked if f.ticks}
    chosen = {key: given[key] or [] for key, options in added.items() if options}
    return given | {
        k: [*v, *(option for option in added[k] if option not in v)] for k, v in chosen.items() if isinstance(v, list)
    }
