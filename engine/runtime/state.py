"""
Workflows at rest.

The stored text refers to the diagram by its digest instead of carrying a copy, and holds the tokens that are there and
no history. It is only read when its version is ours and its MAC is right, because the library evaluates what it finds
in states of older versions.
"""

import hashlib
import hmac
import json
import math
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnSubWorkflowConverter, BpmnWorkflowConverter
from SpiffWorkflow.bpmn.serializer.helpers.bpmn_converter import BpmnConverter
from SpiffWorkflow.bpmn.serializer.workflow import VERSION
from SpiffWorkflow.task import Task

from engine.domain.errors import Invalid, StateDamaged
from engine.runtime.contract import Running, StoredState
from engine.runtime.exact import RESERVED, marked
from engine.runtime.scopes import Inner, Instance, rooted

OURS = f"banjie-2/{VERSION}"
DEEPEST = 32  # lists and objects in each other


@dataclass(frozen=True)
class Specs:
    """A parsed process, shared by all its instances and never changed."""

    digest: str
    process: Any
    inner: dict[str, Any]


class _TokenConverter(BpmnConverter):
    """Keeps of a task what makes it a token: where it is, in which state, and what it knows."""

    def to_dict(self, spec: Any) -> dict[str, Any]:
        kept = {"id": str(spec.id), "spec": spec.task_spec.name, "state": spec.state, "facts": spec.internal_data}
        return kept if spec.parent is not None else {**kept, "root": True}

    def from_dict(self, dct: dict[str, Any], workflow: Any = None) -> Any:
        node = workflow.spec.task_specs[dct["spec"]]
        root = None if dct.get("root") else next(iter(workflow.tasks.values()))
        token = self.target_class(workflow, node, parent=root, state=dct["state"], id=UUID(dct["id"]))
        token.internal_data = dct["facts"]
        token.triggered = root is not None
        return token


class _InnerConverter(BpmnSubWorkflowConverter):
    """Keeps a scope; its spec is found by the token it runs for."""

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        return {"data": workflow.data, "tokens": [self.registry.convert(task) for task in workflow.tasks.values()]}

    def from_dict(self, dct: dict[str, Any], task: Any = None, top_workflow: Any = None) -> Any:
        inner = top_workflow.subprocess_specs[task.task_spec.spec]
        return _filled(self.target_class(inner, task.id, top_workflow, deserializing=True), dct, self.registry)


class _Converter(BpmnWorkflowConverter):
    """Leaves the specs out of the text and takes them from `specs`, set for one reading at a time."""

    specs: Specs

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        kept = {"digest": workflow.digest, "data": workflow.data, "ended": workflow.completed}
        kept["tokens"] = [self.registry.convert(task) for task in workflow.tasks.values()]
        kept["inner"] = self.mapping_to_dict(workflow.subprocesses)
        return kept

    def from_dict(self, dct: dict[str, Any]) -> Any:
        top = self.target_class(self.specs.process, self.specs.inner, deserializing=True)
        _filled(top, dct, self.registry)
        top.completed = dct["ended"]
        for key, kept in dct["inner"].items():  # the outer ones come first
            host = top.token(key)
            top.subprocesses[UUID(key)] = self.registry.restore(kept, task=host, top_workflow=top)
        return top


def _filled(scope: Any, kept: dict[str, Any], registry: Any) -> Any:
    scope.data = kept["data"]
    for token in kept["tokens"]:
        registry.restore(token, workflow=scope)
    scope.task_tree = next(iter(scope.tasks.values()))
    return scope


def _serializer(specs: Specs) -> BpmnWorkflowSerializer:
    """Return a serializer of its own: the library's registry keeps a flag that two threads must not share."""
    converter = type("Converter", (_Converter,), {"specs": specs})
    config = {**DEFAULT_CONFIG, Instance: converter, Inner: _InnerConverter, Task: _TokenConverter}
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))


def opened(specs: Specs) -> Any:
    """Return a new instance without any token."""
    instance = rooted(Instance(specs.process, specs.inner))
    instance.digest = specs.digest
    return instance


def stored(instance: Any, specs: Specs, instance_id: str, key: bytes) -> StoredState:
    """Return the instance as text with version and MAC; the order of its keys matters."""
    serializer = _serializer(specs)
    text = json.dumps(serializer.to_dict(instance), ensure_ascii=False, separators=(",", ":"))
    return StoredState(text=text, version=OURS, mac=_mac(key, instance_id, OURS, text))


def restored(running: Running, specs: Specs, key: bytes) -> Any:
    """Return the instance; raises StateDamaged before a single character of a wrong text is read."""
    state, instance_id = running.state, running.instance_id
    if state.version != OURS:
        raise StateDamaged(instance=instance_id, reason="version", version=state.version)
    if not hmac.compare_digest(_bytes(state.mac), _bytes(_mac(key, instance_id, state.version, state.text))):
        raise StateDamaged(instance=instance_id, reason="mac")
    kept = json.loads(state.text)
    if kept.get("digest") != specs.digest:
        raise StateDamaged(instance=instance_id, reason="definition")
    instance: Any = _serializer(specs).from_dict(kept)
    instance.digest = specs.digest
    return instance


def require_plain(value: Any, depth: int = 0) -> None:
    """Refuse data that could not be stored, or that the library would take for an object of its own."""
    if depth > DEEPEST:
        raise Invalid(reason="too_deep")
    if isinstance(value, dict):
        if RESERVED in value or marked(value) or not all(isinstance(key, str) for key in value):
            raise Invalid(reason="reserved_key")
        for inner in value.values():
            require_plain(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            require_plain(inner, depth + 1)
    elif not (value is None or isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value))):
        raise Invalid(reason="not_json", type=type(value).__name__)


def _mac(key: bytes, instance_id: str, version: str, text: str) -> str:
    return hmac.new(key, _bytes(f"{instance_id}\n{version}\n{text}"), hashlib.sha256).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
