"""
Scopes: a process or sub-process that runs, as a workflow of SpiffWorkflow whose tasks are tokens.

Data belong to the scope and not to the token, so parallel branches see each other's writes and a join has nothing to
merge. Steps are taken one at a time, so an event that interrupts does so before anything else happens.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.domain.errors import Invalid
from engine.feel import Surroundings
from engine.runtime.contract import Decided, Thrown
from engine.runtime.no_python import NO_PYTHON
from engine.runtime.nodes import Flow, Node
from engine.runtime.resting import Steps, is_failed
from engine.runtime.scope_data import Compensation, ScopeData

MOST_STEPS = 5000  # automatic steps of one advance; more is a loop that no person stops


@dataclass(frozen=True)
class Asked:
    """What a service task asks for; `step` is the number of the step that reached it."""

    token_id: str
    element_id: str
    seen: dict[str, Any]
    parameters: dict[str, Any]
    step: int


class Tokens(ScopeData, Compensation):
    """What a scope does with its tokens; mixed into the library's workflows."""

    spec: Any
    tasks: dict[UUID, Any]
    task_tree: Any
    data: dict[str, Any]
    completed: bool

    @property
    def top(self) -> Any:
        """Return the instance that the scope belongs to."""
        return getattr(self, "top_workflow")  # noqa: B009  # a property in one of the library's classes, not in the other

    # Tokens

    def enter(self, name: str, flow: str | None = None, **facts: Any) -> Any:
        """Put a token on a node; `flow` is the one it came on."""
        if flow is not None:
            facts["flow"] = flow
        token = self.task_tree._add_child(self.spec.task_specs[name], TaskState.WAITING)  # noqa: SLF001  # flat tree
        token.triggered = True
        token.internal_data.update(facts)
        token.task_spec.prepare(token)
        token.task_spec._update(token)  # noqa: SLF001  # how the library lets a task arrive
        return token

    def follow(self, node: Node, flows: Iterable[Flow]) -> None:
        """Report the node as passed, send tokens along flows, and end the scope when none is left."""
        passed = self.top.passed
        passed.append(node.bpmn_id)
        for flow in flows:
            if flow.id is not None:
                passed.append(flow.id)
            if self.alive:
                self.enter(flow.target, flow.id)
        host = self.host
        if self.alive and host is not None and host.task_spec.finished(self):
            self.clear()
        self.settle()

    def consume(self, token: Any) -> None:
        """Take a token away."""
        if token.id in self.tasks:
            self._remove_task(token.id)  # pyright: ignore[reportAttributeAccessIssue]  # the library's workflow has it

    def cancel_token(self, token: Any) -> None:
        """Take a token away with all that hangs on it: boundary events, loop instances, the scope inside."""
        if token.id not in self.tasks:
            return
        key = str(token.id)
        inner = self.top.subprocesses.get(token.id)
        self.consume(token)
        if inner is not None:
            inner.empty()
            del self.top.subprocesses[token.id]
        for other in self.tokens():
            if key in (other.internal_data.get("host"), other.internal_data.get("body")):
                self.cancel_token(other)

    def detach(self, token: Any) -> None:
        """Take away what waits at an activity's boundary."""
        for other in self.tokens():
            if other.internal_data.get("host") == str(token.id):
                self.cancel_token(other)

    def clear(self, keep: Any | None = None) -> None:
        """Take all tokens away but one."""
        for token in self.tokens():
            if token is not keep:
                self.cancel_token(token)

    def empty(self) -> None:
        """End the scope with all that is in it."""
        self.clear()
        self.completed = True

    def tokens(self) -> list[Any]:
        """Return the tokens of this scope, oldest first."""
        return [task for task in self.tasks.values() if task is not self.task_tree]

    def at(self, node: Node) -> list[Any]:
        """Return the tokens on a node, oldest first."""
        return [token for token in self.tokens() if token.task_spec is node]

    def by_id(self, token_id: str | None) -> Any | None:
        """Return a token of this scope, or None."""
        return self.tasks.get(UUID(token_id)) if token_id else None

    @property
    def alive(self) -> bool:
        """Return whether the scope still runs."""
        return not self.completed

    @property
    def host(self) -> Any | None:
        """Return the token of the outer scope that this one runs for; None at the top."""
        return None

    def settle(self) -> None:
        """End the scope when nothing but its own event sub-processes wait in it."""
        if self.completed or any(not token.task_spec.is_idle(token) for token in self.tokens()):
            return
        host = self.host
        waiting = self.task_tree.internal_data.get("next")
        if waiting and not (host is not None and host.task_spec.finished(self)):
            self.enter(waiting.pop(0))
            self.settle()
            return
        self.empty()
        if host is not None:
            host.task_spec.scope_ended(host, self)

    def fire_join(self) -> bool:
        """Let one join fire that waited for tokens which can no longer come; return whether there was one."""
        steps = self.top.steps
        waiting = (token for token in self.tokens() if token.state == TaskState.WAITING and not is_failed(token))
        return any(steps.take(token, partial(token.task_spec.join_late, token)) for token in waiting)


class Inner(Tokens, BpmnSubWorkflow):
    """A running sub-process or called process."""

    @property
    def host(self) -> Any | None:
        """Return the token of the outer scope that this one runs for."""
        return self.top.token(str(self.parent_task_id))

    def _task_completed_notify(self, task: Any) -> None:
        """Keep nothing: the token has gone on."""


class Instance(Tokens, BpmnWorkflow):
    """A running process: the outermost scope, and the steps of all."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Make the workflow without any token."""
        self.ready: deque[Any] = deque()
        self.passed: list[str] = []
        self.decisions: Mapping[str, bytes] = {}  # the decision models of the bundle, by key
        self.decided: list[Decided] = []
        self.asked: list[Asked] = []
        self.thrown: list[Thrown] = []
        self.steps = Steps()
        self.surroundings = Surroundings()  # of the step that is taken: its instant and calendar
        self.scripts: Any = None  # runs the scripts of script tasks in another language than FEEL
        self.failure: str | None = None
        super().__init__(*arguments, script_engine=NO_PYTHON, **named)

    def open_scope(self, token: Any, name: str) -> Inner:
        """Return a new scope for a sub-process token."""
        inner = Inner(self.subprocess_specs[name], parent_task_id=token.id, top_workflow=self)
        rooted(inner)
        self.subprocesses[token.id] = inner
        return inner

    def scopes(self) -> list[Any]:
        """Return all running scopes, outermost first."""
        return [self, *self.subprocesses.values()]

    def all_tokens(self) -> Iterator[Any]:
        """Yield the tokens of all scopes."""
        for scope in self.scopes():
            yield from scope.tokens()

    def token(self, token_id: str | None) -> Any | None:
        """Return a token of any scope, or None."""
        if not token_id:
            return None
        wanted = UUID(token_id)
        return next((scope.tasks[wanted] for scope in self.scopes() if wanted in scope.tasks), None)

    def take_steps(self) -> None:
        """Run what runs by itself, one token at a time; raises Invalid when it does not come to rest."""
        for _ in range(MOST_STEPS):
            if not self.take_step():
                return
        raise Invalid(reason="runaway", process=self.spec.name)

    def take_step(self) -> bool:
        """Run one token; return whether there was one to run."""
        self.test_conditions()
        while self.ready:
            token = self.ready.popleft()
            if token.state == TaskState.READY and token.id in token.workflow.tasks:
                self.steps.take(token, token.run)
                return True
        return any(scope.alive and scope.fire_join() for scope in reversed(self.scopes()))

    def test_conditions(self) -> None:
        """Let conditional events fire whose condition has come true."""
        for token in list(self.all_tokens()):
            is_there = token.state == TaskState.WAITING and token.id in token.workflow.tasks
            if is_there and token.task_spec.is_conditional and not is_failed(token):
                self.steps.take(token, partial(token.task_spec.test_condition, token))

    def _task_completed_notify(self, task: Any) -> None:
        """Keep nothing: the token has gone on."""


def rooted(scope: Any) -> Any:
    """Return the scope with the library's start task done: it only holds the tokens."""
    scope.task_tree._set_state(TaskState.COMPLETED)  # noqa: SLF001  # it has nothing to run
    return scope
