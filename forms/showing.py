"""Stored values as a reader sees them: in words, on paper, and with personal ones masked."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from forms.definition import Field, Form

ANONYMOUS = "匿名"  # stands in the name's place where somebody would not give one: nothing to mask
YES = ("true", "on", "1")  # as typed, in a draft
SHORTEST_NUMBER = 7  # digits of a local telephone number; below that nothing is left to show
SHORTEST_CODE = 12  # characters

Shown = list[tuple[str, list[tuple[str, str]]]]  # [(section, [(label, text)])]


def displayed(form: Form, values: Mapping[str, Any], units: Mapping[str, str]) -> Shown:
    """
    Return what was given, in the reader's words, for read-only views, print and PDF; empty sections are left out.

    `units` is {unit id: name}. A text may have several lines. Mask the values first where the reader may not see all.
    """
    sections = [
        (
            section.title,
            [
                (field.label, in_words(field, values[field.key], units))
                for field in section.fields
                if values.get(field.key) not in (None, "", [])
            ],
        )
        for section in form.sections
    ]
    return [(title, rows) for title, rows in sections if rows]


def in_words(field: Field, value: Any, units: Mapping[str, str]) -> str:
    """Return one stored value in words: options by label, units by name, dates written out."""
    if field.type == "table":
        return "\n".join(f"{place}. {_row(field, row, units)}" for place, row in enumerate(value, start=1))
    if field.type == "bool":
        return "是" if value is True or value in YES else "否"
    if isinstance(value, list):
        return "、".join(_name(field, str(item), units) for item in cast("list[Any]", value))
    text = _dated(field, str(value)) or _name(field, str(value), units)
    return f"{text}{field.unit}" if field.type in ("int", "money") else text


def masked(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the personal ones masked, for lists and logs: 林*, 139****5678, 3504**********1234."""
    fields = {field.key: field for field in form.fields}
    return {key: _masked(fields[key], value) if key in fields else value for key, value in values.items()}


def masked_name(name: str) -> str:
    """Return a name with all but its first character hidden, its length too."""
    return name if name in ("", ANONYMOUS) else f"{name[0]}*"


def masked_number(number: str) -> str:
    """Return a telephone number with its middle hidden."""
    return f"{number[:3]}****{number[-4:]}" if len(number) > SHORTEST_NUMBER else "****"


def masked_code(code: str) -> str:
    """Return an identity number or credit code with only its ends shown."""
    return f"{code[:4]}{'*' * (len(code) - 8)}{code[-4:]}" if len(code) >= SHORTEST_CODE else "*" * len(code)


def _masked(field: Field, value: Any) -> Any:
    if field.type == "table" and isinstance(value, list):
        columns = {column.key: column for column in field.columns}
        rows = cast("list[dict[str, Any]]", value)
        return [{k: _masked(columns[k], cell) if k in columns else cell for k, cell in row.items()} for row in rows]
    if not field.personal or not isinstance(value, str):
        return value
    if field.type in ("mobile", "phone"):
        return masked_number(value)
    return masked_code(value) if field.type in ("idcard", "uscc") else masked_name(value)


def _row(field: Field, row: Mapping[str, Any], units: Mapping[str, str]) -> str:
    cells = [(column, row.get(column.key)) for column in field.columns]
    return "；".join(f"{c.label}：{in_words(c, value, units)}" for c, value in cells if value not in (None, "", []))


def _name(field: Field, value: str, units: Mapping[str, str]) -> str:
    """Return the label of an option or the name of a unit; a text stands for itself, and so does what is not known."""
    known = units if field.type in ("unit", "units") else dict(field.options)
    return known.get(value, value)


def _dated(field: Field, value: str) -> str:
    """Return a date or wall-clock time written out, "" for anything else; drafts may hold what is no date yet."""
    try:
        if field.type == "date":
            day = date.fromisoformat(value)
            return f"{day.year}年{day.month}月{day.day}日"
        if field.type == "datetime":
            at = datetime.fromisoformat(value)
            return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    except ValueError:
        pass
    return ""
