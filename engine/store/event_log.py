"""The append-only, hash-chained log. Triggers in the database refuse any change of a row."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from engine.domain.actors import Actor
from engine.domain.events import GENESIS, Event, first_break
from engine.store.rows import add_rows, columns_of, values_of
from engine.store.tables import event

_HEAD = (
    select(event.c.seq, event.c.digest)
    .where(event.c.case_id == bindparam("wanted"))
    .order_by(event.c.seq.desc())
    .limit(1)
)


class EventLog:
    """Appends to and verifies the chains, one a case; "" is the chain of what concerns no case."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection
        self._heads: dict[str, tuple[int, str]] = {}  # {case id: (number, digest) of its last event}
        self._written: list[dict[str, Any]] = []  # appended, not yet handed to the database

    def append(
        self, case_id: str, kind: str, actor: Actor, instants: tuple[datetime, datetime], data: Mapping[str, Any]
    ) -> None:
        """Append one event; `instants` are (when it counts, when it is written). The case must be locked."""
        seq, previous = self._heads.get(case_id) or self._head(case_id)
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
        new = Event(
            case_id=case_id,
            seq=seq + 1,
            type=kind,
            at=instants[0],
            recorded_at=instants[1],
            actor_id=actor.id,
            actor_name=actor.name,
            data=json.loads(text),
            previous=previous,
        )
        digest = new.digest
        self._heads[case_id] = (new.seq, digest)
        self._written.append({**columns_of(new), "data": text, "digest": digest})

    def flush(self) -> None:
        """Hand what was appended to the database; raises IntegrityError where another wrote the same number first."""
        written, self._written = self._written, []
        if written:
            add_rows(self._connection, event, written)

    def _head(self, case_id: str) -> tuple[int, str]:
        last = self._connection.execute(_HEAD, {"wanted": case_id}).one_or_none()
        return (last.seq, last.digest) if last else (0, GENESIS)

    def of_kinds(self, case_id: str, kinds: Collection[str]) -> list[Event]:
        """Return the case's events of some kinds, oldest first."""
        self.flush()
        wanted = select(event).where(event.c.case_id == case_id, event.c.type.in_(kinds)).order_by(event.c.seq)
        return [_event(row) for row in self._connection.execute(wanted)]

    def first_break(self, case_id: str) -> int | None:
        """Return the number of the first event of a case that does not verify, or None."""
        self.flush()
        rows = self._connection.execute(select(event).where(event.c.case_id == case_id).order_by(event.c.seq))
        chain = [(_event(row), row.digest) for row in rows]
        return first_break(chain)


def _event(row: Row[Any]) -> Event:
    known = values_of(row, Event)
    known["data"] = json.loads(known["data"])
    return Event(**known)
