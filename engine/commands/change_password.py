"""Change one's own password."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from engine.commands.work import Work
from engine.domain.errors import Invalid, NotFound
from engine.domain.passwords import require_strong


@dataclass(frozen=True, kw_only=True)
class ChangePassword:
    """Replace the actor's password, knowing the old one."""

    login: str
    old: str
    new: str


def change_password(command: ChangePassword, work: Work) -> None:
    """Store the new hash and end every session of the account; raises Invalid (wrong_password, weak_password)."""
    found = work.unit.sessions.credentials(command.login)
    if found is None or found[0] != work.actor.id:
        raise NotFound(what="account")
    try:
        PasswordHasher().verify(found[1], command.old)
    except VerificationError as error:
        raise Invalid(reason="wrong_password") from error
    require_strong(command.new)
    work.unit.sessions.set_password(work.actor.id, PasswordHasher().hash(command.new))
    work.unit.sessions.end_all(work.actor.id, work.machine_now)
    work.record("account.password_changed", "", account=work.actor.id)
