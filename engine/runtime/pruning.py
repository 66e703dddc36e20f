"""
Dropping finished history from a workflow.

What happened is in our own tables; the token game needs only what is still live and the joins of an unfinished round.
Without this a loop grows without bound, and joins inside loops fire too early (docs/decisions/0002).
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.util.task import TaskState

FINISHED = TaskState.FINISHED_MASK


def prune(workflow: Any) -> None:
    """Drop finished leaves and splice out finished tasks in a row, in the workflow and its running sub-processes."""
    _Pruner(workflow, workflow).run()
    for inner in list(workflow.subprocesses.values()):
        if not inner.completed and inner.task_tree is not None:
            _Pruner(inner, workflow).run()
    for task_id, inner in list(workflow.subprocesses.items()):
        if inner.completed:
            del workflow.subprocesses[task_id]


class _Pruner:
    """Prunes one (sub)workflow."""

    def __init__(self, workflow: Any, top: Any) -> None:
        self._workflow = workflow
        self._tasks: dict[Any, Any] = workflow.tasks
        self._top = top
        self._fired: dict[str, float] = {}
        for task in self._tasks.values():
            if isinstance(task.task_spec, UnstructuredJoin) and task.state == TaskState.COMPLETED:
                name = task.task_spec.name
                self._fired[name] = max(self._fired.get(name, 0.0), task.last_state_change)

    def run(self) -> None:
        """Drop what can go, until nothing more can."""
        work = sorted(
            (task for task in self._tasks.values() if task.has_state(FINISHED)), key=lambda t: -t.last_state_change
        )
        changed = True
        while changed:
            left = [task for task in work if task.id in self._tasks and not self._removed(task)]
            changed = len(left) < len(work)
            work = left

    def _removed(self, task: Any) -> bool:
        if self._pinned(task) or task.parent is None or not task.parent.has_state(FINISHED):
            return False
        children = task._children  # noqa: SLF001  # the library's tree of ids
        if not children:
            task.parent._children.remove(task.id)  # noqa: SLF001  # see above
        elif len(children) == 1 and self._may_splice(self._tasks[children[0]]):
            siblings = task.parent._children  # noqa: SLF001  # see above
            siblings[siblings.index(task.id)] = children[0]
            self._tasks[children[0]]._parent = task.parent.id  # noqa: SLF001  # see above
        else:
            return False
        self._forget(task)
        return True

    def _may_splice(self, child: Any) -> bool:
        return child.has_state(FINISHED) and not (isinstance(child.task_spec, UnstructuredJoin) and self._pinned(child))

    def _pinned(self, task: Any) -> bool:
        """Return whether a task must stay: the root, the last one, a token that waits at a join of this round."""
        if task is self._workflow.task_tree or task is self._workflow.last_task:
            return True
        if isinstance(task.task_spec, UnstructuredJoin) and task.state != TaskState.COMPLETED:
            return task.last_state_change > self._fired.get(task.task_spec.name, -1.0)
        return False

    def _forget(self, task: Any) -> None:
        del self._tasks[task.id]
        self._top.subprocesses.pop(task.id, None)
