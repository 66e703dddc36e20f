"""Rules about what we add to BPMN: clocks, timers, forms, candidates, operations, lanes."""

from collections.abc import Collection, Iterator
from typing import Any

from engine.domain.limits import UNITS
from engine.domain.problems import Problem
from engine.runtime.intake import bpmn, gov
from engine.runtime.iso import is_runnable
from engine.runtime.model import extension

MOMENTS = (None, "due", "flag")


def check(process: Any, forms: Collection[str] | None, operations: Collection[str] | None) -> list[Problem]:
    """Return the problems of a process; names are only checked where it is known which there are."""
    clocks = {clock.get("id") for clock in process.findall(f"{bpmn('extensionElements')}/{gov('clock')}")}
    return [
        *_clocks(process),
        *_timers(process, clocks),
        *_user_tasks(process, forms),
        *_service_tasks(process, operations, clocks),
        *_lanes(process),
    ]


def _clocks(process: Any) -> Iterator[Problem]:
    activities = {e.get("id") for kind in ("userTask", "subProcess") for e in process.iter(bpmn(kind))}
    for clock in process.findall(f"{bpmn('extensionElements')}/{gov('clock')}"):
        yield from _limit(clock, clock.get("id"))
        starts = clock.get("startsOn") or ""
        if starts != "case" and starts.removeprefix("enter:") not in activities:
            yield _problem("clock.start", clock, clock.get("id"), "It starts with nothing: case, or enter:ACTIVITY.")
        more = clock.find(gov("extension"))
        if more is not None:
            yield from _limit(more, clock.get("id"))


def _limit(element: Any, owner: str | None) -> Iterator[Problem]:
    if element.get("unit") not in UNITS:
        yield _problem("clock.unit", element, owner, "A limit needs its unit: workday, day, month, officeminute, hour.")
    for name in ("limit", "warn", "offset"):
        value = element.get(name)
        if (value is None and name == "limit") or (value is not None and not value.lstrip("-").isdigit()):
            yield _problem("clock.limit", element, owner, f"{name} must be a whole number.")


def _timers(process: Any, clocks: set[Any]) -> Iterator[Problem]:
    for timer in process.iter(bpmn("timerEventDefinition")):
        owner = timer.getparent().get("id")
        deadline = extension(timer, "deadline")
        if deadline is not None:
            yield from _deadline(deadline, owner, clocks)
            continue
        texts = [child.text or "" for child in timer if child.tag in (bpmn("timeDuration"), bpmn("timeDate"))]
        if len(texts) != 1:
            yield _problem("timer.none", timer, owner, "A timer needs one deadline, duration or date.")
        elif texts[0].strip().startswith("P") and "D" in texts[0].partition("T")[0]:
            yield _problem("timer.natural_days", timer, owner, "P…D means natural days: use gov:deadline.")
        elif not is_runnable(texts[0].strip()):
            yield _problem("timer.unreadable", timer, owner, f"{texts[0].strip()[:40]!r} is no time we can read.")


def _deadline(deadline: Any, owner: str | None, clocks: set[Any]) -> Iterator[Problem]:
    if deadline.get("clock") is None:
        yield from _limit(deadline, owner)
    elif deadline.get("clock") not in clocks:
        yield _problem("timer.clock", deadline, owner, f"There is no clock {deadline.get('clock')}.")
    if deadline.get("at") not in MOMENTS or not (deadline.get("offset") or "0").lstrip("-").isdigit():
        yield _problem("timer.moment", deadline, owner, "at is due or flag, offset a whole number of working days.")


def _user_tasks(process: Any, forms: Collection[str] | None) -> Iterator[Problem]:
    for task in (*process.iter(bpmn("userTask")), *process.iter(bpmn("startEvent"))):
        form = extension(task, "form")
        is_task = task.tag == bpmn("userTask")
        if form is None or not form.get("key"):
            if is_task:
                yield _problem("task.form", task, task.get("id"), "A user task needs a form.")
        elif forms is not None and form.get("key") not in forms:
            yield _problem("task.form_unknown", task, task.get("id"), f"There is no form {form.get('key')}.")
        candidates = extension(task, "candidates")
        if is_task and (candidates is None or not (candidates.get("role") or candidates.get("subject"))):
            yield _problem("task.candidates", task, task.get("id"), "A user task needs candidates.")


def _service_tasks(process: Any, operations: Collection[str] | None, clocks: set[Any]) -> Iterator[Problem]:
    for task in process.iter(bpmn("serviceTask")):
        operation = extension(task, "operation")
        if operation is None:
            yield _problem("operation.none", task, task.get("id"), "A service task needs a gov:operation.")
            continue
        if operations is not None and operation.get("name") not in operations:
            yield _problem("operation.unknown", task, task.get("id"), f"There is no operation {operation.get('name')}.")
        named = {p.get("value") for p in operation.findall(gov("param")) if p.get("name") == "clock"}
        if named - clocks:
            yield _problem("operation.clock", task, task.get("id"), "It names a clock that is not there.")


def _lanes(process: Any) -> Iterator[Problem]:
    placed = [(r.text or "").strip() for r in process.iter(bpmn("flowNodeRef"))]
    if not placed:
        return
    for task in process.findall(bpmn("userTask")):
        if task.get("id") not in placed:
            yield _problem("task.lane", task, task.get("id"), "It lies in no lane.")


def _problem(code: str, element: Any, owner: str | None, message: str) -> Problem:
    return Problem(code, owner, element.sourceline, message)
