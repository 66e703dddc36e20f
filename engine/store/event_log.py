"""The append-only, hash-chained log. Triggers in the database refuse any change of a row."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.domain.actors import Actor
from engine.domain.events import GENESIS, Event, first_break
from engine.store.rows import values_of
from engine.store.tables import event


class EventLog:
    """Appends to and verifies the chains, one a case; "" is the chain of what concerns no case."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def append(
        self, case_id: str, kind: str, actor: Actor, instants: tuple[datetime, datetime], data: Mapping[str, Any]
    ) -> None:
        """Append one event; `instants` are (when it counts, when it is written). The case must be locked."""
        last = self._connection.execute(
            select(event.c.seq, event.c.digest).where(event.c.case_id == case_id).order_by(event.c.seq.desc()).limit(1)
        ).one_or_none()
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
        new = Event(
            case_id=case_id,
            seq=last.seq + 1 if last else 1,
            type=kind,
            at=instants[0],
            recorded_at=instants[1],
            actor_id=actor.id,
            actor_name=actor.name,
            data=json.loads(text),
            previous=last.digest if last else GENESIS,
        )
        values = {name: getattr(new, name) for name in Event.__dataclass_fields__}
        self._connection.execute(insert(event).values({**values, "data": text, "digest": new.digest}))

    def first_break(self, case_id: str) -> int | None:
        """Return the number of the first event of a case that does not verify, or None."""
        rows = self._connection.execute(select(event).where(event.c.case_id == case_id).order_by(event.c.seq))
        chain: list[tuple[Event, str]] = []
        for row in rows:
            known = values_of(row, Event)
            known["data"] = json.loads(known["data"])
            chain.append((Event(**known), row.digest))
        return first_break(chain)
