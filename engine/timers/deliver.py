"""
The outbox to its channels: at least once, with a key that stays the same.

What a process waits for comes back as an answer; what cannot succeed by another try is given up at once.
"""

import logging

from engine.bus import Bus
from engine.commands.answer_call import AnswerCall
from engine.commands.lease_messages import LeaseMessages
from engine.commands.mark_message import MarkMessage
from engine.commands.open_linked_case import OpenLinkedCase
from engine.domain.actors import SYSTEM
from engine.domain.errors import EngineError, HookUnanswered, Stale
from engine.notices.channels import CHANNELS
from engine.notices.web_hook import HookCall, call_hook
from engine.readmodels.due import any_message
from engine.runtime.resting import plain_facts
from engine.store.post import Message
from engine.timers.sweep import Sessions
from forms.validation import FormInvalid

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
        result = _carried_out(bus, message)
        if message.token_id is not None:
            bus.execute(AnswerCall(outbox_id=message.id, result=result), SYSTEM)
        else:
            bus.execute(MarkMessage(outbox_id=message.id), SYSTEM)
    except Exception as error:
        # A channel that is down concerns its own message only; it is tried again later.
        logger.exception("message %s was not delivered", message.dedupe_key)
        bus.execute(_failed(message, error), SYSTEM)
        return False
    return True


def _carried_out(bus: Bus, message: Message) -> object:
    """Return what a channel gives back, JSON; raises what went wrong."""
    if message.channel == "web_hook":
        call = HookCall(message.dedupe_key, message.facts["url"], message.facts["body"])
        return call_hook(bus.equipment.hooks, call, bus.clock.now())
    if message.channel == "linked_case":
        return bus.execute(OpenLinkedCase(outbox_id=message.id), SYSTEM)
    CHANNELS[message.channel](message.dedupe_key, message.recipient, message.template, message.facts)
    return None


def _failed(message: Message, error: Exception) -> MarkMessage:
    """Return what to note of an error; one of ours would be the same in every try, but for those that pass."""
    if isinstance(error, FormInvalid):
        facts: dict[str, object] = {"fields": sorted(error.fields)}
        return MarkMessage(outbox_id=message.id, error=repr(error), is_final=True, code=error.code, facts=facts)
    if not isinstance(error, EngineError):
        return MarkMessage(outbox_id=message.id, error=repr(error))
    is_final = not isinstance(error, (Stale, HookUnanswered))
    facts = plain_facts(error)
    return MarkMessage(outbox_id=message.id, error=repr(error), is_final=is_final, code=error.code, facts=facts)
