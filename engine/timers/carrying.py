"""Messages and signals between processes: each to its receiver, one command a message, until none has one."""

import logging

from engine.bus import Bus
from engine.commands.deliver_message import DeliverMessage
from engine.commands.record_message_failure import RecordMessageFailure
from engine.domain.actors import SYSTEM
from engine.readmodels.due import due_hub_messages
from engine.timers.sweep import Sessions

logger = logging.getLogger(__name__)


def carry_all(bus: Bus, sessions: Sessions) -> int:
    """Deliver every message that somebody waits for, also those thrown on the way; return how many were."""
    carried = 0
    while batch := _due(bus, sessions):
        before = carried
        carried += sum(_deliver(bus, message_id) for message_id in batch)
        if carried == before:
            break  # others have them in hand, or they wait for their next try
    return carried


def _due(bus: Bus, sessions: Sessions) -> list[str]:
    with sessions() as session:
        return due_hub_messages(session, bus.clock.now())


def _deliver(bus: Bus, message_id: str) -> bool:
    try:
        return bool(bus.execute(DeliverMessage(message_id=message_id), SYSTEM))
    except Exception as error:
        # One bad message must not hold up the others; it is counted, tried again, and becomes an incident.
        logger.exception("message %s was not delivered", message_id)
        bus.execute(RecordMessageFailure(message_id=message_id, error=repr(error)), SYSTEM)
        return False
