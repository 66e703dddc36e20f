"""Running processes at rest: their state is text that only the runtime can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from engine.domain.errors import NotFound
from engine.store.rows import add_row, change_row, columns_of, values_of
from engine.store.tables import process_instance


@dataclass(frozen=True)
class Instance:
    """One running process of a case; `state`, `state_version` and `state_mac` belong together."""

    id: str
    case_id: str
    definition_digest: str
    kind: str  # main | flag_review
    subject_id: str | None
    started_at: datetime
    state: str
    state_version: str
    state_mac: str
    passed: tuple[str, ...]
    finished_at: datetime | None = None


BATCH = 500
_UNFINISHED = select(process_instance).where(process_instance.c.finished_at.is_(None)).order_by(process_instance.c.id)
_BY_ID = select(process_instance).where(process_instance.c.id == bindparam("wanted"))


class Instances:
    """Reads and writes running processes."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection
        self._known: dict[str, Instance] = {}  # as this transaction, which has the case locked, last read or left them

    def get(self, instance_id: str) -> Instance:
        """Return the instance; its case must be locked. Raises NotFound."""
        if instance_id not in self._known:
            row = self._connection.execute(_BY_ID, {"wanted": instance_id}).one_or_none()
            if row is None:
                raise NotFound(what="instance")
            self._known[instance_id] = _instance(row)
        return self._known[instance_id]

    def unfinished(self) -> Iterator[Instance]:
        """Yield every instance that has not ended, without locking its case: for looking only."""
        for row in self._connection.execute(_UNFINISHED, execution_options={"yield_per": BATCH}):
            yield _instance(row)

    def add(self, instance: Instance) -> None:
        """Store a new instance."""
        add_row(self._connection, process_instance, {**columns_of(instance), "passed": list(instance.passed)})

    def save(self, instance: Instance) -> None:
        """Store the state an instance moved to."""
        values = {
            "definition_digest": instance.definition_digest,
            "state": instance.state,
            "state_version": instance.state_version,
            "state_mac": instance.state_mac,
            "passed": list(instance.passed),
            "finished_at": instance.finished_at,
        }
        change_row(self._connection, process_instance, instance.id, values)
        self._known[instance.id] = instance


def _instance(row: Row[Any]) -> Instance:
    known = values_of(row, Instance)
    known["passed"] = tuple(known["passed"])
    return Instance(**known)
