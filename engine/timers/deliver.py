"""The outbox to its channels: at least once, with a key that stays the same."""

import logging

from engine.bus import Bus
from engine.commands.lease_messages import LeaseMessages
from engine.commands.mark_message import MarkMessage
from engine.domain.actors import SYSTEM
from engine.notices.channels import CHANNELS
from engine.readmodels.due import any_message
from engine.store.post import Message
from engine.timers.sweep import Sessions

logger = logging.getLogger(__name__)


def deliver(bus: Bus, sessions: Sessions, node: str) -> int:
    """Hand over the messages that wait and that no other ticker has in hand; return how many were delivered."""
    delivered = 0
    while _any_waiting(bus, sessions):
        messages: list[Message] = bus.execute(LeaseMessages(node=node), SYSTEM)
        if not messages:
            break  # others have them in hand
        delivered += sum(_hand_over(bus, message) for message in messages)
    return delivered


def _any_waiting(bus: Bus, sessions: Sessions) -> bool:
    with sessions() as session:
        return any_message(session, bus.clock.now())


def _hand_over(bus: Bus, message: Message) -> bool:
    try:
        CHANNELS[message.channel](message.dedupe_key, message.recipient, message.template, message.facts)
    except Exception as error:
        # A channel that is down concerns its own message only; it is tried again later.
        logger.exception("message %s was not delivered", message.dedupe_key)
        bus.execute(MarkMessage(outbox_id=message.id, error=repr(error)), SYSTEM)
        return False
    bus.execute(MarkMessage(outbox_id=message.id), SYSTEM)
    return True
