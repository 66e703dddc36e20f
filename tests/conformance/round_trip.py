"""A runtime that writes and reads the whole state again after each single step, and notices any difference."""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.domain.errors import Invalid
from engine.runtime import scopes, state
from engine.runtime.advance import Runtime
from engine.runtime.contract import Running

KEY = b"trip" * 8
# Of one advance, not of the state.
CARRIED = ("passed", "asked", "decided", "thrown", "failure", "scripts", "surroundings", "decisions", "steps")


class RoundTripRuntime(Runtime):
    """Takes each step on what was written after the one before."""

    def _rest(self, step: Any) -> None:
        for _ in range(scopes.MOST_STEPS):
            if not step.instance.take_step():
                return
            ready = [str(token.id) for token in step.instance.ready if token.state == TaskState.READY]
            kept = state.stored(step.instance, "i", KEY)
            again = state.restored(Running("i", kept), step.specs, KEY)
            if state.stored(again, "i", KEY) != kept:
                raise AssertionError(kept.text)
            for name in CARRIED:
                setattr(again, name, getattr(step.instance, name))
            again.ready.extend(token for token in map(again.token, ready) if token is not None)
            object.__setattr__(step, "instance", again)
        raise Invalid(reason="runaway", process=step.instance.spec.name)
