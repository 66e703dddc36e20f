"""Rules about messages and signals that are sent and received: keys, payloads and how long they may wait."""

from collections.abc import Iterator
from typing import Any

from engine.domain.problems import Problem
from engine.runtime.codes import problem
from engine.runtime.expressions import mistakes_in
from engine.runtime.graph import kind_of
from engine.runtime.intake import gov
from engine.runtime.iso import DURATION
from engine.runtime.triggers import triggers_of

SENDING = ("intermediateThrowEvent", "endEvent", "sendTask")


def check(process: Any) -> Iterator[Problem]:
    """Yield what is wrong with the gov:message of events and tasks."""
    for said in process.iter(gov("message")):
        holder = said.getparent().getparent()
        kinds = {trigger.kind for trigger in triggers_of(holder)}
        yield from _fits(said, holder, kinds)
        yield from _expressions(said, holder)
        ttl = said.get("ttl")
        if ttl is not None and not DURATION.fullmatch(ttl):
            yield problem("event.message", holder, "ttl is a duration in hours, minutes and seconds: PT24H.")


def _fits(said: Any, holder: Any, kinds: set[str]) -> Iterator[Problem]:
    sends = kind_of(holder) in SENDING
    if not kinds & {"message", "signal"}:
        yield problem("event.message", holder, "It neither sends nor receives.")
    if said.get("key") is not None and "message" not in kinds:
        yield problem("event.message", holder, "Signals have no key: everybody gets them.")
    if not sends and (said.get("payload") is not None or said.get("ttl") is not None):
        yield problem("event.message", holder, "payload and ttl belong to what sends.")
    starts = kind_of(holder) == "startEvent" and kind_of(holder.getparent()) == "process"
    if starts and said.get("key") is not None:
        yield problem("event.message", holder, "What starts a process has no key: nothing is there to compare it with.")


def _expressions(said: Any, holder: Any) -> Iterator[Problem]:
    for name in ("key", "payload"):
        text = said.get(name)
        for mistake in mistakes_in(text) if text is not None else ():
            yield problem("expression.invalid", holder, f"{name} cannot be used: {mistake}.", cause=mistake)
