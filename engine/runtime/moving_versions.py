"""Moving an instance to another version of its process: what stands in the way, and what hangs on its tokens."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.runtime.model import Model
from engine.runtime.nodes import Activity
from engine.runtime.state import Specs
from engine.runtime.subprocesses import EventSubProcess
from engine.runtime.tasks import User


@dataclass(frozen=True)
class Obstacle:
    """Why an instance cannot move to a version, and at which element."""

    reason: str  # gone | kind | repetition | form | flow | compensation
    element: str


@dataclass(frozen=True)
class Version:
    """One version of a process: its specs and its model."""

    specs: Specs
    model: Model

    def scope(self, running: Any) -> Any | None:
        """Return the spec that a running scope has in this version, or None."""
        return self.specs.process if running.host is None else self.specs.inner.get(running.spec.name)


def obstacles(instance: Any, old: Version, new: Version) -> list[Obstacle]:
    """Return what stands in the way; [] when every token has its place in the new version."""
    return list(dict.fromkeys(found for scope in instance.scopes() for found in _of_scope(scope, old, new)))


def hangs(token: Any) -> bool:
    """Return whether a token only listens for something else: at a boundary, or as an event sub-process."""
    return "host" in token.internal_data or (
        isinstance(token.task_spec, EventSubProcess) and token.task_spec.waits(token)
    )


def drop_listeners(instance: Any, new: Version) -> None:
    """Take away what listens for events that the new version has not, or has elsewhere."""
    for scope in instance.scopes():
        spec = new.scope(scope)
        for token in scope.tokens():
            if hangs(token) and not _stays(token, spec):
                scope.cancel_token(token)


def add_listeners(instance: Any, old: Version) -> None:
    """Let the new version's further boundary events and event sub-processes listen; `instance` is of that version."""
    for scope in instance.scopes():
        before = old.scope(scope)
        there = {(token.task_spec.name, token.internal_data.get("host")) for token in scope.tokens()}
        for token in scope.tokens():
            if isinstance(token.task_spec, Activity) and "body" not in token.internal_data and not hangs(token):
                host = str(token.id)
                added = [n for n in token.task_spec.boundary if (n, host) not in there and _is_new(n, before, scope)]
                for name in added:
                    scope.enter(name, host=host)
        for name in scope.spec.listeners:
            if _is_new(name, before, scope):
                scope.enter(name)


def _is_new(name: str, before: Any, scope: Any) -> bool:
    """Return whether an event was not in the version before, or was another one."""
    known, node = before.task_specs.get(name), scope.spec.task_specs[name]
    return known is None or type(known) is not type(node) or known.triggers != node.triggers


def _of_scope(scope: Any, old: Version, new: Version) -> Iterator[Obstacle]:
    spec = new.scope(scope)
    if spec is None:
        yield Obstacle("gone", scope.spec.name)
        return
    for token in scope.tokens():
        if not hangs(token):
            yield from _of_token(token, spec, (old.model, new.model))
    for record in scope.done:
        if record.get("node", "") not in spec.task_specs:
            yield Obstacle("compensation", str(record.get("node", "")).removeprefix("node:"))


def _of_token(token: Any, spec: Any, models: tuple[Model, Model]) -> Iterator[Obstacle]:
    node, facts = token.task_spec, token.internal_data
    there, element = spec.task_specs.get(node.name), node.bpmn_id
    if there is None:
        yield Obstacle("gone", element)
        return
    if type(there) is not type(node):
        yield Obstacle("kind", element)
        return
    if isinstance(node, Activity) and type(there.loop) is not type(node.loop):
        yield Obstacle("repetition", element)
    if {"compensates", "queue"} & set(facts):
        yield Obstacle("compensation", element)
    if not isinstance(node, Activity) and "flow" in facts and facts["flow"] not in there.arriving:
        yield Obstacle("flow", element)
    if isinstance(there, User) and models[0].forms.get(element) != models[1].forms.get(element):
        yield Obstacle("form", element)


def _stays(token: Any, spec: Any) -> bool:
    node = token.task_spec
    there = spec.task_specs.get(node.name)
    if there is None or type(there) is not type(node) or there.triggers != node.triggers:
        return False
    host = token.workflow.by_id(token.internal_data.get("host"))
    return host is None or node.name in getattr(spec.task_specs.get(host.task_spec.name), "boundary", ())
