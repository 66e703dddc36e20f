"""
Workflows at rest.

The stored text refers to the diagram by its digest instead of carrying a copy; finished branches are dropped, so that
cost does not grow with history; and the text is only read when its version is ours and its MAC is right, because the
library evaluates what it finds in states of older versions.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter
from SpiffWorkflow.bpmn.serializer.workflow import VERSION
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from engine.domain.errors import Invalid, StateDamaged
from engine.runtime.contract import Running, StoredState
from engine.runtime.specs import script_engine

OURS = f"banjie-1/{VERSION}"


@dataclass(frozen=True)
class Specs:
    """A parsed process, shared by all its instances and never changed."""

    digest: str
    process: Any
    inner: dict[str, Any]


class _Converter(BpmnWorkflowConverter):
    """Leaves the specs out of the text and takes them from `specs`, set for one reading at a time."""

    specs: Specs

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        kept = super(BpmnWorkflowConverter, self).to_dict(workflow)
        kept["digest"] = workflow.digest
        kept["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        return kept

    def from_dict(self, dct: dict[str, Any]) -> Any:
        workflow = self.target_class(self.specs.process, self.specs.inner, deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks.get(UUID(dct["root"]))
        self.set_default_attributes(workflow, dct)
        self.subprocesses_from_dict(dct["subprocesses"], workflow)
        return workflow


def _serializer(specs: Specs) -> BpmnWorkflowSerializer:
    """Return a serializer of its own: the library's registry keeps a flag that two threads must not share."""
    converter = type("Converter", (_Converter,), {"specs": specs})
    config = {**DEFAULT_CONFIG, BpmnWorkflow: converter}
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))


def opened(specs: Specs) -> Any:
    """Return a new workflow."""
    return _equipped(BpmnWorkflow(specs.process, specs.inner, script_engine=script_engine()), specs)


def stored(workflow: Any, specs: Specs, instance_id: str, key: bytes) -> StoredState:
    """Return the workflow as text with version and MAC; the order of its keys matters."""
    serializer = _serializer(specs)
    serializer.registry._encoder_mode = True  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # as its own
    text = json.dumps(serializer.to_dict(workflow), ensure_ascii=False, separators=(",", ":"))
    return StoredState(text=text, version=OURS, mac=_mac(key, instance_id, OURS, text))


def restored(running: Running, specs: Specs, key: bytes) -> Any:
    """Return the workflow; raises StateDamaged before a single character of a wrong text is read."""
    state, instance_id = running.state, running.instance_id
    if state.version != OURS:
        raise StateDamaged(instance=instance_id, reason="version", version=state.version)
    if not hmac.compare_digest(state.mac, _mac(key, instance_id, state.version, state.text)):
        raise StateDamaged(instance=instance_id, reason="mac")
    kept = json.loads(state.text)
    if kept.get("digest") != specs.digest:
        raise StateDamaged(instance=instance_id, reason="definition")
    workflow = _equipped(_serializer(specs).from_dict(kept), specs)
    workflow.script_engine = script_engine()
    return workflow


def require_plain(value: Any) -> None:
    """Refuse data that could not be stored, or that the library would take for an object of its own."""
    if isinstance(value, dict):
        if "typename" in value or not all(isinstance(key, str) for key in value):
            raise Invalid(reason="reserved_key")
        for inner in value.values():
            require_plain(inner)
    elif isinstance(value, list):
        for inner in value:
            require_plain(inner)
    elif value is not None and not isinstance(value, (str, int, float, bool)):
        raise Invalid(reason="not_json", type=type(value).__name__)


def _equipped(workflow: Any, specs: Specs) -> Any:
    workflow.digest = specs.digest
    workflow.asked = []
    return workflow


def _mac(key: bytes, instance_id: str, version: str, text: str) -> str:
    return hmac.new(key, f"{instance_id}\n{version}\n{text}".encode(), hashlib.sha256).hexdigest()
