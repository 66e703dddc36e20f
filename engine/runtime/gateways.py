"""Gateways: choosing, splitting and joining, each token counted by the flow it came on."""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.domain.errors import Invalid
from engine.runtime.nodes import Flow, Node


class Exclusive(Node):
    """One way out of several: the first whose condition holds, else the default. Tokens pass one by one."""

    def chosen(self, token: Any) -> list[Flow]:
        """Return the one flow to follow; raises Invalid when there is none."""
        if len(self.flows) == 1 and self.flows[0].condition is None:
            return self.flows
        for flow in self.flows:
            if not flow.is_default and flow.condition is not None and self._open(flow, token):
                return [flow]
        return self._default()

    def _default(self) -> list[Flow]:
        default = [flow for flow in self.flows if flow.is_default]
        if not default and self.flows:
            raise Invalid(reason="no_way", element=self.bpmn_id)
        return default


class Parallel(Node):
    """Waits for one token on every flow that leads here, then goes out on every flow. More tokens wait their turn."""

    def arrive(self, token: Any) -> bool:
        """Join when a token is there on every flow; the oldest on each is used up."""
        waiting = oldest_by_flow(token)
        if any(flow not in waiting for flow in self.arriving):
            return False
        for other in waiting.values():
            if other is not token:
                token.workflow.consume(other)
        return True

    def leave(self, token: Any) -> None:
        """Go on; tokens that came too early for this round may be enough for the next."""
        scope = token.workflow
        super().leave(token)
        waiting = [other for other in scope.at(self) if other.state == TaskState.WAITING]
        if scope.alive and waiting:
            waiting[-1].task_spec._update(waiting[-1])  # noqa: SLF001  # how the library lets a task arrive

    def chosen(self, token: Any) -> list[Flow]:
        """Return every flow."""
        return self.flows


class Inclusive(Exclusive):
    """Every way whose condition holds; as a join it waits for all tokens that can still come."""

    def arrive(self, token: Any) -> bool:
        """Pass when only one flow leads here; a join is decided when nothing else moves."""
        return len(self.arriving) <= 1

    def join_late(self, token: Any) -> bool:
        """Join all tokens that wait here when no other can come on a flow that is still empty."""
        waiting = oldest_by_flow(token)
        if self.expects(token, set(waiting)):
            return False
        for other in waiting.values():
            if other is not token:
                token.workflow.consume(other)
        token._ready()  # noqa: SLF001  # how the library lets a waiting task run
        return True

    def expects(self, token: Any, filled: set[str]) -> bool:
        """Return whether a token elsewhere in the scope can come on an empty flow, and on no filled one."""
        for other in token.workflow.tokens():
            if other.task_spec is self or other.internal_data.get("host"):
                continue  # a boundary event goes the way of its host
            ways = self._ways_from(other.task_spec)
            if ways - filled and not ways & filled:
                return True
        return False

    def chosen(self, token: Any) -> list[Flow]:
        """Return every flow whose condition holds, else the default; raises Invalid when there is none."""
        if len(self.flows) == 1 and self.flows[0].condition is None:
            return self.flows
        ways = [flow for flow in self.flows if flow.condition is not None and self._open(flow, token)]
        return ways or self._default()

    def _ways_from(self, node: Any) -> set[str]:
        """Return the ids of the flows into this gateway that a token on `node` can reach without passing it."""
        specs = self._wf_spec.task_specs
        found: set[str] = set()
        seen: set[str] = set()
        work = [node]
        while work:
            here = work.pop()
            if here.name in seen or here is self:
                continue
            seen.add(here.name)
            work += [specs[name] for name in getattr(here, "boundary", [])]
            work += [specs[flow.target] for flow in here.flows]
            found |= {flow.id for flow in here.flows if flow.target == self.name}
        return found


class Complex(Inclusive):
    """
    Splits like an inclusive gateway; joins as soon as its activation condition holds.

    The condition knows `activationCount`, the number of flows that have brought a token. After it has fired, tokens of
    the same round are used up without a trace until none can come any more; then it starts anew (BPMN 2.0, 10.6.5).
    """

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the gateway to its process."""
        super().__init__(wf_spec, element_id, **extra)
        self.activation: str | None = None

    def arrive(self, token: Any) -> bool:
        """Use up a late token of a round that has fired, or fire when the condition holds."""
        if len(self.arriving) <= 1:
            return True
        fired = self._fired(token.workflow)
        flow = token.internal_data.get("flow")
        if fired:
            if flow in fired:
                return False  # it belongs to the next round
            fired.append(flow)
            token.workflow.consume(token)
            token.workflow.settle()
            return False
        return self._activated(token)

    def join_late(self, token: Any) -> bool:
        """Begin a new round when no late token of the last one can come; its first tokens are waiting here."""
        fired = self._fired(token.workflow)
        if not fired or self.expects(token, set(fired)):
            return False
        fired.clear()
        if self._activated(token):
            token._ready()  # noqa: SLF001  # how the library lets a waiting task run
        return True

    def _activated(self, token: Any) -> bool:
        waiting = oldest_by_flow(token)
        if self.activation is None or not token.workflow.holds(self.activation, token, activationCount=len(waiting)):
            return False
        self._fired(token.workflow).extend(waiting)
        for other in waiting.values():
            if other is not token:
                token.workflow.consume(other)
        if set(self._fired(token.workflow)) >= set(self.arriving):
            self._fired(token.workflow).clear()
        return True

    def _fired(self, scope: Any) -> list[Any]:
        rounds = scope.task_tree.internal_data.setdefault("rounds", {})
        return rounds.setdefault(self.name, [])


class EventBased(Node):
    """Waits at each of its targets; the first event that happens takes its way and the others are forgotten."""

    def run(self, token: Any) -> bool:
        """Let a token wait at each target."""
        scope = token.workflow
        scope.top_workflow.passed.append(self.bpmn_id)
        for flow in self.flows:
            scope.enter(flow.target, flow.id, gate=str(token.id))
        return True

    def leave(self, token: Any) -> None:
        """Be used up: its targets wait now."""
        token.workflow.consume(token)
        token.workflow.settle()


def oldest_by_flow(token: Any) -> dict[str, Any]:
    """Return the oldest token waiting at the same gateway on each flow, the given one included."""
    found: dict[str, Any] = {}
    for other in token.workflow.at(token.task_spec):
        if other.state == TaskState.WAITING:
            found.setdefault(other.internal_data.get("flow", ""), other)
    return found
