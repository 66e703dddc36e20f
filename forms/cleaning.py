"""From what was sent to what was meant: trimmed, full-width digits narrowed, empty things left out."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, cast

from forms.definition import Field

LISTS = frozenset({"checklist", "units"})
NARROWED = frozenset({"int", "money", "date", "datetime", "mobile", "phone", "uscc", "idcard"})
PACKED = frozenset({"mobile", "phone", "uscc", "idcard"})  # a space inside only groups the digits
UPPER = frozenset({"uscc", "idcard"})
BLANK = "\u200b\ufeff"  # zero-width marks that pasted text brings along
TRUTHS = {"true": True, "on": True, "1": True, "false": False, "off": False, "0": False}


def cleaned(field: Field, value: Any) -> Any:
    """
    Return a value ready to be checked, None where nothing was given.

    What has not the shape of the field (a list for a text) comes back as it is, for the check to refuse.
    """
    if field.type == "table":
        return _rows(field, value)
    if field.type in LISTS:
        return _several(value)
    one = _only(value)
    if field.type == "bool":
        return _truth(field, one)
    if isinstance(one, int | float) and not isinstance(one, bool):
        one = str(one)
    return _text(field, one) if isinstance(one, str) else one


def _rows(field: Field, value: Any) -> Any:
    if not isinstance(value, list):
        return value or None
    rows = [_row(field, row) for row in cast("list[Any]", value)]
    return [row for row in rows if row != {}] or None


def _row(field: Field, row: Any) -> Any:
    """Return the cells that were filled in; names that are no columns stay, to be refused."""
    if not isinstance(row, Mapping):
        return row
    given = cast("Mapping[Any, Any]", row)
    cells = {column.key: cleaned(column, given.get(column.key)) for column in field.columns}
    typed = any(cells[column.key] not in (None, False) for column in field.columns)
    strange = {str(name): value for name, value in given.items() if name not in cells}
    return {**strange, **{key: cell for key, cell in cells.items() if typed and cell is not None}}


def _several(value: Any) -> Any:
    """Return the chosen values, each once, in their order."""
    values = cast("list[Any]", value) if isinstance(value, list) else [value]
    if not all(item is None or isinstance(item, str) for item in values):
        return values
    return list(dict.fromkeys(item.strip() for item in values if item and item.strip())) or None


def _only(value: Any) -> Any:
    """Return the one thing in a list of one, as a query string gives it; anything else as it is."""
    if not isinstance(value, list):
        return value
    values = cast("list[Any]", value)
    return values[0] if len(values) == 1 else (values or None)


def _truth(field: Field, value: Any) -> Any:
    """Return true or false; a box that was not ticked sends nothing and means no, unless an answer is required."""
    if value in (None, ""):
        return None if field.required else False
    return TRUTHS.get(value.strip().lower(), value) if isinstance(value, str) else value


def _text(field: Field, value: str) -> str | None:
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if field.type in NARROWED:
        text = unicodedata.normalize("NFKC", text)
    if field.type != "textarea":
        text = re.sub(r"\s+", "" if field.type in PACKED else " ", text)
    text = text.strip().strip(BLANK).strip()
    return (text.upper() if field.type in UPPER else text) or None
