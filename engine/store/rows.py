"""
From rows to dataclasses and back. Rows never leave this room.

Values travel as parameters of a statement that is always the same, never inside it: building a statement anew costs
more than carrying it out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, Table, Update, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite

ROW_ID = "row_id"  # parameter that names the row to be changed; no column is called that


def values_of(row: Row[Any], kind: type[Any]) -> dict[str, Any]:
    """Return what the dataclass `kind` is made of, taken from the row's columns of the same names."""
    return {name: getattr(row, name) for name in names_of(kind)}


@cache
def names_of(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, which are its table's columns."""
    return tuple(field.name for field in fields(kind))


def columns_of(value: Any) -> dict[str, Any]:
    """Return a dataclass's values by column."""
    return {name: getattr(value, name) for name in names_of(type(value))}


def add_row(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Insert one row; raises IntegrityError where it may not be there a second time."""
    connection.execute(_insert(table), dict(values))


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert several rows with the same columns, in their order; raises IntegrityError as `add_row`."""
    connection.execute(_insert(table), [dict(row) for row in rows])


def change_row(connection: Connection, table: Table, row_id: str, values: Mapping[str, Any]) -> None:
    """Update the row with that `id`."""
    connection.execute(_change(table), {ROW_ID: row_id, **values})


def add_once(connection: Connection, table: Table, key: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, passing over those whose unique column `key` is there already."""
    wanted = [dict(row) for row in rows]
    if wanted:
        connection.execute(_insert_once(table, key, connection.dialect.name), wanted)


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _insert_once(table: Table, key: str, dialect_name: str) -> Insert:
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing(index_elements=[key])


@cache
def _change(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam(ROW_ID))
