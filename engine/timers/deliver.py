"""The outbox to its channels: at least once, with a key that stays the same."""

import logging

from engine.bus import Bus
from engine.commands.mark_message import MarkMessage
from engine.domain.actors import SYSTEM
from engine.notices.channels import CHANNELS
from engine.readmodels.due import WaitingMessage, waiting_messages
from engine.timers.sweep import Sessions

logger = logging.getLogger(__name__)


def deliver(bus: Bus, sessions: Sessions) -> int:
    """Hand over the messages that wait; return how many were delivered."""
    with sessions() as session:
        waiting = waiting_messages(session, bus.clock.now())
    return sum(_hand_over(bus, message) for message in waiting)


def _hand_over(bus: Bus, message: WaitingMessage) -> bool:
    try:
        CHANNELS[message.channel](message.dedupe_key, message.recipient, message.template, message.facts)
    except Exception as error:
        # A channel that is down concerns its own message only; it is tried again later.
        logger.exception("message %s was not delivered", message.dedupe_key)
        bus.execute(MarkMessage(outbox_id=message.id, error=repr(error)), SYSTEM)
        return False
    bus.execute(MarkMessage(outbox_id=message.id), SYSTEM)
    return True
