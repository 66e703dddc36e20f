"""The runtime's front door: `(definition, state, input) → Advance`. A workflow is a value (R2)."""

import hashlib
import json
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Self
from uuid import UUID

from SpiffWorkflow.exceptions import WorkflowException

from engine.domain.errors import DiagramRefused, Invalid, TaskClosed
from engine.domain.problems import Problem
from engine.feel import WorkingTime
from engine.runtime import linting, state, throwing
from engine.runtime.catching import Catching
from engine.runtime.contract import Advance, Data, Definition, OpenTask, Running, WaitingTimer
from engine.runtime.expressions import around
from engine.runtime.house import NOT_KNOWN, There
from engine.runtime.intake import read_model
from engine.runtime.iso import due_of
from engine.runtime.loops import Multiple
from engine.runtime.model import Model, read_process
from engine.runtime.nodes import spec_name
from engine.runtime.parsing import Parser
from engine.runtime.resting import MOST_HELD, Fault, StepFailed, Steps
from engine.runtime.snapshot import Snapshot, compare, open_tasks, timer_id_of, timers
from engine.runtime.subprocesses import start
from engine.runtime.tasks import Scripts, is_open
from engine.runtime.triggers import Trigger


class Runtime:
    """Starts, completes, fires and delivers. Keeps nothing between calls but parsed diagrams."""

    def __init__(self, key: bytes, scripts: Scripts | None = None) -> None:
        """Take the key of the MAC over stored states, and what runs scripts in another language than FEEL."""
        self._key = key
        self._scripts = scripts
        self._calendar: WorkingTime | None = None
        self._rests = False
        self._held: Mapping[int, Fault] = {}

    def counting_by(self, calendar: WorkingTime) -> Self:
        """Return the runtime with a calendar that expressions may count working days by."""
        other = copy(self)
        other._calendar = calendar  # noqa: SLF001  # the copy is ours
        return other

    def resting_at(self, held: Mapping[int, Fault]) -> Self:
        """
        Return the runtime for a walk that rests where a step fails, instead of ending with the error.

        `held` are steps of the same walk that are known to fail: operations that could not be carried out.
        """
        other = copy(self)
        other._rests, other._held = True, held  # noqa: SLF001  # the copy is ours
        return other

    def check(self, xml: bytes, there: There = NOT_KNOWN) -> list[Problem]:
        """Return what is wrong with a model; [] when it can be run faithfully."""
        return linting.check(xml, there, scripts_in_feel=self._scripts is None)

    def define(self, xml: bytes, process_id: str | None = None) -> Definition:
        """Return the checked definition of a model's process, the first by default; raises DiagramRefused."""
        return _parsed(xml, process_id, self._scripts is None)[0]

    def start(
        self, definition: Definition, instance_id: str, data: Data, now: datetime, *, element: str | None = None
    ) -> Advance:
        """Start an instance, at a start event if it is named, and walk to where it waits for people or time."""
        _, model, specs = _read(definition, in_feel=self._scripts is None)
        state.require_plain(dict(data))

        def make() -> Any:
            instance = state.opened(specs)
            instance.data.update(_copied(data))
            return instance

        step = _Step(make(), make, model, specs, instance_id, now, definition.decisions)
        return self._walk(step, Snapshot(), lambda instance: start(instance, element and spec_name(element)))

    def complete(self, definition: Definition, running: Running, task_id: str, data: Data, now: datetime) -> Advance:
        """Complete a user task with routing data, by replacement; raises TaskClosed, StateDamaged, Invalid."""
        state.require_plain(dict(data))
        step, _ = self._at_task(definition, running, task_id, now)
        before = Snapshot.of(step.instance, done=task_id)

        def act(instance: Any) -> None:
            task = instance.token(task_id)
            task.workflow.write(task, _copied(data))
            instance.steps.take(task, task.run)

        return self._walk(step, before, act)

    def fail(self, definition: Definition, running: Running, task_id: str, code: str, now: datetime) -> Advance:
        """Let a user task end in a BPMN error; raises TaskClosed, StateDamaged."""
        step, _ = self._at_task(definition, running, task_id, now)
        before = Snapshot.of(step.instance, done=task_id)
        error = Trigger("error", code)
        return self._walk(step, before, lambda instance: throwing.error_of(instance.token(task_id), error))

    def fire(self, definition: Definition, running: Running, timer_id: str, now: datetime) -> Advance:
        """Let a waiting timer fire; raises TaskClosed (it does not wait), StateDamaged."""
        step = self._resumed(definition, running, now)
        token_id, _, _ = timer_id.partition("/")
        token = _found(step.instance, token_id)
        if token is None or not isinstance(token.task_spec, Catching) or timer_id_of(token) != timer_id:
            raise TaskClosed(timer=timer_id)
        before = Snapshot.of(step.instance)

        def act(instance: Any) -> None:
            token = instance.token(token_id)
            token.task_spec.tick(token)

        return self._walk(step, before, act)

    def deliver(self, definition: Definition, running: Running, event: "Delivery", now: datetime) -> Advance:
        """Deliver a message to the token that waits for it, a signal to all; raises TaskClosed when none does."""
        state.require_plain(dict(event.data))
        step = self._resumed(definition, running, now)
        before = Snapshot.of(step.instance)

        def act(instance: Any) -> None:
            trigger, data = Trigger(event.kind, event.name), _copied(event.data)
            if event.kind == "message":
                taken: object = throwing.deliver(instance, trigger, data, event.token_id)
            else:
                taken = throwing.broadcast(instance, trigger, data)
            if not taken:
                raise TaskClosed(event=event.name)

        return self._walk(step, before, act)

    def add_instance(
        self, definition: Definition, running: Running, task_id: str, item: object, now: datetime
    ) -> Advance:
        """Add an instance beside the one whose task is given; raises TaskClosed, Invalid when it is alone."""
        state.require_plain(item)
        step, task = self._at_task(definition, running, task_id, now)
        _body_of(task)

        def act(instance: Any) -> None:
            body = _body_of(instance.token(task_id))
            body.task_spec.loop.add(body, item)

        return self._walk(step, Snapshot.of(step.instance), act)

    def drop_instance(self, definition: Definition, running: Running, task_id: str, now: datetime) -> Advance:
        """Take one instance of several away, as if it had never been; raises TaskClosed, Invalid when it is alone."""
        step, task = self._at_task(definition, running, task_id, now)
        _body_of(task)

        def act(instance: Any) -> None:
            dropped = instance.token(task_id)
            body = _body_of(dropped)
            body.task_spec.loop.drop(body, dropped)

        return self._walk(step, Snapshot.of(step.instance), act)

    def open_tasks(self, definition: Definition, running: Running) -> tuple[OpenTask, ...]:
        """Return the tasks that a stored instance has open."""
        _, model, specs = _read(definition, in_feel=self._scripts is None)
        return open_tasks(state.restored(running, specs, self._key), model)

    def timers(self, definition: Definition, running: Running, now: datetime) -> tuple[WaitingTimer, ...]:
        """Return the timers that a stored instance waits for."""
        step = self._resumed(definition, running, now)
        return timers(step.instance, step.model, lambda iso: due_of(iso, now))

    def _at_task(self, definition: Definition, running: Running, task_id: str, now: datetime) -> "tuple[_Step, Any]":
        step = self._resumed(definition, running, now)
        task = _found(step.instance, task_id)
        if task is None or not is_open(task):
            raise TaskClosed(task=task_id)
        return step, task

    def _resumed(self, definition: Definition, running: Running, now: datetime) -> "_Step":
        _, model, specs = _read(definition, in_feel=self._scripts is None)

        def make() -> Any:
            return state.restored(running, specs, self._key)

        return _Step(make(), make, model, specs, running.instance_id, now, definition.decisions)

    def _rest(self, step: "_Step") -> None:
        """Take all automatic steps."""
        step.instance.take_steps()

    def _try(self, step: "_Step", act: Callable[[Any], object], steps: Steps) -> None:
        instance = step.instance
        instance.scripts, instance.surroundings = self._scripts, around(step.now, self._calendar)
        instance.decisions, instance.steps = step.decisions, steps
        try:
            act(instance)
            self._rest(step)
        except WorkflowException as error:
            raise Invalid(reason="workflow", process=step.model.process_id, detail=str(error)) from error

    def _walk(self, step: "_Step", before: Snapshot, act: Callable[[Any], object]) -> Advance:
        """Act, take all automatic steps, and return what changed against `before`."""
        held = dict(self._held)
        while True:
            try:
                self._try(step, act, Steps(self._rests, held))
                break
            except StepFailed as failed:
                if len(held) >= MOST_HELD:
                    raise Invalid(reason="runaway", process=step.model.process_id) from failed
                held[failed.fault.step] = failed.fault
                step = replace(step, instance=step.make())
        instance = step.instance
        change = compare(instance, step.model, before, lambda iso: due_of(iso, step.now))
        return Advance(state=state.stored(instance, step.instance_id, self._key), **change)


@dataclass(frozen=True)
class Delivery:
    """A message or signal for an instance."""

    kind: str  # message | signal
    name: str
    data: Data
    token_id: str = ""  # which of several waiting tokens gets a message; "" for the oldest


@dataclass(frozen=True)
class _Step:
    """One call's instance and all that belongs to it."""

    instance: Any
    make: Callable[[], Any]  # the instance anew, as it was before the call
    model: Model
    specs: state.Specs
    instance_id: str
    now: datetime
    decisions: Mapping[str, bytes]


def _copied(data: Data) -> dict[str, Any]:
    return json.loads(json.dumps(dict(data)))


def _body_of(task: Any) -> Any:
    body = task.workflow.by_id(task.internal_data.get("body"))
    if body is None or not isinstance(body.task_spec.loop, Multiple):
        raise Invalid(reason="not_several", element=task.task_spec.bpmn_id)
    return body


def _found(instance: Any, token_id: str) -> Any | None:
    try:
        return instance.token(str(UUID(token_id)))
    except ValueError:
        return None


def _read(definition: Definition, *, in_feel: bool) -> tuple[Definition, Model, state.Specs]:
    return _parsed(definition.xml.encode(), definition.process_id, in_feel)


@lru_cache(maxsize=256)
def _parsed(
    xml: bytes, process_id: str | None = None, scripts_in_feel: bool = True
) -> tuple[Definition, Model, state.Specs]:
    """Return all that is known of a diagram; raises DiagramRefused."""
    refused = [problem for problem in linting.check(xml, scripts_in_feel=scripts_in_feel) if problem.refused]
    if refused:
        raise DiagramRefused(problems=refused)
    root = read_model(xml)
    model = read_process(root, process_id)
    parser = Parser()
    parser.add_bpmn_xml(root, filename=f"{model.process_id}.bpmn")
    digest = hashlib.sha256(xml + b"\n" + model.process_id.encode()).hexdigest()
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
        starts=model.starts,
    )
    return definition, model, specs
