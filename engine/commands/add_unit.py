"""Add a unit: the centre, a department, an office."""

from dataclasses import dataclass
from uuid import uuid4

from engine.commands.work import Work
from engine.domain.errors import Refused


@dataclass(frozen=True, kw_only=True)
class AddUnit:
    """Store a unit under its parent."""

    name: str
    kind: str  # centre | department | office | external
    parent_id: str | None = None


def add_unit(command: AddUnit, work: Work) -> str:
    """Return the unit's id; raises Refused."""
    if not work.actor.has_any("admin", "system"):
        raise Refused(what="unit")
    unit_id = str(uuid4())
    work.unit.people.add_unit(
        {"id": unit_id, "name": command.name, "kind": command.kind, "parent_id": command.parent_id}
    )
    work.record("unit.added", "", unit=unit_id, name=command.name)
    return unit_id
