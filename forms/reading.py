"""From a browser's form to nested values, and from stored values to what a reader sees."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from forms.definition import Field, Form

ROW = re.compile(r"(?P<table>\w+)-(?P<row>\d{1,3})-(?P<column>\w+)")


class Posted(Protocol):
    """What a web framework gives: several values a name."""

    def keys(self) -> Any:
        """Return the names."""
        ...

    def getlist(self, key: str) -> list[str]:
        """Return all values of a name."""
        ...


def raw_values(form: Form, posted: Posted) -> dict[str, Any]:
    """Return what was typed for the form's own fields; table cells are named `table-row-column`. Others are left."""
    known = {field.key: field for field in form.fields}
    raw: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, str]]] = {}
    for name in posted.keys():  # noqa: SIM118  # a multi-dictionary yields pairs otherwise
        cell = ROW.fullmatch(name)
        if cell and cell["table"] in known:
            rows.setdefault(cell["table"], {}).setdefault(int(cell["row"]), {})[cell["column"]] = posted.getlist(name)[
                0
            ]
        elif name in known:
            several = known[name].type in ("checklist", "units")
            raw[name] = posted.getlist(name) if several else posted.getlist(name)[0]
    for table, found in rows.items():
        raw[table] = [found[index] for index in sorted(found)]
    return raw


def displayed(
    form: Form, values: Mapping[str, Any], units: Mapping[str, str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return [(section, [(label, text)])] of what was given, in the reader's words; empty sections are left out."""
    sections: list[tuple[str, list[tuple[str, str]]]] = []
    for section in form.sections:
        rows = [
            (f.label, shown(f, values[f.key], units)) for f in section.fields if values.get(f.key) not in (None, "", [])
        ]
        if rows:
            sections.append((section.title, rows))
    return sections


def shown(field: Field, value: Any, units: Mapping[str, str]) -> str:
    """Return a stored value in the reader's words."""
    if field.type == "bool":
        return "是" if value else "否"
    if field.type == "units":
        return "、".join(units.get(unit, unit) for unit in value)
    if field.type == "table":
        return ";".join(
            ",".join(shown(c, row[c.key], units) for c in field.columns if row.get(c.key) not in (None, ""))
            for row in value
        )
    labels = dict(field.options)
    if isinstance(value, list):
        return "、".join(labels.get(str(item), str(item)) for item in value)
    return labels.get(str(value), str(value)) + (field.unit and f" {field.unit}")


def masked_name(name: str) -> str:
    """Return a name with all but its first character hidden."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""


def masked_phone(phone: str) -> str:
    """Return a telephone number with its middle hidden."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "****"  # noqa: PLR2004  # a local number's length
