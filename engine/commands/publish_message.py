"""Put a message from outside, or from an administrator, on its way to the process that waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from engine.commands.work import Work
from engine.domain.errors import Invalid, Refused
from engine.runtime.state import require_plain
from engine.store.hub import HubMessage

USUAL_TIME = timedelta(days=7)
LONGEST_NAME, LONGEST_KEY, LONGEST_ID = 120, 200, 80


@dataclass(frozen=True, kw_only=True)
class PublishMessage:
    """Send a message by name and correlation key. `message_id` is the sender's: sent twice, delivered once."""

    name: str
    key: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict[str, Any])
    message_id: str = ""
    time_to_live: timedelta = USUAL_TIME


def publish_message(command: PublishMessage, work: Work) -> None:
    """Store it; it is delivered as soon as somebody waits for it, within its time. Raises Refused, Invalid."""
    if not work.actor.has_any("admin", "system"):
        raise Refused(what="message")
    is_short = len(command.name) <= LONGEST_NAME and len(command.key) <= LONGEST_KEY
    if not command.name or not is_short or len(command.message_id) > LONGEST_ID:
        raise Invalid(reason="message_name", name=command.name[:LONGEST_NAME])
    require_plain(dict(command.payload))
    message = HubMessage(
        id=str(uuid4()),
        dedupe_key=f"published:{command.message_id or uuid4()}",
        kind="message",
        name=command.name,
        key=command.key,
        payload=dict(command.payload),
        thrown_at=work.now,
        expires_at=work.now + command.time_to_live,
    )
    work.unit.hub.send([message])
    work.record("message.published", "", name=command.name, key=command.key, message=message.id)
