"""Tasks: for people, for the engine, and those that only mark a step."""

from collections.abc import Callable
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.runtime import expressions, throwing
from engine.runtime.exact import plain
from engine.runtime.model import OperationMeta
from engine.runtime.nodes import Activity
from engine.runtime.resting import is_failed
from engine.runtime.scopes import Asked
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


def is_open(token: Any) -> bool:
    """Return whether a token is a task that waits for a person."""
    return isinstance(token.task_spec, User) and token.state == TaskState.READY and not is_failed(token)


class Step(Activity):
    """A task of no kind, or one done by hand outside of the system: passed at once."""


class Operation(Activity):
    """A service task: what it asks for is left with the instance; passed at once, or when the answer has come."""

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the task to its process."""
        super().__init__(wf_spec, element_id, **extra)
        self.asks = OperationMeta()

    def run(self, token: Any) -> bool:
        """Leave word of what is asked for, with what the token sees."""
        scope = token.workflow
        top = scope.top_workflow
        given = {name: self._given(token, text) for name, text in self.asks.parameters.items()}
        seen = plain(scope.values(token))
        top.asked.append(Asked(str(token.id), self.bpmn_id, seen, given, top.steps.taken - 1))
        return not self.asks.is_outside

    def waits_for_answer(self, token: Any) -> bool:
        """Return whether a token waits for the answer of an operation outside."""
        is_body = self.loop is not None and "body" not in token.internal_data
        return self.asks.is_outside and not is_body and token.state == TaskState.STARTED and not is_failed(token)

    def keep(self, token: Any, result: object) -> None:
        """Keep what the operation gave."""
        if self.asks.result:
            token.workflow.write(token, {self.asks.result: result})

    def _given(self, token: Any, text: str) -> Any:
        return plain(token.workflow.evaluate(text[1:], token)) if text.startswith("=") else text


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
