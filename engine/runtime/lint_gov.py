"""Rules about what we add to BPMN: clocks, timers, forms, candidates, operations, lanes."""

from collections.abc import Collection, Iterator
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

from engine.domain.limits import UNITS
from engine.domain.problems import Problem
from engine.runtime import lint_decisions, lint_messages, lint_operations
from engine.runtime.codes import owner_of, problem
from engine.runtime.graph import kind_of
from engine.runtime.house import There
from engine.runtime.intake import GOV, bpmn, gov
from engine.runtime.iso import interval_of, is_cycle, is_runnable, rounds_of
from engine.runtime.model import SCOPES, extension

MOMENTS = (None, "due", "flag")
ENDS = (None, "24:00", "close")
POLICIES = (None, "event-day", "next-open")
SHORTEST_CYCLE = 60  # seconds, of a timer that repeats more than FEW times
FEW, MANY = 10, 1000
MOST_DIGITS = 5
PLACES = {  # where each of our elements may stand, and which attributes it needs and may have
    "clock": (("process",), {"id", "limit", "unit", "startsOn"},
              {"name", "startPolicy", "end", "warn", "setting", "basis"}),
    "extension": (("clock",), {"limit", "unit"}, {"times", "setting", "approval", "basis"}),
    "pausable": (("clock",), {"kinds"}, {"basis"}),
    "deadline": (("timerEventDefinition",), set[str](),
                 {"clock", "at", "offset", "limit", "unit", "setting", "basis", "startPolicy", "end", "warn"}),
    "form": (("userTask", "startEvent"), {"key"}, set[str]()),
    "candidates": (("userTask",), set[str](),
                   {"role", "subject", "unitFrom", "unit", "sticky", "exclude", "collection"}),
    "operation": (("serviceTask",), {"name"}, {"result"}),
    "message": (("startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask", "intermediateThrowEvent",
                 "endEvent", "sendTask"), set[str](), {"key", "payload", "ttl"}),
    "param": (("operation",), {"name", "value"}, set[str]()),
    "decision": (("businessRuleTask",), {"model", "decision", "result"}, set[str]()),
    "input": (("decision",), {"name", "value"}, set[str]()),
    "pause": (("userTask",), set[str](), {"kind", "clock", "basis"}),
}  # fmt: skip


def check(process: Any, there: There) -> list[Problem]:
    """Return the problems of a process; names are only checked where it is known which there are."""
    clocks = {clock.get("id") for clock in process.iter(gov("clock"))}
    misplaced = [found for element in process.iter() for found in _place(element)]
    if misplaced:
        return misplaced  # the later rules would only trip over the same elements
    return [
        *_clocks(process),
        *_timers(process, clocks),
        *_user_tasks(process, there.forms),
        *lint_messages.check(process),
        *lint_operations.check(process, there.operations, clocks),
        *lint_decisions.check(process, there),
        *_lanes(process),
    ]


def _place(element: Any) -> Iterator[Problem]:
    if not isinstance(element.tag, str) or etree.QName(element).namespace != GOV:
        return
    name = kind_of(element)
    holders, needed, optional = PLACES[name]
    holder = element.getparent()
    if kind_of(holder) == "extensionElements":
        holder = holder.getparent()
    elif kind_of(holder) not in PLACES:
        yield problem("gov.misplaced", element, f"gov:{name} belongs into extensionElements.")
    twice = name not in ("clock", "param", "input") and len(element.getparent().findall(element.tag)) > 1
    of_inner_start = kind_of(holder) == "startEvent" and kind_of(holder.getparent()) != "process" and name != "message"
    if kind_of(holder) not in holders or twice or of_inner_start:
        yield problem("gov.misplaced", element, f"gov:{name} means nothing here, or stands here twice.")
    yield from _names(element, needed, optional)


def _names(element: Any, needed: set[str], optional: set[str]) -> Iterator[Problem]:
    given = set(element.attrib)
    name = kind_of(element)
    for unknown in sorted(given - needed - optional):
        yield problem("gov.attribute", element, f"gov:{name} has no attribute {unknown}.")
    skipped = {"limit", "unit", "startsOn"}  # the rules about clocks say more about these
    for missing in sorted(needed - given - skipped):
        yield problem("gov.attribute", element, f"gov:{name} needs {missing}.")
    if name == "deadline" and element.get("clock") is not None and element.get("limit") is not None:
        yield problem("gov.attribute", element, "A deadline has a clock or a limit of its own, not both.")


def _clocks(process: Any) -> Iterator[Problem]:
    activities = {e.get("id") for kind in ("userTask", "callActivity", *SCOPES) for e in process.iter(bpmn(kind))}
    for clock in process.iter(gov("clock")):
        yield from _limit(clock)
        starts = clock.get("startsOn") or ""
        if starts != "case" and (not starts.startswith("enter:") or starts[len("enter:") :] not in activities):
            yield problem("clock.start", clock, "It starts with nothing: case, or enter:ACTIVITY.")
        more = clock.find(gov("extension"))
        if more is not None:
            yield from _limit(more)


def _limit(element: Any) -> Iterator[Problem]:
    if element.get("unit") not in UNITS:
        yield problem("clock.unit", element, "A limit needs its unit: workday, day, month, officeminute, hour.")
    for name in ("limit", "warn", "times"):
        value = element.get(name) or ""
        if not value and name != "limit":
            continue
        if not _is_number(value) or int(value) < 1:
            yield problem("clock.limit", element, f"{name} must be a whole number from 1.")
    if element.get("end") not in ENDS or element.get("startPolicy") not in POLICIES:
        yield problem("clock.edges", element, "end is 24:00 or close, startPolicy event-day or next-open.")


def _timers(process: Any, clocks: set[Any]) -> Iterator[Problem]:
    shared = process.getroottree().getroot().findall(bpmn("timerEventDefinition"))
    for timer in (*shared, *process.iter(bpmn("timerEventDefinition"))):
        deadline = extension(timer, "deadline")
        texts = [c.text or "" for c in timer if c.tag in {bpmn(n) for n in ("timeDuration", "timeDate", "timeCycle")}]
        if deadline is not None:
            yield from _deadline(deadline, clocks)
        elif len(texts) != 1 or not texts[0].strip():
            owner = owner_of(timer.getparent())
            yield problem("timer.none", timer, "A timer needs one deadline, duration, date or cycle.", owner=owner)
        else:
            yield from _time(timer, texts[0].strip())


def _time(timer: Any, text: str) -> Iterator[Problem]:
    is_cycle_element = timer.find(bpmn("timeCycle")) is not None
    duration, owner = text.rpartition("/")[2], owner_of(timer.getparent())
    if duration.startswith("P") and any(unit in duration.partition("T")[0] for unit in "DWMY"):
        yield problem("timer.natural_days", timer, "P…D means natural days: use gov:deadline.", owner=owner)
    elif not (is_cycle(text) if is_cycle_element else is_runnable(text)):
        yield problem("timer.unreadable", timer, f"{text[:40]!r} is no time we can read.", owner=owner)
    elif is_cycle_element:
        rounds = rounds_of(text)
        often = rounds is None or rounds > FEW
        if (rounds or 0) > MANY or (often and interval_of(duration).total_seconds() < SHORTEST_CYCLE):
            yield problem(
                "timer.flood", timer, "It repeats too often: from a minute on, at most 1000 times.", owner=owner
            )


def _deadline(deadline: Any, clocks: set[Any]) -> Iterator[Problem]:
    if deadline.get("clock") is None:
        yield from _limit(deadline)
    elif deadline.get("clock") not in clocks:
        yield problem("timer.clock", deadline, f"There is no clock {deadline.get('clock')}.")
    offset = (deadline.get("offset") or "0").removeprefix("-")
    if deadline.get("at") not in MOMENTS or not _is_number(offset):
        yield problem("timer.moment", deadline, "at is due or flag, offset a whole number of working days.")


def _user_tasks(process: Any, forms: Collection[str] | None) -> Iterator[Problem]:
    for task in (*process.iter(bpmn("userTask")), *process.iter(bpmn("startEvent"))):
        form = extension(task, "form")
        is_task = task.tag == bpmn("userTask")
        if form is None:
            if is_task:
                yield problem("task.form", task, "A user task needs a form.")
        elif forms is not None and form.get("key") not in forms:
            yield problem("task.form_unknown", task, f"There is no form {form.get('key')}.")
        candidates = extension(task, "candidates")
        if is_task and (candidates is None or not (candidates.get("role") or candidates.get("subject"))):
            yield problem("task.candidates", task, "A user task needs candidates.")


def _lanes(process: Any) -> Iterator[Problem]:
    placed = [(r.text or "").strip() for r in process.iter(bpmn("flowNodeRef"))]
    if not placed:
        return
    for task in process.findall(bpmn("userTask")):
        if task.get("id") not in placed:
            yield problem("task.lane", task, "It lies in no lane.")


def _is_number(text: Any) -> bool:
    return bool(text) and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
