"""Who may open a case of a process, and who answers for it then: the "opens" of its process.json."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Opening:
    """
    How cases of a process begin.

    `roles` may fill the start form; whoever is on duty for `responsible` that day answers for the case from then on
    (首问负责), else whoever registered it. `order` sorts the choice of processes, the first is offered first.
    """

    roles: frozenset[str]
    responsible: str
    order: int


def opening_of(manifest: Mapping[str, Any]) -> Opening | None:
    """Return how cases of the process begin; None where nobody opens one by hand."""
    opens = manifest.get("opens")
    if opens is None:
        return None
    return Opening(frozenset(opens["roles"]), str(opens.get("responsible", "")), int(opens.get("order", 100)))
