"""Give somebody an account."""

from dataclasses import dataclass
from uuid import uuid4

from argon2 import PasswordHasher

from engine.commands.work import Work
from engine.domain.errors import Refused
from engine.domain.passwords import require_strong


@dataclass(frozen=True, kw_only=True)
class AddAccount:
    """Store an account with its roles; the password is hashed by argon2id."""

    login: str
    name: str
    password: str
    roles: frozenset[str]
    unit_id: str | None = None
    title: str = ""
    phone: str = ""


def add_account(command: AddAccount, work: Work) -> str:
    """Return the account's id; raises Refused, Invalid (weak_password)."""
    if not work.actor.has_any("admin", "system"):
        raise Refused(what="account")
    require_strong(command.password)
    account_id = str(uuid4())
    work.unit.people.add_account(
        {
            "id": account_id,
            "login": command.login,
            "name": command.name,
            "title": command.title,
            "phone": command.phone,
            "unit_id": command.unit_id,
            "password_hash": PasswordHasher().hash(command.password),
            "active": True,
            "created_at": work.now,
        },
        command.roles,
    )
    work.record("account.added", "", account=account_id, login=command.login, roles=sorted(command.roles))
    return account_id
