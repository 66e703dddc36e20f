"""Notices inside the house and the outbox to the world outside. Nobody is told before the commit (R8)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from engine.store.tables import notice, outbox


class Post:
    """Writes notices and outgoing messages; a repeated key is told once."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def tell(self, account_id: str, kind: str, case_id: str | None, facts: Mapping[str, Any], at: datetime) -> None:
        """Put a notice into a person's list."""
        key = f"{facts.get('key', uuid4())}:{kind}:{account_id}"
        if self._connection.execute(select(notice.c.id).where(notice.c.dedupe_key == key)).first():
            return
        self._connection.execute(
            insert(notice).values(
                id=str(uuid4()),
                account_id=account_id,
                case_id=case_id,
                kind=kind,
                facts=dict(facts),
                at=at,
                dedupe_key=key,
            )
        )

    def send(self, message: Mapping[str, Any], at: datetime) -> None:
        """Put a message (dedupe_key, case_id, channel, recipient, template, facts) into the outbox, once a key."""
        known = select(outbox.c.id).where(outbox.c.dedupe_key == message["dedupe_key"])
        if self._connection.execute(known).first():
            return
        self._connection.execute(insert(outbox).values(id=str(uuid4()), created_at=at, status="waiting", **message))

    def mark(self, outbox_id: str, **columns: Any) -> None:
        """Store how the delivery of a message went."""
        self._connection.execute(update(outbox).where(outbox.c.id == outbox_id).values(**columns))

    def attempts(self, outbox_id: str) -> int:
        """Return how often delivery was tried."""
        return self._connection.execute(select(outbox.c.attempts).where(outbox.c.id == outbox_id)).scalar_one()

    def mark_read(self, account_id: str, at: datetime) -> None:
        """Mark all of a person's notices as read."""
        self._connection.execute(
            update(notice).where(notice.c.account_id == account_id, notice.c.read_at.is_(None)).values(read_at=at)
        )
