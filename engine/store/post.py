"""Notices inside the house and the outbox to the world outside. Nobody is told before the commit (R8)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, select, update

from engine.domain.errors import NotFound
from engine.store.leases import NOT_LEASED, Lease
from engine.store.rows import add_once, values_of
from engine.store.tables import notice, outbox
from engine.store.tables.records import message_is_due, message_is_free


@dataclass(frozen=True)
class Message:
    """A message to be delivered; `dedupe_key` stays the same however often it is tried."""

    id: str
    dedupe_key: str
    channel: str
    recipient: str
    template: str
    facts: dict[str, Any]
    case_id: str | None = None
    instance_id: str | None = None
    token_id: str | None = None  # of an operation that a process waits for
    status: str = "waiting"
    attempts: int = 0


_FREE = (
    select(outbox.c.id)
    .where(message_is_due, message_is_free)
    .order_by(outbox.c.created_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(outbox)
    .where(outbox.c.id.in_(_FREE))
    .values(leased_by=bindparam("node"), leased_until=bindparam("until"))
    .returning(outbox)
)


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
        whose = {"instance_id": None, "token_id": None}
        self._messages.append({"id": str(uuid4()), "created_at": at, "status": "waiting", **whose, **message})

    def flush(self) -> None:
        """Hand what was told and sent to the database; a key that is there already is passed over."""
        notices, self._notices = self._notices, []
        messages, self._messages = self._messages, []
        add_once(self._connection, notice, "dedupe_key", notices)
        add_once(self._connection, outbox, "dedupe_key", messages)

    def lease(self, lease: Lease, now: datetime, machine_now: datetime) -> list[Message]:
        """Lease the oldest messages that are due and free, and return them; those that others have are passed over."""
        rows = self._connection.execute(_LEASE, lease.facts(now, machine_now)).all()
        return [Message(**values_of(row, Message)) for row in sorted(rows, key=lambda row: (row.created_at, row.id))]

    def mark(self, outbox_id: str, **columns: Any) -> None:
        """Store how the delivery of a message went, and give it back."""
        self._connection.execute(update(outbox).where(outbox.c.id == outbox_id).values(**columns, **NOT_LEASED))

    def get(self, outbox_id: str) -> Message:
        """Return a message as it stands now; raises NotFound."""
        row = self._connection.execute(select(outbox).where(outbox.c.id == outbox_id)).one_or_none()
        if row is None:
            raise NotFound(what="message")
        return Message(**values_of(row, Message))

    def call_of(self, token_id: str) -> Message:
        """Return the operation that a token waits for; raises NotFound."""
        row = self._connection.execute(select(outbox).where(outbox.c.dedupe_key == token_id)).one_or_none()
        if row is None:
            raise NotFound(what="message")
        return Message(**values_of(row, Message))

    def withdraw(self, instance_id: str, tokens: Collection[str]) -> None:
        """Cancel the operations of an instance that none of `tokens` waits for any more."""
        gone = (
            outbox.c.instance_id == instance_id,
            outbox.c.status.in_(("waiting", "incident")),
            outbox.c.token_id.not_in(list(tokens)),
        )
        self._connection.execute(update(outbox).where(*gone).values(status="cancelled", **NOT_LEASED))

    def mark_read(self, account_id: str, at: datetime) -> None:
        """Mark all of a person's notices as read."""
        self._connection.execute(
            update(notice).where(notice.c.account_id == account_id, notice.c.read_at.is_(None)).values(read_at=at)
        )
