"""Put somebody on the duty roster (首席代表轮值)."""

from dataclasses import dataclass
from datetime import date

from engine.commands.work import Work
from engine.domain.errors import Invalid, Refused


@dataclass(frozen=True, kw_only=True)
class SetDuty:
    """Make it somebody's turn on a day: cases registered that day are theirs to coordinate to the end."""

    day: date
    role: str
    account_id: str


def set_duty(command: SetDuty, work: Work) -> None:
    """Store the turn; raises Refused, Invalid (role_missing)."""
    if not work.actor.has_any("admin", "supervisor", "system"):
        raise Refused(what="duty")
    if command.role not in work.unit.people.roles_of(command.account_id):
        raise Invalid(reason="role_missing", role=command.role)
    work.unit.people.set_duty(command.day, command.role, command.account_id)
    work.record("duty.set", "", day=str(command.day), role=command.role, account=command.account_id)
