"""Comparing a workflow before and after a step: what opened, closed, waits and was walked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, UserTask
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.util.task import TaskState

from engine.runtime.contract import Action, ClockUse, OpenTask, WaitingTimer
from engine.runtime.model import Model
from engine.runtime.specs import ToldTimer

LIVE = TaskState.READY | TaskState.STARTED | TaskState.WAITING
REACHED = LIVE | TaskState.FINISHED_MASK


@dataclass(frozen=True)
class Snapshot:
    """What was live before the step."""

    open_tasks: frozenset[str]
    activities: frozenset[str]  # ids of live user tasks and sub-processes

    @staticmethod
    def empty() -> "Snapshot":
        """Return the snapshot of what has not begun."""
        return Snapshot(frozenset(), frozenset())

    @staticmethod
    def of(workflow: Any, done: str | None = None) -> "Snapshot":
        """Return what is live; `done` is the task about to be completed, which is not missed afterwards."""
        live = [task for task in all_tasks(workflow) if _is_activity(task)]
        users = frozenset(str(t.id) for t in live if isinstance(t.task_spec, UserTask)) - {done}
        return Snapshot(users, frozenset(str(task.id) for task in live))


def all_tasks(workflow: Any) -> list[Any]:
    """Return every task of the workflow and its sub-processes."""
    return [task for scope in (workflow, *workflow.subprocesses.values()) for task in scope.tasks.values()]


def compare(workflow: Any, model: Model, before: Snapshot, due_of: Callable[[str], datetime]) -> dict[str, Any]:
    """Return the fields of an Advance but for its state."""
    tasks = all_tasks(workflow)
    live = [task for task in tasks if _is_activity(task)]
    users = [task for task in live if isinstance(task.task_spec, UserTask)]
    open_now = {str(task.id) for task in users}
    entered = [task for task in live if str(task.id) not in before.activities]
    return {
        "opened": tuple(_open_task(task, model) for task in users if str(task.id) not in before.open_tasks),
        "cancelled": tuple(sorted(before.open_tasks - open_now)),
        "timers": tuple(_timer(task, model, due_of) for task in tasks if _is_waiting_timer(task)),
        "clocks": tuple(use for task in entered for use in _clock_uses(task, model)),
        "actions": tuple(_action(asked, model) for asked in workflow.asked),
        "passed": tuple(_passed(tasks, model)),
        "active": frozenset(task.task_spec.bpmn_id for task in live),
    }


def _is_activity(task: Any) -> bool:
    if isinstance(task.task_spec, UserTask):
        return task.state == TaskState.READY
    return isinstance(task.task_spec, SubWorkflowTask) and task.has_state(LIVE)


def _is_waiting_timer(task: Any) -> bool:
    definition = getattr(task.task_spec, "event_definition", None)
    return task.state == TaskState.WAITING and isinstance(definition, ToldTimer)


def _open_task(task: Any, model: Model) -> OpenTask:
    element: str = task.task_spec.bpmn_id
    return OpenTask(
        id=str(task.id),
        element_id=element,
        name=model.names.get(element, element),
        lane=model.lanes.get(element, ""),
        form=model.forms.get(element),
        candidates=model.candidates.get(element, {}),
        documentation=model.documentation.get(element, ""),
    )


def _timer(task: Any, model: Model, due_of: Callable[[str], datetime]) -> WaitingTimer:
    meta = model.timers[task.task_spec.bpmn_id]
    known = task.internal_data.get("due_at")
    if meta.iso and known is None:
        known = due_of(meta.iso).isoformat()
        task.internal_data["due_at"] = known  # met once: later looks must not move it
    return WaitingTimer(
        id=str(task.id),
        element_id=meta.element_id,
        name=meta.name,
        host_task_id=_host(task),
        host_element_id=meta.host,
        interrupting=meta.interrupting,
        clock=meta.clock,
        moment=meta.moment,
        offset=meta.offset,
        due_at=datetime.fromisoformat(known) if known else None,
    )


def _host(task: Any) -> str | None:
    """Return the user task a boundary timer sits on, None for a sub-process or an event in the flow."""
    if not isinstance(task.task_spec, BoundaryEvent):
        return None
    main = next(child for child in task.parent.children if not isinstance(child.task_spec, BoundaryEvent))
    return str(main.id) if isinstance(main.task_spec, UserTask) else None


def _clock_uses(task: Any, model: Model) -> list[ClockUse]:
    element = task.task_spec.bpmn_id
    uses = [ClockUse(key, element) for key, rule in model.clocks.items() if rule.starts_on == f"enter:{element}"]
    private = (timer for timer in model.timers.values() if timer.host == element and timer.clock == timer.element_id)
    return uses + [ClockUse(timer.element_id, element) for timer in private]


def _action(asked: tuple[str, str, dict[str, Any]], model: Model) -> Action:
    action_id, element, data = asked
    operation = model.operations[element]
    return Action(action_id, element, operation.name, operation.parameters, data)


def _passed(tasks: list[Any], model: Model) -> list[str]:
    """Return ids of the elements and flows that a token has reached, as far as the pruned tree still shows them."""
    found: dict[str, None] = {}
    for task in tasks:
        element = getattr(task.task_spec, "bpmn_id", None)
        if element not in model.names and element not in model.operations and element not in model.timers:
            continue
        waits_aside = isinstance(task.task_spec, BoundaryEvent) and not task.has_state(TaskState.COMPLETED)
        if waits_aside or not task.has_state(REACHED):
            continue
        flow = model.flows.get((_source(task, model), element))
        if flow is not None:
            found[flow] = None
        if task.state == TaskState.COMPLETED:
            found[element] = None
    return list(found)


def _source(task: Any, model: Model) -> str:
    """Return the id of the element a token came from, past the library's own tasks in between."""
    parent = task.parent
    while parent is not None:
        element = getattr(parent.task_spec, "bpmn_id", None)
        if any(source == element for source, _ in model.flows):
            return str(element)
        parent = parent.parent
    return ""
