"""Activities that hold a scope: sub-processes of all kinds, and calls of other processes."""

import json
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.util.task import TaskState

from engine.runtime.catching import Catching
from engine.runtime.nodes import Activity


class SubProcess(Activity, SubWorkflowTask):
    """An embedded sub-process; it shares the data of the scope around."""

    spec: str  # name of the inner process spec

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the sub-process to its process."""
        super().__init__(wf_spec, element_id, subworkflow_spec=element_id, **extra)

    def begin(self, token: Any) -> bool:
        """Open the scope inside and start it."""
        token._set_state(TaskState.STARTED)  # noqa: SLF001  # as the library's own sub-processes do
        inner = token.workflow.top_workflow.open_scope(token, self.spec)
        self.fill(token, inner)
        if "queue" in token.internal_data:
            undo_next(token, inner)
        else:
            start(inner)
        return False

    def fill(self, token: Any, inner: Any) -> None:
        """Give the scope inside what it starts with."""

    def finished(self, inner: Any) -> bool:
        """Return whether the scope inside is to end although tokens are left."""
        return False

    def scope_ended(self, token: Any, inner: Any) -> None:
        """Go on after the scope inside has ended."""
        del token.workflow.top_workflow.subprocesses[token.id]
        if "queue" not in token.internal_data:
            whole = inner.spec.compensator
            token.internal_data["done"] = [{"whole": whole}] if whole else inner.done
        token.complete()

    def compensated(self, token: Any) -> None:
        """Undo what is left to undo inside; a transaction then takes its cancel event."""
        inner = token.workflow.top_workflow.subprocesses[token.id]
        if token.internal_data["queue"]:
            undo_next(token, inner)
        elif token.internal_data.get("cancelling"):
            self.cancelled(token)

    def cancelled(self, token: Any) -> None:
        """Leave a transaction by its cancel event; the linter knows that there is one."""
        for other in token.workflow.tokens():
            triggers = getattr(other.task_spec, "triggers", ())
            if other.internal_data.get("host") == str(token.id) and any(t.kind == "cancel" for t in triggers):
                other.task_spec.react(other)
                return

    # What the library would do with a sub-process of its own

    def _update_hook(self, my_task: Any) -> Any:
        return self.arrive(my_task)

    def _on_cancel(self, my_task: Any) -> None:
        """Leave it to the scope: it takes tokens away without a trace."""


class Transaction(SubProcess):
    """A sub-process that can be cancelled."""

    def cancel(self, token: Any) -> None:
        """Stop all inside, undo what was done, and leave by the cancel event."""
        inner = token.workflow.top_workflow.subprocesses[token.id]
        inner.clear()
        token.internal_data |= {"queue": list(inner.done), "cancelling": True}
        inner.done.clear()
        self.compensated(token)


class AdHoc(SubProcess):
    """A sub-process whose activities have no order: all are started; it ends when its condition holds."""

    completion: str | None = None
    cancels_rest = True
    in_turn = False  # one activity at a time, in the order of the file

    def finished(self, inner: Any) -> bool:
        """Return whether its completion condition holds."""
        return self.cancels_rest and self.completion is not None and inner.holds(self.completion)


class Call(SubProcess):
    """A call of another process: it gets a copy of the data and gives back what it has."""

    def fill(self, token: Any, inner: Any) -> None:
        """Copy all that the caller sees."""
        inner.data.update(json.loads(json.dumps(token.workflow.values(token))))

    def scope_ended(self, token: Any, inner: Any) -> None:
        """Take over what the called process has at its end."""
        token.workflow.write(token, inner.data)
        super().scope_ended(token, inner)


class EventSubProcess(Catching, SubProcess):
    """A sub-process that an event starts while the scope around it runs."""

    interrupting = True

    @property
    def compensates(self) -> bool:
        """Return whether it undoes the sub-process around it, once that has been completed."""
        return any(trigger.kind == "compensation" for trigger in self.triggers)

    def is_idle(self, token: Any) -> bool:
        """Return whether it has not been started."""
        return self.waits(token)

    def arrive(self, token: Any) -> bool:
        """Wait for the event, or run when it has come."""
        return self.begin(token) if token.internal_data.get("running") else False

    def react(self, token: Any) -> None:
        """Run, after ending all else in the scope when it interrupts."""
        scope = token.workflow
        if self.interrupting:
            scope.clear(keep=token)
            token.internal_data["running"] = True
            self.begin(token)
        else:
            scope.enter(self.name, running=True)


def start(scope: Any, element: str | None = None) -> None:
    """Start a scope: first what listens in it, then its start event, or all that nothing leads to."""
    for name in scope.spec.listeners:
        scope.enter(name)
    for token in scope.tokens():
        token.task_spec.test_condition(token)
    if any(not token.task_spec.is_idle(token) for token in scope.tokens()):
        return  # a condition held already and interrupted it
    if element is not None:
        scope.enter(element, received=True)
    else:
        _begin(scope)
    scope.settle()


def _begin(scope: Any) -> None:
    names = list(scope.spec.beginnings)
    host = scope.host
    if host is not None and getattr(host.task_spec, "in_turn", False):
        scope.task_tree.internal_data["next"] = names[1:]
        names = names[:1]
    for name in names:
        if scope.alive:
            scope.enter(name)


def undo_next(thrower: Any, scope: Any) -> None:
    """Start the compensation of the last activity that is left to undo."""
    record = thrower.internal_data["queue"].pop()
    if "whole" in record:
        scope.enter(record["whole"], compensates=str(thrower.id), running=True)
        return
    node = scope.spec.task_specs[record["node"]]
    if "inner" in record:
        scope.enter(node.name, compensates=str(thrower.id), queue=record["inner"])
    else:
        scope.enter(node.handler, compensates=str(thrower.id))
