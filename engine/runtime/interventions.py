"""What an administrator may do to a running instance beside the diagram: move a token, change data, change version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.domain.errors import Invalid, TaskClosed
from engine.runtime import moving_versions, state
from engine.runtime.advance import (  # the same room: a Runtime with more to it
    _copied,  # pyright: ignore[reportPrivateUsage]
    _found,  # pyright: ignore[reportPrivateUsage]
    _read,  # pyright: ignore[reportPrivateUsage]
    _Step,  # pyright: ignore[reportPrivateUsage]
)
from engine.runtime.contract import Advance, Data, Definition, Running
from engine.runtime.going_on import RestingRuntime
from engine.runtime.moving_versions import Obstacle, Version
from engine.runtime.nodes import spec_name
from engine.runtime.positions import is_movable, targets_of
from engine.runtime.snapshot import Snapshot, is_live


@dataclass(frozen=True)
class Place:
    """A token that may be moved, and the elements it may be moved to."""

    token_id: str  # of a user task: the task's id
    element_id: str
    targets: tuple[str, ...]


class InterventionRuntime(RestingRuntime):
    """A runtime that also lets an administrator intervene."""

    def places(self, definition: Definition, running: Running) -> tuple[Place, ...]:
        """Return every token that may be moved; raises StateDamaged."""
        instance = self._loaded(definition, running)
        movable = [token for token in instance.all_tokens() if is_movable(token)]
        return tuple(Place(str(token.id), token.task_spec.bpmn_id, targets_of(token)) for token in movable)

    def data(self, definition: Definition, running: Running) -> Data:
        """Return the data of the process itself; raises StateDamaged."""
        return _copied(self._loaded(definition, running).data)

    def active(self, definition: Definition, running: Running) -> frozenset[str]:
        """Return the ids of all activities that hold a token; raises StateDamaged."""
        tokens = self._loaded(definition, running).all_tokens()
        return frozenset(token.task_spec.bpmn_id for token in tokens if is_live(token))

    def move(self, definition: Definition, running: Running, token_id: str, element: str, now: datetime) -> Advance:
        """Move a token to one of its targets; raises TaskClosed, Invalid (no target of it), StateDamaged."""
        step = self._resumed(definition, running, now)
        token = _found(step.instance, token_id)
        if token is None or not is_movable(token):
            raise TaskClosed(task=token_id)
        if element not in targets_of(token):
            raise Invalid(reason="no_target", element=element)

        def act(instance: Any) -> None:
            moved = instance.token(token_id)
            scope = moved.workflow
            scope.cancel_token(moved)
            scope.enter(spec_name(element))

        return self._walk(step, Snapshot.of(step.instance), act)

    def change_data(self, definition: Definition, running: Running, values: Data, now: datetime) -> Advance:
        """Set some data of the process, by replacement; raises Invalid, StateDamaged."""
        state.require_plain(dict(values))
        step = self._resumed(definition, running, now)
        return self._walk(step, Snapshot.of(step.instance), lambda instance: instance.data.update(_copied(values)))

    def obstacles(self, definition: Definition, running: Running, target: Definition) -> tuple[Obstacle, ...]:
        """Return what keeps an instance from another version of its process; raises StateDamaged."""
        found = moving_versions.obstacles(self._loaded(definition, running), self._of(definition), self._of(target))
        return tuple(found)

    def migrate(self, definition: Definition, running: Running, target: Definition, now: datetime) -> Advance:
        """
        Move an instance to another version: tasks keep their ids, timers their instants.

        What was written is loaded again and its tasks compared before it is returned. Raises Invalid where an obstacle
        is in the way, StateDamaged.
        """
        found = self.obstacles(definition, running, target)
        if found:
            raise Invalid(reason="not_migratable", element=found[0].element, why=found[0].reason)
        old, new = self._of(definition), self._of(target)
        instance = self._loaded(definition, running)
        before = Snapshot.of(instance)
        moving_versions.drop_listeners(instance, new)
        instance.digest = new.specs.digest
        kept = Running(running.instance_id, state.stored(instance, running.instance_id, self._key))

        def make() -> Any:
            return state.restored(kept, new.specs, self._key)

        step = _Step(make(), make, new.model, new.specs, running.instance_id, now, target.decisions)
        advance = self._walk(step, before, lambda moved: moving_versions.add_listeners(moved, old))
        self._compare(target, Running(running.instance_id, advance.state), before, advance)
        return advance

    def _compare(self, target: Definition, running: Running, before: Snapshot, advance: Advance) -> None:
        expected = {*before.open_tasks, *(task.id for task in advance.opened)} - set(advance.cancelled)
        if {task.id for task in self.open_tasks(target, running)} != expected:
            raise Invalid(reason="not_migratable", element="", why="compare")

    def _of(self, definition: Definition) -> Version:
        _, model, specs = _read(definition, in_feel=self._scripts is None)
        return Version(specs, model)

    def _loaded(self, definition: Definition, running: Running) -> Any:
        return state.restored(running, self._of(definition).specs, self._key)
