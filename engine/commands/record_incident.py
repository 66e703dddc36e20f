"""Record that a step could not be carried out, after it was undone; the case itself stays usable."""

from dataclasses import dataclass

from engine.commands.work import Failure, Work
from engine.commands.work.incidents import raise_incident
from engine.domain.errors import Refused


@dataclass(frozen=True, kw_only=True)
class RecordIncident:
    """Raise an incident, or count it once more; the bus gives this, nobody else."""

    failure: Failure


def record_incident(command: RecordIncident, work: Work) -> None:
    """Keep the incident in a transaction of its own; raises Refused."""
    if "system" not in work.actor.roles:
        raise Refused(what="incident")
    raise_incident(work, work.unit.cases.lock(command.failure.case_id), command.failure)
