"""Who may open a case of a process, and who answers for it then: "opens" and "starts" of its process.json."""

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


@dataclass(frozen=True)
class Beginning:
    """How cases begin that a message, a signal or a time opens: who answers for them, and what they are called."""

    responsible: str  # a role: whoever is on duty for it that day, else the first who holds it
    title: str


def beginning_of(manifest: Mapping[str, Any]) -> Beginning:
    """Return how such cases of a process begin: the "starts" of process.json, else as those opened by hand."""
    starts, opens = manifest.get("starts", {}), manifest.get("opens", {})
    responsible = starts.get("responsible") or opens.get("responsible") or ""
    return Beginning(str(responsible), str(starts.get("title") or ""))


def opening_of(manifest: Mapping[str, Any]) -> Opening | None:
    """Return how cases of the process begin; None where nobody opens one by hand."""
    opens = manifest.get("opens")
    if opens is None:
        return None
    return Opening(frozenset(opens["roles"]), str(opens.get("responsible", "")), int(opens.get("order", 100)))
