"""Our kinds of SpiffWorkflow's building blocks, plugged in by its own extension points; nothing of it is patched."""

import json
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.BpmnParser import full_tag
from SpiffWorkflow.bpmn.parser.event_parsers import BoundaryEventParser, IntermediateCatchEventParser
from SpiffWorkflow.bpmn.parser.task_parsers import GatewayParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, IntermediateCatchEvent, ParallelGateway
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.domain.errors import Refused
from engine.runtime.expressions import evaluate


class ToldTimer(TimerEventDefinition):
    """A timer that asks no clock: it fires when the engine says that its instant has come."""

    def has_fired(self, my_task: Any) -> bool:
        """Return whether it was told to fire."""
        return EventDefinition.has_fired(self, my_task)

    def tell(self, my_task: Any) -> None:
        """Let it fire at the next look."""
        my_task._set_internal_data(event_fired=True)  # noqa: SLF001  # the library's way to keep a task's own data


class OperationTask(BpmnSpecMixin):
    """A service task: it completes at once, and leaves word of what it asks for with its workflow."""

    def _run_hook(self, my_task: Any) -> Any:
        asked = my_task.workflow.top_workflow.asked
        asked.append((str(my_task.id), self.bpmn_id, json.loads(json.dumps(my_task.data))))
        return True


class MergingGateway(ParallelGateway):
    """
    A parallel gateway whose join keeps every branch's changes.

    The library lets the branch that finishes last overwrite the others with its stale copies, and merges lists item by
    item. Here each branch brings only the values it changed since the split, whole.
    """

    def _run_hook(self, my_task: Any) -> Any:
        arrived = [
            task
            for task in my_task.workflow.tasks.values()
            if task.task_spec is self
            and task is not my_task
            and task.has_state(TaskState.FINISHED_MASK)
            and task.parent is not None
            and not my_task.is_descendant_of(task)
        ]
        branches = [*sorted(arrived, key=lambda task: task.last_state_change), my_task]
        if len(branches) == 1:
            my_task._inherit_data()  # noqa: SLF001  # as the library's own join does
            return True
        base = _split_of(branches).data
        merged = dict(base)
        for branch in branches:
            merged |= {key: value for key, value in branch.parent.data.items() if key not in base or base[key] != value}
        my_task.data = json.loads(json.dumps(merged))
        for task in arrived:
            if task.state == TaskState.COMPLETED:
                task._drop_children(force=True)  # noqa: SLF001  # as the library's own join does
        return True


def _split_of(branches: list[Any]) -> Any:
    """Return the last task that all branches descend from."""
    shared = {id(task) for task in _ancestors(branches[0])}
    for branch in branches[1:]:
        shared &= {id(task) for task in _ancestors(branch)}
    return next(task for task in _ancestors(branches[-1]) if id(task) in shared)


def _ancestors(task: Any) -> list[Any]:
    found: list[Any] = []
    while task is not None:
        found.append(task)
        task = task.parent
    return found


class _ToldTimerMixin:
    node: Any

    def parse_timer_event(self, event: Any) -> Any:
        """Return our timer; what it waits for is read from the model, not from the library's expression."""
        return ToldTimer(self.node.get("id"), None, description="Timer")


class _BoundaryParser(_ToldTimerMixin, BoundaryEventParser):
    pass


class _CatchParser(_ToldTimerMixin, IntermediateCatchEventParser):
    pass


class Parser(BpmnParser):
    """The library's parser with our kinds."""

    OVERRIDE_PARSER_CLASSES = {
        full_tag("boundaryEvent"): (_BoundaryParser, BoundaryEvent),
        full_tag("intermediateCatchEvent"): (_CatchParser, IntermediateCatchEvent),
        full_tag("serviceTask"): (TaskParser, OperationTask),
        full_tag("parallelGateway"): (GatewayParser, MergingGateway),
    }


class SafeEnvironment(BasePythonScriptEngineEnvironment):
    """Where the library would run Python: it gets our conditions, and no script at all."""

    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> Any:
        """Return a condition's value; raises ExpressionInvalid."""
        return evaluate(expression, context)

    def execute(self, script: str, context: Any, external_context: Any = None) -> bool:
        """Refuse, always."""
        raise Refused(what="script")

    def call_service(self, *_: Any, **__: Any) -> None:
        """Refuse, always: operations have their own way."""
        raise Refused(what="service")


def script_engine() -> PythonScriptEngine:
    """Return the library's engine around our environment."""
    return PythonScriptEngine(SafeEnvironment({}))
