"""Units, accounts, the duty roster and settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from engine.store.tables import account, account_role, duty, setting, unit


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    id: str
    name: str
    title: str
    phone: str
    unit_id: str | None


_BY_ID = select(account.c.id, account.c.name, account.c.title, account.c.phone, account.c.unit_id).where(
    account.c.id == bindparam("wanted")
)
_HOLDERS = (
    select(account.c.id, account.c.name, account.c.title, account.c.phone, account.c.unit_id)
    .join(account_role, account_role.c.account_id == account.c.id)
    .where(account_role.c.role == bindparam("role"), account.c.active)
    .order_by(account.c.login)
)
_SETTING = select(setting.c.value).where(setting.c.key == bindparam("wanted"))


class People:
    """Reads and writes who works here."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection
        self._known: dict[str, Person | None] = {}  # looked up before in this transaction

    def person(self, account_id: str) -> Person | None:
        """Return an account's person, or None."""
        if account_id not in self._known:
            row = self._connection.execute(_BY_ID, {"wanted": account_id}).one_or_none()
            self._known[account_id] = Person(row.id, row.name, row.title, row.phone, row.unit_id) if row else None
        return self._known[account_id]

    def holders_of(self, role: str, unit_ids: Iterable[str] = ()) -> list[Person]:
        """Return the active people with a role, in the units where some are given, in order of login."""
        units = list(unit_ids)
        wanted = _HOLDERS.where(account.c.unit_id.in_(units)) if units else _HOLDERS
        rows = self._connection.execute(wanted, {"role": role})
        return [Person(r.id, r.name, r.title, r.phone, r.unit_id) for r in rows]

    def roles_of(self, account_id: str) -> frozenset[str]:
        """Return an account's roles."""
        rows = self._connection.execute(select(account_role.c.role).where(account_role.c.account_id == account_id))
        return frozenset(rows.scalars())

    def on_duty(self, day: date, role: str) -> str | None:
        """Return whose turn it is that day, or None."""
        return self._connection.execute(
            select(duty.c.account_id).where(duty.c.day == day, duty.c.role == role)
        ).scalar_one_or_none()

    def set_duty(self, day: date, role: str, account_id: str) -> None:
        """Put somebody on the duty roster, in place of whoever stood there."""
        self._connection.execute(delete(duty).where(duty.c.day == day, duty.c.role == role))
        self._connection.execute(insert(duty).values(day=day, role=role, account_id=account_id))

    def unit_names(self) -> dict[str, str]:
        """Return {unit id: name}."""
        return {row.id: row.name for row in self._connection.execute(select(unit.c.id, unit.c.name))}

    def add_unit(self, values: Mapping[str, Any]) -> None:
        """Store a unit."""
        self._connection.execute(insert(unit).values(**values))

    def add_account(self, values: Mapping[str, Any], roles: Iterable[str]) -> None:
        """Store an account with its roles."""
        self._known.pop(values["id"], None)
        self._connection.execute(insert(account).values(**values))
        for role in sorted(roles):
            self._connection.execute(insert(account_role).values(account_id=values["id"], role=role))

    def setting(self, key: str) -> str | None:
        """Return a setting's JSON text, or None where the process's own default holds."""
        return self._connection.execute(_SETTING, {"wanted": key}).scalar_one_or_none()
