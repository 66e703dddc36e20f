"""How an instance goes on that waits for an operation's answer, or rests because a step failed; and how it is ended."""

from datetime import datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.domain.errors import Invalid, TaskClosed
from engine.runtime.advance import (  # the same room: a Runtime with more to it
    Runtime,
    _found,  # pyright: ignore[reportPrivateUsage]
    _read,  # pyright: ignore[reportPrivateUsage]
)
from engine.runtime.catching import Catching
from engine.runtime.contract import Advance, Definition, Running, Standing
from engine.runtime.nodes import Activity
from engine.runtime.resting import FAILED, is_failed
from engine.runtime.snapshot import Snapshot, standing
from engine.runtime.state import require_plain, restored
from engine.runtime.tasks import Operation
from engine.runtime.throwing import Throw


class RestingRuntime(Runtime):
    """A runtime that also brings answers, and lets what rests go on."""

    def standing(self, definition: Definition, running: Running) -> Standing:
        """Return what a stored instance waits for beside people and time; raises StateDamaged."""
        return standing(self._instance(definition, running))

    def answer(self, definition: Definition, running: Running, token_id: str, result: object, now: datetime) -> Advance:
        """Bring the answer of an operation outside to the token that waits for it; raises TaskClosed, Invalid."""
        require_plain(result)
        step = self._resumed(definition, running, now)
        token = _found(step.instance, token_id)
        if token is None or not isinstance(token.task_spec, Operation) or not token.task_spec.waits_for_answer(token):
            raise TaskClosed(task=token_id)

        def act(instance: Any) -> None:
            waiting = instance.token(token_id)
            waiting.task_spec.keep(waiting, result)
            instance.steps.take(waiting, waiting.complete)

        return self._walk(step, Snapshot.of(step.instance), act)

    def retry(self, definition: Definition, running: Running, token_id: str, now: datetime) -> Advance:
        """Take the step again that a token rests at; raises TaskClosed (it does not rest)."""
        step, _ = self._at_failed(definition, running, token_id, now)

        def act(instance: Any) -> None:
            token = instance.token(token_id)
            del token.internal_data[FAILED]
            if token.state == TaskState.STARTED:
                instance.steps.take(token, token.complete)
            elif token.state == TaskState.READY:
                instance.steps.take(token, token.run)

        return self._walk(step, Snapshot.of(step.instance), act)

    def skip(self, definition: Definition, running: Running, token_id: str, now: datetime) -> Advance:
        """Let a token that rests go on as if its step had been done; raises TaskClosed, Invalid (it must choose)."""
        step, token = self._at_failed(definition, running, token_id, now)
        if not is_skippable(token):
            raise Invalid(reason="not_skippable", element=token.task_spec.bpmn_id)

        def act(instance: Any) -> None:
            passed = instance.token(token_id)
            del passed.internal_data[FAILED]
            instance.steps.take(passed, passed.complete)

        return self._walk(step, Snapshot.of(step.instance), act)

    def end(self, definition: Definition, running: Running, now: datetime) -> Advance:
        """End an instance where it stands; its tasks are cancelled."""
        step = self._resumed(definition, running, now)
        return self._walk(step, Snapshot.of(step.instance), lambda instance: instance.empty())

    def _instance(self, definition: Definition, running: Running) -> Any:
        _, _, specs = _read(definition, in_feel=self._scripts is None)
        return restored(running, specs, self._key)

    def _at_failed(self, definition: Definition, running: Running, token_id: str, now: datetime) -> tuple[Any, Any]:
        step = self._resumed(definition, running, now)
        token = _found(step.instance, token_id)
        if token is None or not is_failed(token):
            raise TaskClosed(task=token_id)
        return step, token


def is_skippable(token: Any) -> bool:
    """Return whether a step can be left undone: a task or a throwing event, not a choice, a join or a waiting event."""
    node = token.task_spec
    is_doing = isinstance(node, (Activity, Throw)) and not isinstance(node, Catching)
    return is_doing and token.state in (TaskState.READY, TaskState.STARTED)
