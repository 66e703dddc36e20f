"""
The nodes of a diagram as SpiffWorkflow task specs, and how a token passes them.

The library predicts the tasks that may come and joins branches by looking back in the tree it has grown; both go wrong
in loops. Here a task of the library is a token and nothing else: it is made when it is there, gone when it has passed,
and a join counts tokens by the flow they came on. So cost does not grow with history.
"""

from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.util.task import TaskState

from engine.domain.errors import Invalid

LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED


@dataclass(frozen=True)
class Flow:
    """A sequence flow that leaves a node."""

    id: str | None  # None where a link event jumps
    target: str  # name of the node's task spec
    condition: str | None = None
    is_default: bool = False


def spec_name(element_id: str) -> str:
    """Return the name of an element's task spec: never one of the library's own (Start, End, Root)."""
    return f"node:{element_id}"


class Node(BpmnTaskSpec):
    """A flow node: a token arrives, is run, and leaves on the flows it chooses."""

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the node to its process."""
        super().__init__(wf_spec, spec_name(element_id), **extra)
        self.bpmn_id = element_id
        self.flows: list[Flow] = []
        self.arriving: list[str | None] = []  # ids of the flows that lead here
        self.is_conditional = False  # whether a condition makes a waiting token go on

    def prepare(self, token: Any) -> None:
        """Write on a token what it needs to know while it is here."""

    def arrive(self, token: Any) -> bool:
        """Receive a token; return whether it can be run now, else leave it waiting."""
        return True

    def run(self, token: Any) -> bool:
        """Do what the node does; return whether it is done, else it goes on later."""
        return True

    def is_idle(self, token: Any) -> bool:
        """Return whether a token here keeps nothing going: its scope may end without it."""
        return False

    def join_late(self, token: Any) -> bool:
        """Fire a join whose missing tokens can no longer come; return whether it did."""
        return False

    def test_condition(self, token: Any) -> None:
        """Look whether a condition that a waiting token stands for has come true."""

    def leave(self, token: Any) -> None:
        """Let the token go on its way: it is used up, and new ones follow the flows."""
        scope = token.workflow
        flows = self.chosen(token)
        scope.consume(token)
        scope.follow(self, flows)

    def chosen(self, token: Any) -> list[Flow]:
        """Return the flows to follow: those without condition, and those whose condition holds or else the default."""
        plain = [flow for flow in self.flows if flow.condition is None and not flow.is_default]
        held = [flow for flow in self.flows if flow.condition is not None and self._open(flow, token)]
        taken = plain + (held or [flow for flow in self.flows if flow.is_default])
        if self.flows and not taken:
            raise Invalid(reason="no_way", element=self.bpmn_id)
        return [flow for flow in self.flows if flow in taken]

    def _open(self, flow: Flow, token: Any) -> bool:
        return flow.condition is None or token.workflow.holds(flow.condition, token)

    # What the library calls

    def test(self) -> None:
        """Accept a node without flows: start events, handlers and event sub-processes have none that lead here."""

    def _predict_hook(self, my_task: Any) -> None:
        """Predict nothing."""

    def _update_hook(self, my_task: Any) -> Any:
        return self.arrive(my_task)

    def _on_ready_hook(self, my_task: Any) -> None:
        super()._on_ready_hook(my_task)
        if not self.manual:
            my_task.workflow.top_workflow.ready.append(my_task)

    def _run_hook(self, my_task: Any) -> Any:
        return True if self.run(my_task) else None

    def _on_complete_hook(self, my_task: Any) -> None:
        if my_task.id in my_task.workflow.tasks:  # what it did may have ended it
            self.leave(my_task)


class Start(Node):
    """A start event."""

    is_plain = True  # whether it waits for nothing


class Root(BpmnTaskSpec):
    """What holds the tokens of a scope; it is done when the scope begins."""

    def test(self) -> None:
        """Accept that nothing leads here."""

    def _predict_hook(self, my_task: Any) -> None:
        """Predict nothing."""


class ScopeSpec(BpmnProcessSpec):
    """A process or sub-process: its nodes, and none of the library's own between them."""

    is_embedded = False  # whether it shares the data of the scope around
    listeners: list[str]  # names of its event sub-processes
    compensator: str | None = None  # name of the event sub-process that compensates it as a whole
    beginnings: list[str]  # names of the nodes it starts at

    def __init__(self, **named: Any) -> None:
        """Make an empty spec."""
        super().__init__(**named)
        self.task_specs.clear()
        self.start = Root(self, "root")
        self.listeners = []
        self.beginnings = []


class Activity(Node):
    """What may have boundary events, a loop, and handlers that compensate it: tasks and sub-processes."""

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the activity to its process."""
        super().__init__(wf_spec, element_id, **extra)
        self.boundary: list[str] = []  # names of the boundary events attached
        self.handler: str | None = None  # name of the activity that compensates it
        self.loop: Any = None  # engine.runtime.loops.Loop
        self.start_quantity = 1
        self.completion_quantity = 1
        self.is_handler = False

    def arrive(self, token: Any) -> bool:
        """Take the tokens needed, attach what waits at the boundary, and begin."""
        facts = token.internal_data
        if "body" in facts:
            return self.begin(token)
        if not self._enough(token):
            return False
        for name in self.boundary:
            token.workflow.enter(name, host=str(token.id))
            if token.id not in token.workflow.tasks:  # a condition at the boundary held already
                return False
        if self.loop is not None:
            token._set_state(TaskState.STARTED)  # noqa: SLF001  # as the library's own sub-processes do
            return bool(self.loop.open(token))
        return self.begin(token)

    def begin(self, token: Any) -> bool:
        """Start the activity itself, once or once for each instance of its loop."""
        return True

    def leave(self, token: Any) -> None:
        """End one instance of a loop, or the activity."""
        body = token.workflow.by_id(token.internal_data.get("body"))
        if body is not None:
            self.loop.ended(body, token)
            return
        self.finish(token)

    def finish(self, token: Any) -> None:
        """End the activity: nothing waits at its boundary any more, and its tokens go on."""
        scope = token.workflow
        scope.detach(token)
        thrower = scope.top_workflow.token(token.internal_data.get("compensates"))
        if thrower is None:
            scope.remember(self, token)
            flows = self.chosen(token) * self.completion_quantity
        else:
            thrower.task_spec.compensated(thrower)
            flows = []  # what compensates goes nowhere
        scope.consume(token)
        scope.follow(self, flows)

    def _enough(self, token: Any) -> bool:
        if self.start_quantity == 1:
            return True
        waiting = [other for other in token.workflow.at(self) if other.state == TaskState.WAITING]
        if len(waiting) < self.start_quantity:
            return False
        for other in [other for other in waiting if other is not token][: self.start_quantity - 1]:
            token.workflow.consume(other)
        return True
