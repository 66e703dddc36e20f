"""Say once what this installation is: the demonstration, or in production. It cannot be changed afterwards."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.domain.errors import Conflict, Refused

KINDS = ("demonstration", "production")


@dataclass(frozen=True, kw_only=True)
class OpenHouse:
    """Store the installation's kind, city and centre."""

    kind: str
    city: str
    centre: str


def open_house(command: OpenHouse, work: Work) -> None:
    """Store it; raises Refused, Conflict (opened before)."""
    if "system" not in work.actor.roles or command.kind not in KINDS:
        raise Refused(what="installation")
    if work.unit.house.installation() is not None:
        raise Conflict(what="installation")
    work.unit.house.open({"kind": command.kind, "city": command.city, "centre": command.centre, "created_at": work.now})
    work.record("house.opened", "", kind=command.kind, city=command.city)
