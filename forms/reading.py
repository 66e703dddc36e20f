"""From a browser's names and texts to what was typed for the fields of one form."""

import re
from typing import Any, Protocol

from forms.cleaning import LISTS
from forms.definition import Field, Form

CELL = re.compile(r"(?P<table>\w+)-(?P<row>[0-9]{1,3})-(?P<column>\w+)")


class Posted(Protocol):
    """What a web framework reads from a request: several texts a name."""

    def keys(self) -> Any:
        """Return the names."""
        ...

    def getlist(self, key: str) -> list[str]:
        """Return all texts of a name."""
        ...


def raw_values(form: Form, posted: Posted) -> dict[str, Any]:
    """
    Return what was sent for the form's own fields, as typed: text, lists of texts, and rows for tables.

    A table's cells are named `table-row-column`; empty rows are left out. Names that are none of the form's (the CSRF
    token, a button) are not looked at, so nothing can be smuggled in.
    """
    fields = {field.key: field for field in form.fields if field.type not in ("static", "table")}
    tables = {field.key: field for field in form.fields if field.type == "table"}
    raw: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for name in sorted(posted.keys()):
        texts = posted.getlist(name)
        cell = CELL.fullmatch(name)
        if cell and cell["table"] in tables:
            table, column = tables[cell["table"]], cell["column"]
            typed = {c.key: _typed(c, texts) for c in table.columns if c.key == column}
            rows.setdefault(table.key, {}).setdefault(int(cell["row"]), {}).update(typed)
        elif name in fields:
            raw[name] = _typed(fields[name], texts)
    for table, found in rows.items():
        raw[table] = [found[index] for index in sorted(found) if any(found[index].values())]
    return raw


def _typed(field: Field, texts: list[str]) -> Any:
    return list(texts) if field.type in LISTS else (texts[0] if texts else "")
