"""Tasks: for people, for the engine, and those that only mark a step."""

from collections.abc import Callable
from typing import Any

from engine.runtime import expressions, throwing
from engine.runtime.exact import plain
from engine.runtime.nodes import Activity
from engine.runtime.triggers import Trigger

Scripts = Callable[[str, dict[str, Any]], dict[str, Any]]  # (text, what the token sees) → what the script sets


class BusinessError(Exception):
    """A BPMN error that a script ends in."""

    def __init__(self, error_code: str) -> None:
        """Take the code that boundary events are told by."""
        super().__init__(error_code)
        self.error_code = error_code


class User(Activity):
    """A task that waits for a person."""

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the task to its process."""
        super().__init__(wf_spec, element_id, **extra)
        self.manual = True


class Step(Activity):
    """A task of no kind, or one done by hand outside of the system: passed at once."""


class Operation(Activity):
    """A service task: passed at once; what it asks for is left with the instance."""

    def run(self, token: Any) -> bool:
        """Leave word of what is asked for, with what the token sees."""
        scope = token.workflow
        seen = plain(scope.values(token))
        scope.top_workflow.asked.append((str(token.id), self.bpmn_id, seen))
        return True


class Script(Activity):
    """A script task: a FEEL context whose entries are set, or what the runtime was given another language for."""

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the task to its process."""
        super().__init__(wf_spec, element_id, **extra)
        self.script = ""

    def run(self, token: Any) -> bool:
        """Run the script and keep what it set."""
        scope = token.workflow
        try:
            set_by_it = self._set(scope, scope.values(token))
        except BusinessError as error:
            throwing.error_of(token, Trigger("error", error.error_code))
            return True
        scope.write(token, set_by_it)
        return True

    def _set(self, scope: Any, seen: dict[str, Any]) -> dict[str, Any]:
        top = scope.top_workflow
        if top.scripts is not None:
            return top.scripts(self.script, seen)
        return expressions.assigned(self.script, seen, top.surroundings)
