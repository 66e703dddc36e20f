"""From a row to the values of a dataclass. Rows never leave this room."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Row


def values_of(row: Row[Any], kind: type[Any]) -> dict[str, Any]:
    """Return what the dataclass `kind` is made of, taken from the row's columns of the same names."""
    return {field.name: getattr(row, field.name) for field in fields(kind)}
