"""
Channels by name. A channel gets a key that stays the same however often a message is tried, and raises what went wrong.

Text messages are written to the log until an office names its provider; the outbox row is the proof either way.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

logger = logging.getLogger(__name__)

Channel = Callable[[str, str, str, Mapping[str, Any]], None]  # key, recipient, template, facts


def log_message(key: str, recipient: str, template: str, facts: Mapping[str, Any]) -> None:
    """Write the message to the log, the recipient's number masked."""
    logger.info("sms %s to %s***: %s %s", key, recipient[:3], template, sorted(facts))


CHANNELS: dict[str, Channel] = {"sms": log_message}
