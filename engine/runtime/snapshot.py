"""Comparing an instance before and after a step: what opened, closed, waits and was walked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.runtime.catching import Catching
from engine.runtime.contract import Action, ClockUse, OpenTask, Thrown, Wait, WaitingTimer
from engine.runtime.exact import plain
from engine.runtime.model import Model, TimerMeta
from engine.runtime.subprocesses import SubProcess
from engine.runtime.tasks import User

DueOf = Callable[[str], datetime]


@dataclass(frozen=True)
class Snapshot:
    """What was live before the step."""

    open_tasks: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()  # ids of live user tasks, sub-processes and timers in the flow

    @staticmethod
    def of(instance: Any, done: str | None = None) -> "Snapshot":
        """Return what is live; `done` is the task about to be completed, which is not missed afterwards."""
        live = [token for token in instance.all_tokens() if is_live(token)]
        users = frozenset(str(token.id) for token in live if isinstance(token.task_spec, User)) - {done}
        return Snapshot(users, frozenset(_activity(token) for token in live))


def compare(instance: Any, model: Model, before: Snapshot, due_of: DueOf) -> dict[str, Any]:
    """Return the fields of an Advance but for its state."""
    live = [token for token in instance.all_tokens() if is_live(token)]
    users = [token for token in live if isinstance(token.task_spec, User)]
    open_now = {str(token.id) for token in users}
    entered = [token.task_spec.bpmn_id for token in live if _activity(token) not in before.activities]
    return {
        "opened": tuple(open_task(token, model) for token in users if str(token.id) not in before.open_tasks),
        "cancelled": tuple(sorted(before.open_tasks - open_now)),
        "timers": timers(instance, model, due_of),
        "waits": waits(instance),
        "clocks": tuple(use for element in dict.fromkeys(entered) for use in _clock_uses(element, model)),
        "actions": tuple(_action(asked, model) for asked in instance.asked),
        "decided": tuple(instance.decided),
        "thrown": tuple(Thrown(trigger.kind, trigger.name or "", data) for trigger, data in instance.thrown),
        "passed": tuple(dict.fromkeys(instance.passed)),
        "active": frozenset(token.task_spec.bpmn_id for token in live),
        "failure": instance.failure,
        "finished": bool(instance.completed),
        "stuck": not instance.completed and not any(_may_happen(token) for token in instance.all_tokens()),
    }


def _may_happen(token: Any) -> bool:
    """Return whether a person or an event may move a token."""
    spec = token.task_spec
    if isinstance(spec, User):
        return bool(token.state == TaskState.READY)
    return isinstance(spec, Catching) and spec.waits(token)


def _activity(token: Any) -> str:
    """Return the id of the activity a token stands for: all instances of several are one activity."""
    return token.internal_data.get("body") or str(token.id)


def is_live(token: Any) -> bool:
    """Return whether a token makes an activity live: a task open to people, a running scope, a timer in the flow."""
    spec = token.task_spec
    if isinstance(spec, User):
        return bool(token.state == TaskState.READY)
    if isinstance(spec, SubProcess):
        return not spec.is_idle(token)
    return isinstance(spec, Catching) and "host" not in token.internal_data and spec.has_timer(token)


def open_tasks(instance: Any, model: Model) -> tuple[OpenTask, ...]:
    """Return every task that waits for a person."""
    found = (t for t in instance.all_tokens() if isinstance(t.task_spec, User) and t.state == TaskState.READY)
    return tuple(open_task(token, model) for token in found)


def open_task(token: Any, model: Model) -> OpenTask:
    """Return what is known of a user task."""
    element: str = token.task_spec.bpmn_id
    return OpenTask(
        id=str(token.id),
        element_id=element,
        name=model.names.get(element, element),
        lane=model.lanes.get(element, ""),
        form=model.forms.get(element),
        candidates=model.candidates.get(element, {}),
        documentation=model.documentation.get(element, ""),
        local=plain(token.internal_data.get("local", {})),
    )


def timers(instance: Any, model: Model, due_of: DueOf) -> tuple[WaitingTimer, ...]:
    """Return every timer that waits; what a duration is counted from is kept, so later looks do not move it."""
    waiting = [t for t in instance.all_tokens() if isinstance(t.task_spec, Catching) and t.task_spec.has_timer(t)]
    return tuple(_timer(token, model.timers[token.task_spec.event_id], due_of) for token in waiting)


def waits(instance: Any) -> tuple[Wait, ...]:
    """Return every message and signal that is waited for."""
    return tuple(
        Wait(trigger.kind, trigger.name or "", token.task_spec.event_id)
        for token in instance.all_tokens()
        if isinstance(token.task_spec, Catching) and token.task_spec.waits(token)
        for trigger in token.task_spec.triggers
        if trigger.kind in ("message", "signal")
    )


def timer_id_of(token: Any) -> str | None:
    """Return what a waiting timer is told by, another in each round of a cycle; None when none waits."""
    if not token.task_spec.has_timer(token):
        return None
    rounds = token.internal_data.get("fired", 0)
    return f"{token.id}/{rounds}" if rounds else str(token.id)


def _timer(token: Any, meta: TimerMeta, due_of: DueOf) -> WaitingTimer:
    known = token.internal_data.get("due_at")
    if meta.iso and known is None:
        known = due_of(meta.iso).isoformat()
        token.internal_data["due_at"] = known
    return WaitingTimer(
        id=timer_id_of(token) or "",
        element_id=meta.element_id,
        name=meta.name,
        host_task_id=_host(token),
        host_element_id=meta.host,
        interrupting=meta.interrupting,
        clock=meta.clock,
        moment=meta.moment,
        offset=meta.offset,
        due_at=datetime.fromisoformat(known) if known else None,
    )


def _host(token: Any) -> str | None:
    """Return the user task a boundary timer sits on; None for a sub-process, for one of several, or in the flow."""
    host = token.workflow.by_id(token.internal_data.get("host"))
    is_one_task = host is not None and isinstance(host.task_spec, User) and host.state == TaskState.READY
    return str(host.id) if host is not None and is_one_task else None


def _clock_uses(element: str, model: Model) -> list[ClockUse]:
    uses = [ClockUse(key, element) for key, rule in model.clocks.items() if rule.starts_on == f"enter:{element}"]
    own = (t for t in model.timers.values() if (t.host or t.element_id) == element and t.clock == t.element_id)
    return uses + [ClockUse(timer.element_id, element) for timer in own]


def _action(asked: tuple[str, str, dict[str, Any]], model: Model) -> Action:
    action_id, element, data = asked
    operation = model.operations[element]
    return Action(action_id, element, operation.name, operation.parameters, data)
