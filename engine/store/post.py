"""Notices inside the house and the outbox to the world outside. Nobody is told before the commit (R8)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, select, update

from engine.store.rows import add_once
from engine.store.tables import notice, outbox


class Post:
    """Writes notices and outgoing messages; a repeated key is told once."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection
        self._notices: list[dict[str, Any]] = []  # told, not yet handed to the database
        self._messages: list[dict[str, Any]] = []

    def tell(self, account_id: str, kind: str, case_id: str | None, facts: Mapping[str, Any], at: datetime) -> None:
        """Put a notice into a person's list."""
        key = f"{facts.get('key', uuid4())}:{kind}:{account_id}"
        self._notices.append(
            {
                "id": str(uuid4()),
                "account_id": account_id,
                "case_id": case_id,
                "kind": kind,
                "facts": dict(facts),
                "at": at,
                "dedupe_key": key,
            }
        )

    def send(self, message: Mapping[str, Any], at: datetime) -> None:
        """Put a message (dedupe_key, case_id, channel, recipient, template, facts) into the outbox, once a key."""
        self._messages.append({"id": str(uuid4()), "created_at": at, "status": "waiting", **message})

    def flush(self) -> None:
        """Hand what was told and sent to the database; a key that is there already is passed over."""
        notices, self._notices = self._notices, []
        messages, self._messages = self._messages, []
        add_once(self._connection, notice, "dedupe_key", notices)
        add_once(self._connection, outbox, "dedupe_key", messages)

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
