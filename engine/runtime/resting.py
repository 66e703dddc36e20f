"""
Where a running process rests because a step failed: the token stays there until somebody acts.

A step is one token's run with all that follows from it at once; it is carried out whole or not at all. When one fails,
the walk is taken again from the stored state, and the token is held at that step with the reason written on it, while
other tokens go on. Steps are numbered, and the same walk has the same numbers.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.exceptions import WorkflowException

from engine.domain.errors import EngineError

FAILED = "failed"
MOST_HELD = 100  # steps of one walk
LONGEST_FACT = 2000  # characters


@dataclass(frozen=True)
class Fault:
    """What went wrong at a step: the error's code and facts (JSON)."""

    step: int
    element_id: str
    code: str
    facts: Mapping[str, Any]


class StepFailed(Exception):  # it ends one try of a walk and never leaves the runtime
    """A step failed that is not known to fail yet."""

    def __init__(self, fault: Fault) -> None:
        """Keep what went wrong."""
        super().__init__(fault)
        self.fault = fault


@dataclass
class Steps:
    """Takes the steps of a walk and holds those that are known to fail; without `rests` an error ends the walk."""

    rests: bool = False
    held: Mapping[int, Fault] = field(default_factory=dict[int, Fault])
    taken: int = 0

    def take(self, token: Any, act: Callable[[], object]) -> bool:
        """Take a step, or hold the token at it; return whether anything was done. Raises StepFailed."""
        number, self.taken = self.taken, self.taken + 1
        known = self.held.get(number)
        if known is not None and known.element_id == token.task_spec.bpmn_id:
            token.internal_data[FAILED] = json.dumps([known.code, known.facts], ensure_ascii=False)
            return True
        if not self.rests:
            return act() is not False
        try:
            return act() is not False
        except (EngineError, WorkflowException) as error:
            raise StepFailed(_fault(number, token, error)) from error


def is_failed(token: Any) -> bool:
    """Return whether a token rests because its step failed."""
    return FAILED in token.internal_data


def reason_of(token: Any) -> tuple[str, dict[str, Any]]:
    """Return the code and the facts of what went wrong at a token's step."""
    code, facts = json.loads(token.internal_data[FAILED])
    return code, facts


def plain_facts(error: Exception) -> dict[str, Any]:
    """Return the facts of an error as JSON, long texts cut."""
    facts = error.facts if isinstance(error, EngineError) else {"detail": str(error)}
    plain: dict[str, Any] = json.loads(json.dumps(facts, default=str, ensure_ascii=False))
    return {key: value[:LONGEST_FACT] if isinstance(value, str) else value for key, value in plain.items()}


def _fault(number: int, token: Any, error: Exception) -> Fault:
    code = error.code if isinstance(error, EngineError) else "workflow"
    return Fault(number, token.task_spec.bpmn_id, code, plain_facts(error))
