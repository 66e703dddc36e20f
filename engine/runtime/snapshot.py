"""Comparing an instance before and after a step: what opened, closed, waits and was walked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.runtime.catching import Catching
from engine.runtime.contract import Action, ClockUse, Failed, OpenTask, Standing, Wait, WaitingTimer
from engine.runtime.exact import plain
from engine.runtime.model import Model, TimerMeta
from engine.runtime.resting import is_failed, reason_of
from engine.runtime.scopes import Asked
from engine.runtime.subprocesses import SubProcess
from engine.runtime.tasks import Operation, User, is_open

DueOf = Callable[[str], datetime]


@dataclass(frozen=True)
class Snapshot:
    """What was live before the step."""

    open_tasks: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()  # ids of live user tasks, sub-processes and timers in the flow
    waited: bool = False  # whether anything waited or rested beside tasks and timers

    @staticmethod
    def of(instance: Any, done: str | None = None) -> "Snapshot":
        """Return what is live; `done` is the task about to be completed, which is not missed afterwards."""
        live = [token for token in instance.all_tokens() if is_live(token)]
        users = frozenset(str(token.id) for token in live if isinstance(token.task_spec, User)) - {done}
        waited = any(vars(standing(instance)).values()) or not any(_may_happen(t) for t in instance.all_tokens())
        return Snapshot(users, frozenset(_activity(token) for token in live), waited)


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
        **vars(standing(instance)),
        "clocks": tuple(use for element in dict.fromkeys(entered) for use in _clock_uses(element, model)),
        "actions": tuple(_action(asked, model) for asked in instance.asked),
        "decided": tuple(instance.decided),
        "thrown": tuple(instance.thrown),
        "passed": tuple(dict.fromkeys(instance.passed)),
        "active": frozenset(token.task_spec.bpmn_id for token in live),
        "failure": instance.failure,
        "waited": before.waited,
        "finished": bool(instance.completed),
        "stuck": not instance.completed and not any(_may_happen(token) for token in instance.all_tokens()),
    }


def _may_happen(token: Any) -> bool:
    """Return whether a person or an event may move a token."""
    spec = token.task_spec
    if is_failed(token) or is_open(token):
        return True
    if isinstance(spec, Operation):
        return spec.waits_for_answer(token)
    return isinstance(spec, Catching) and spec.waits(token)


def _activity(token: Any) -> str:
    """Return the id of the activity a token stands for: all instances of several are one activity."""
    return token.internal_data.get("body") or str(token.id)


def is_live(token: Any) -> bool:
    """Return whether a token makes an activity live: a task open to people, a running scope, a timer in the flow."""
    spec = token.task_spec
    if isinstance(spec, User):
        return is_open(token)
    if isinstance(spec, SubProcess):
        return not spec.is_idle(token)
    return isinstance(spec, Catching) and "host" not in token.internal_data and spec.has_timer(token)


def open_tasks(instance: Any, model: Model) -> tuple[OpenTask, ...]:
    """Return every task that waits for a person."""
    return tuple(open_task(token, model) for token in instance.all_tokens() if is_open(token))


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
        Wait(trigger.kind, trigger.name or "", token.task_spec.event_id, str(token.id), _key_of(token, trigger.kind))
        for token in instance.all_tokens()
        if isinstance(token.task_spec, Catching) and token.task_spec.waits(token)
        for trigger in token.task_spec.triggers
        if trigger.kind in ("message", "signal")
    )


def _key_of(token: Any, kind: str) -> str:
    return token.internal_data.get("key", "") if kind == "message" else ""


def standing(instance: Any) -> Standing:
    """Return what is waited for beside people and time."""
    tokens = list(instance.all_tokens())
    operations = [token for token in tokens if isinstance(token.task_spec, Operation)]
    return Standing(
        waits=waits(instance),
        failed=tuple(Failed(str(t.id), t.task_spec.bpmn_id, *reason_of(t)) for t in tokens if is_failed(t)),
        calls=tuple(str(t.id) for t in operations if t.task_spec.waits_for_answer(t)),
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
    return str(host.id) if host is not None and is_open(host) else None


def _clock_uses(element: str, model: Model) -> list[ClockUse]:
    uses = [ClockUse(key, element) for key, rule in model.clocks.items() if rule.starts_on == f"enter:{element}"]
    own = (t for t in model.timers.values() if (t.host or t.element_id) == element and t.clock == t.element_id)
    return uses + [ClockUse(timer.element_id, element) for timer in own]


def _action(asked: Asked, model: Model) -> Action:
    operation = model.operations[asked.element_id]
    return Action(
        id=asked.token_id,
        element_id=asked.element_id,
        operation=operation.name,
        parameters=asked.parameters,
        data=asked.seen,
        is_outside=operation.is_outside,
        step=asked.step,
    )
