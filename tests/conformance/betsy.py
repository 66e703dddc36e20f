"""
Runs a folder of BPMN conformance cases and prints passed/total and each difference.

    python -m tests.conformance.betsy FOLDER

FOLDER holds `cases.json`, a list of {file, name, cases: [{trace, test, integerVariable, delay, parallel}]}. Scripts are
placeholders and conditions Java in the suite, so each engine is given its own words for them: ours are below. The clock
is virtual. A trace is compared sorted, as the suite does it. Every token is written and read again after each step.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from engine.domain.errors import DiagramRefused, Invalid
from engine.runtime.advance import Delivery, Runtime
from engine.runtime.contract import Advance, Definition, Running
from engine.runtime.intake import bpmn
from engine.runtime.iso import due_of
from engine.runtime.tasks import BusinessError
from tests.conformance.round_trip import RoundTripRuntime

START = datetime(2026, 3, 2, tzinfo=UTC)
GRACE = timedelta(seconds=0.5)  # the suite looks a moment after its delay
WAIT = "WAIT_TEN_SECONDS"
OWN_WORDS = {  # the suite's Java → FEEL
    r'!test\.contains\("(\w+)"\)': r'not(contains(test, "\1"))',
    r"\$\{(\w+)\}": r"\1",
    r'test\.contains\("(\w+)"\)': r'contains(test, "\1")',
}
WAITING = re.compile(
    r'<bpmn2:scriptTask( id="\w+"[^>]*>)((?:(?!scriptTask).)*?)'
    rf"<bpmn2:script>{WAIT}</bpmn2:script>\s*</bpmn2:scriptTask>",
    re.DOTALL,
)
RULES = '<bpmn2:extensionElements><g:form key="f"/><g:candidates role="r"/></bpmn2:extensionElements>'


@dataclass
class Outcome:
    """What one case came to."""

    name: str
    expected: list[str]
    found: list[str]
    why: str = ""

    @property
    def passed(self) -> bool:
        """Return whether it is the trace the suite expects."""
        return sorted(self.expected) == sorted(self.found)


@dataclass
class Instance:
    """A running instance and when its work of ten seconds is done."""

    definition: Definition
    key: str
    last: Advance
    busy: dict[str, datetime] = field(default_factory=dict[str, datetime])

    @property
    def running(self) -> Running:
        """Return it at rest."""
        return Running(self.key, self.last.state)


class House:
    """All instances of one case, a clock, and the messages between them."""

    def __init__(self, xml: bytes) -> None:
        """Take the file."""
        self.trace: list[str] = []
        self.runtime: Runtime = RoundTripRuntime(b"k" * 32, self._script)
        self.xml = xml
        self.now = START
        self.instances: list[Instance] = []
        self.later: list[tuple[datetime, str, dict[str, Any], str]] = []  # starts by the clock
        root = etree.fromstring(xml)
        called = {call.get("calledElement").rpartition(":")[2] for call in root.iter(bpmn("callActivity"))}
        executable = [p.get("id") for p in root.findall(bpmn("process")) if p.get("isExecutable") == "true"]
        self.ids = [key for key in executable if key not in called]
        self.definitions = {key: self.runtime.define(xml, key) for key in self.ids}

    def begin(self, process: str, data: dict[str, Any]) -> None:
        """Start the process of the case, or wait for the time it starts at."""
        process = process if process in self.definitions else self.ids[0]
        definition = self.definitions[process]
        times = [start for start in definition.starts if start.kind == "timer"]
        if times and definition.start_element == times[0].element_id:
            self.later.append((due_of(times[0].name, self.now), process, data, times[0].element_id))
        else:
            self.start(process, data)

    def start(self, process: str, data: dict[str, Any], element: str | None = None) -> None:
        """Start a process."""
        key, definition = f"i{len(self.instances)}", self.definitions[process]
        last = self.runtime.start(definition, key, data, self.now, element=element)
        instance = Instance(definition, key, last)
        self.instances.append(instance)
        self._kept(instance, last)

    def pass_time(self, until: datetime) -> None:
        """Let everything happen that is due, in order."""
        for at, process, data, element in [entry for entry in self.later if entry[0] <= until]:
            self.now = at
            self.start(process, data, element)
        while True:
            due = sorted(self._due(), key=lambda entry: entry[0])
            if not due or due[0][0] > until:
                break
            self.now, instance, what, key = due[0]
            if what == "timer":
                last = self.runtime.fire(instance.definition, instance.running, key, self.now)
            else:
                del instance.busy[key]
                last = self.runtime.complete(instance.definition, instance.running, key, {}, self.now)
            self._kept(instance, last)

    def _due(self) -> Iterator[tuple[datetime, Instance, str, str]]:
        for instance in self.instances:
            for timer in instance.last.timers:
                if timer.due_at is not None:
                    yield timer.due_at, instance, "timer", timer.id
            for key, at in instance.busy.items():
                yield at, instance, "work", key

    def _kept(self, instance: Instance, last: Advance) -> None:
        instance.last = last
        instance.busy |= {task.id: self.now + timedelta(seconds=10) for task in last.opened}
        for key in last.cancelled:
            instance.busy.pop(key, None)
        if last.failure is not None:
            self.trace.append("ERROR_thrownErrorEvent")
        for event in last.thrown:
            self._deliver(instance, Delivery(event.kind, event.name, {}))

    def _deliver(self, thrower: Instance, event: Delivery) -> None:
        for other in self.instances:
            waits = {(wait.kind, wait.name) for wait in other.last.waits}
            if other is not thrower and (event.kind, event.name) in waits:
                self._kept(other, self.runtime.deliver(other.definition, other.running, event, self.now))
        for key, definition in self.definitions.items():
            for wait in definition.starts:
                if (wait.kind, wait.name) == (event.kind, event.name):
                    self.start(key, {}, wait.element_id)

    def _script(self, text: str, seen: dict[str, Any]) -> dict[str, Any]:
        if text.startswith("SCRIPT_"):
            self.trace.append(text)
        elif text == "CREATE_MARKER_FILE":
            self.trace.append("MARKER_exists")
        elif text == "INCREMENT_INTEGER_VARIABLE_AND_LOG":
            self.trace.append("INCREMENT_correct")
            return {"integerVariable": seen["integerVariable"] + 1}
        elif text == "SET_STRING_DATA":
            return {"data": "String"}
        elif text == "LOG_DATA":
            self.trace.append("DATA_correct" if seen["data"] == "String" else "DATA_wrong")
        elif text == "THROW_ERROR":
            raise BusinessError("ERR_CODE")
        return {}


def translated(xml: bytes) -> bytes:
    """Return a file with the suite's Java in our words; a script that takes ten seconds becomes a task that does."""
    text = xml.decode()
    for java, feel in OWN_WORDS.items():
        text = re.sub(java, feel, text)
    text = WAITING.sub(rf"<bpmn2:userTask\1{RULES}\2</bpmn2:userTask>", text)
    return text.replace("<bpmn2:definitions", '<bpmn2:definitions xmlns:g="urn:banjie:bpmn:1"').encode()


def run(folder: Path, entry: dict[str, Any]) -> list[Outcome]:
    """Return the outcomes of one file's cases."""
    xml = translated((folder / entry["file"]).read_bytes())
    return [_run_case(entry, case, xml) for case in entry["cases"]]


def _run_case(entry: dict[str, Any], case: dict[str, Any], xml: bytes) -> Outcome:
    name = f"{entry['file']} test={case['test']} integerVariable={case['integerVariable']}"
    try:
        house = House(xml)
    except DiagramRefused as refused:
        return Outcome(name, case["trace"], ["ERROR"], str([vars(p) for p in refused.facts["problems"]][:3]))
    data = {"test": case["test"] or "", "integerVariable": case["integerVariable"]}
    try:
        for other in house.ids:
            if other != entry["name"] and not house.definitions[other].starts:
                house.start(other, data)
        house.begin(entry["name"], data)
        house.pass_time(START + timedelta(seconds=case["delay"]) + GRACE)
    except Invalid as error:
        return Outcome(name, case["trace"], [*house.trace, "ERROR_runtime"], str(error.facts))
    return Outcome(name, case["trace"], house.trace)


def main(folder: Path) -> bool:
    """Print how the folder's files fare; return whether one does not pass."""
    entries = json.loads((folder / "cases.json").read_text("utf-8"))
    failed = []
    for entry in entries:
        wrong = [outcome for outcome in run(folder, entry) if not outcome.passed]
        failed += [entry["file"]] * bool(wrong)
        for outcome in wrong:
            print(f"{outcome.name}\n  expected {outcome.expected}\n  found    {outcome.found} {outcome.why}")  # noqa: T201
    print(f"{len(entries) - len(failed)}/{len(entries)}")  # noqa: T201
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
