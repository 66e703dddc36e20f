"""Messages and signals between processes, who waits for them, and what starts processes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from engine.domain.errors import NotFound
from engine.store.rows import add_once, add_row, change_row, columns_of, values_of
from engine.store.tables import hub_delivery, hub_message, start_registration, subscription
from engine.store.tables.hub import waits_for_it


@dataclass(frozen=True)
class Subscription:
    """A token that waits for a message or signal."""

    id: int
    case_id: str
    instance_id: str
    kind: str
    name: str
    key: str
    element_id: str
    token_id: str


@dataclass(frozen=True)
class HubMessage:
    """A message or signal on its way to one receiver; instants in UTC."""

    id: str
    dedupe_key: str
    kind: str
    name: str
    key: str
    payload: Mapping[str, Any]
    thrown_at: datetime
    from_case_id: str | None = None
    from_instance_id: str | None = None
    to_instance_id: str | None = None
    to_start: int | None = None
    expires_at: datetime | None = None
    status: str = "waiting"
    attempts: int = 0
    try_after: datetime | None = None
    last_error: str | None = None


@dataclass(frozen=True)
class StartRegistration:
    """What starts the newest version of a process at one of its elements."""

    id: int
    process: str
    digest: str
    element_id: str
    kind: str
    name: str


@dataclass(frozen=True)
class Receipt:
    """By whom a message was consumed."""

    message_id: str
    case_id: str
    instance_id: str
    element_id: str
    at: datetime


class Hub:
    """Reads and writes messages, subscriptions and registrations."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def subscriptions(self, instance_id: str) -> list[Subscription]:
        """Return what an instance waits for, the longest waiting first."""
        wanted = select(subscription).where(subscription.c.instance_id == instance_id).order_by(subscription.c.id)
        return [_subscription(row) for row in self._connection.execute(wanted)]

    def subscribe(self, values: Mapping[str, Any]) -> None:
        """Store that a token waits (all but the id); once for each token and name."""
        add_row(self._connection, subscription, values)

    def unsubscribe(self, ids: Iterable[int]) -> None:
        """Store that tokens wait no longer."""
        for subscription_id in ids:
            self._connection.execute(delete(subscription).where(subscription.c.id == subscription_id))

    def receiver_of(self, message_id: str) -> Subscription | None:
        """Return the token that has waited longest for a message, with its key, or None."""
        wanted = (
            select(subscription)
            .join(hub_message, waits_for_it)
            .where(hub_message.c.id == message_id)
            .order_by(subscription.c.id)
            .limit(1)
        )
        row = self._connection.execute(wanted).one_or_none()
        return _subscription(row) if row else None

    def listeners(self, name: str) -> list[str]:
        """Return the ids of the instances that wait for a signal."""
        wanted = select(subscription.c.instance_id).where(subscription.c.kind == "signal", subscription.c.name == name)
        return list(self._connection.execute(wanted.distinct().order_by(subscription.c.instance_id)).scalars())

    def starts(self, kind: str, name: str) -> list[StartRegistration]:
        """Return what a message or signal starts, the oldest registration first."""
        wanted = select(start_registration).where(start_registration.c.kind == kind, start_registration.c.name == name)
        return [_start(row) for row in self._connection.execute(wanted.order_by(start_registration.c.id))]

    def start(self, registration_id: int) -> StartRegistration | None:
        """Return a registration, or None where a newer version has replaced it."""
        wanted = select(start_registration).where(start_registration.c.id == registration_id)
        row = self._connection.execute(wanted).one_or_none()
        return _start(row) if row else None

    def withdraw(self, process: str) -> list[int]:
        """Remove what starts a process; return the ids."""
        gone = delete(start_registration).where(start_registration.c.process == process)
        return list(self._connection.execute(gone.returning(start_registration.c.id)).scalars())

    def register(self, values: Mapping[str, Any]) -> int:
        """Store what starts a process (all but the id); return its id."""
        added = insert(start_registration).values(**values).returning(start_registration.c.id)
        return self._connection.execute(added).scalar_one()

    def send(self, messages: Iterable[HubMessage]) -> None:
        """Store messages, passing over those whose key is there already."""
        add_once(self._connection, hub_message, "dedupe_key", [columns_of(message) for message in messages])

    def get(self, message_id: str) -> HubMessage:
        """Return a message as it stands now, locked until the transaction ends; raises NotFound."""
        wanted = select(hub_message).where(hub_message.c.id == message_id).with_for_update()
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            raise NotFound(what="message")
        return HubMessage(**values_of(row, HubMessage))

    def peek(self, message_id: str) -> HubMessage:
        """Return a message without locking it; raises NotFound."""
        row = self._connection.execute(select(hub_message).where(hub_message.c.id == message_id)).one_or_none()
        if row is None:
            raise NotFound(what="message")
        return HubMessage(**values_of(row, HubMessage))

    def mark(self, message_id: str, **columns: Any) -> None:
        """Store how it went with a message."""
        change_row(self._connection, hub_message, message_id, columns)

    def consume(self, receipt: Receipt) -> None:
        """Store by whom a message was consumed; raises IntegrityError where it was before."""
        add_row(self._connection, hub_delivery, columns_of(receipt))
        self.mark(receipt.message_id, status="delivered")

    def miss(self, instance_id: str) -> None:
        """Store that the signals on their way to an instance found it over."""
        late = hub_message.c.to_instance_id == instance_id, hub_message.c.status == "waiting"
        self._connection.execute(update(hub_message).where(*late).values(status="missed"))


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(**values_of(row, Subscription))


def _start(row: Row[Any]) -> StartRegistration:
    return StartRegistration(**values_of(row, StartRegistration))
