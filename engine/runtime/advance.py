"""The runtime's front door: `(definition, state, input) → Advance`. A workflow is a value (R2)."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.defaults import UserTask
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.task import TaskState

from engine.domain.errors import DiagramRefused, Invalid, TaskClosed
from engine.domain.problems import Problem
from engine.runtime import linting, state
from engine.runtime.contract import Advance, Data, Definition, Running
from engine.runtime.expressions import ExpressionInvalid
from engine.runtime.intake import read_model
from engine.runtime.iso import due_of
from engine.runtime.model import Model, read_process
from engine.runtime.pruning import prune
from engine.runtime.snapshot import Snapshot, compare
from engine.runtime.specs import Parser, ToldTimer

MOST_STEPS = 500  # automatic steps of one advance; more is a loop that no person stops


class Runtime:
    """Starts, completes and fires. Keeps nothing between calls but parsed diagrams."""

    def __init__(self, key: bytes) -> None:
        """Take the key of the MAC over stored states."""
        self._key = key

    def check(
        self, xml: bytes, *, forms: Collection[str] | None = None, operations: Collection[str] | None = None
    ) -> list[Problem]:
        """Return what is wrong with a model; [] when it can be run faithfully."""
        return linting.check(xml, forms=forms, operations=operations)

    def define(self, xml: bytes) -> Definition:
        """Return the checked definition of a model; raises DiagramRefused with every problem."""
        return _parsed(xml)[0]

    def start(self, definition: Definition, instance_id: str, data: Data, now: datetime) -> Advance:
        """Start an instance and walk to where it waits for people or time."""
        _, model, specs = _parsed(definition.xml.encode())
        state.require_plain(dict(data))
        workflow = state.opened(specs)
        workflow.task_tree.data.update(data)
        for task in workflow.task_tree.children:
            task.data.update(data)
        return self._walk(_Step(workflow, model, specs, instance_id, now), Snapshot.empty(), lambda: None)

    def complete(self, definition: Definition, running: Running, task_id: str, data: Data, now: datetime) -> Advance:
        """Complete a user task with routing data, by replacement; raises TaskClosed, StateDamaged, Invalid."""
        state.require_plain(dict(data))
        step = self._resumed(definition, running, now)
        task = _found(step.workflow, task_id)
        if task is None or task.state != TaskState.READY or not isinstance(task.task_spec, UserTask):
            raise TaskClosed(task=task_id)
        before = Snapshot.of(step.workflow, done=task_id)

        def act() -> None:
            task.data.update(data)
            task.run()

        return self._walk(step, before, act)

    def fire(self, definition: Definition, running: Running, timer_id: str, now: datetime) -> Advance:
        """Let a waiting timer fire; raises TaskClosed (it does not wait), StateDamaged."""
        step = self._resumed(definition, running, now)
        task = _found(step.workflow, timer_id)
        event = getattr(task.task_spec, "event_definition", None) if task is not None else None
        if task is None or task.state != TaskState.WAITING or not isinstance(event, ToldTimer):
            raise TaskClosed(timer=timer_id)
        before = Snapshot.of(step.workflow)

        def act() -> None:
            event.tell(task)
            step.workflow.refresh_timers()

        return self._walk(step, before, act)

    def _resumed(self, definition: Definition, running: Running, now: datetime) -> "_Step":
        _, model, specs = _parsed(definition.xml.encode())
        workflow = state.restored(running, specs, self._key)
        return _Step(workflow, model, specs, running.instance_id, now)

    def _walk(self, step: "_Step", before: Snapshot, act: Callable[[], None]) -> Advance:
        """Act, take all automatic steps, and return what changed against `before`."""
        steps = 0

        def count(_task: Any) -> None:
            nonlocal steps
            steps += 1
            if steps > MOST_STEPS:
                raise Invalid(reason="runaway", process=step.model.process_id)

        try:
            act()
            step.workflow.do_engine_steps(count)
        except WorkflowException as error:
            raise _unwrapped(error, step.model) from error
        change = compare(step.workflow, step.model, before, lambda iso: due_of(iso, step.now))
        finished = bool(step.workflow.is_completed())
        prune(step.workflow)
        kept = state.stored(step.workflow, step.specs, step.instance_id, self._key)
        return Advance(state=kept, finished=finished, **change)


@dataclass(frozen=True)
class _Step:
    """One call's workflow and all that belongs to it."""

    workflow: Any
    model: Model
    specs: state.Specs
    instance_id: str
    now: datetime


def _unwrapped(error: WorkflowException, model: Model) -> Exception:
    """Return our own error that the library wrapped, or one that says where it happened."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (ExpressionInvalid, Invalid)):
            return cause
        cause = cause.__cause__ or cause.__context__
    return Invalid(reason="workflow", process=model.process_id, detail=str(error))


def _found(workflow: Any, task_id: str) -> Any | None:
    try:
        wanted = UUID(task_id)
    except ValueError:
        return None
    for scope in (workflow, *workflow.subprocesses.values()):
        if wanted in scope.tasks:
            return scope.tasks[wanted]
    return None


@lru_cache(maxsize=256)
def _parsed(xml: bytes) -> tuple[Definition, Model, state.Specs]:
    """Return all that is known of a diagram; raises DiagramRefused."""
    refused = [problem for problem in linting.check(xml) if problem.refused]
    if refused:
        raise DiagramRefused(problems=refused)
    root = read_model(xml)
    model = read_process(root)
    parser = Parser()
    parser.add_bpmn_xml(root, filename=f"{model.process_id}.bpmn")
    digest = hashlib.sha256(xml).hexdigest()
    specs = state.Specs(digest, parser.get_spec(model.process_id), parser.get_subprocess_specs(model.process_id))
    definition = Definition(
        digest=digest,
        process_id=model.process_id,
        name=model.name,
        xml=xml.decode(),
        clocks=model.clocks,
        start_form=model.start_form,
        start_element=model.start_element,
        forms=model.forms,
        names=model.names,
        lanes=model.lanes,
        operations={element: operation.name for element, operation in model.operations.items()},
    )
    return definition, model, specs
