"""
What the runtime costs: `python -m bench.runtime` prints the figures in milliseconds of CPU time, medians.

Three bars: the 1,000th visit of a loop costs no more than 1.2 times the 10th; a diagram of 300 nodes loads in 5 ms or
less; the state of a running case of a shipped process is 8 KB or less (tests/runtime/test_state.py holds that one).
"""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median
from time import thread_time_ns

import click

from engine.runtime.advance import Runtime
from engine.runtime.contract import Advance, Definition, Running

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:gov="urn:banjie:bpmn:1" '
    'targetNamespace="urn:bench">'
    '<process id="p" isExecutable="true">'
)
TAIL = "</process></definitions>"
PERSON = '<extensionElements><gov:form key="form"/><gov:candidates role="clerk"/></extensionElements>'
ROUND = 5  # runs of the loop
VISITS = 1000
NODES = 300
LOADS = 200


def flows(*nodes: str) -> str:
    """Return sequence flows through nodes."""
    return "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(nodes))


def loop() -> bytes:
    """Return a process whose step comes again as long as it is answered with again = true."""
    return (
        f'{HEAD}<startEvent id="s"/><exclusiveGateway id="m"/><userTask id="u">{PERSON}</userTask>'
        f'<exclusiveGateway id="x" default="x_e"/><endEvent id="e"/>{flows("s", "m", "u", "x", "e")}'
        '<sequenceFlow id="x_m" sourceRef="x" targetRef="m"><conditionExpression>again = true</conditionExpression>'
        f"</sequenceFlow>{TAIL}"
    ).encode()


def line() -> bytes:
    """Return a process of 300 nodes: a start, 298 user tasks, an end."""
    steps = [f"u{number}" for number in range(NODES - 2)]
    tasks = "".join(f'<userTask id="{step}" name="环节">{PERSON}</userTask>' for step in steps)
    return f'{HEAD}<startEvent id="s"/>{tasks}<endEvent id="e"/>{flows("s", *steps, "e")}{TAIL}'.encode()


def milliseconds(measured: Callable[[], object]) -> float:
    """Return the CPU time of a call."""
    before = thread_time_ns()
    measured()
    return (thread_time_ns() - before) / 1e6


def visits(runtime: Runtime, definition: Definition) -> tuple[list[float], int]:
    """Return what each visit of the loop cost, from stored state to stored state, and the state's last size."""
    last: Advance = runtime.start(definition, "i", {}, NOW)
    costs: list[float] = []
    for _ in range(VISITS + 10):
        before = thread_time_ns()
        last = runtime.complete(definition, Running("i", last.state), last.opened[0].id, {"again": True}, NOW)
        costs.append((thread_time_ns() - before) / 1e6)
    return costs, len(last.state.text.encode())


def measure_loop(runtime: Runtime) -> None:
    """Print the cost about the 10th and about the 1,000th visit."""
    definition = runtime.define(loop())
    runs = [visits(runtime, definition) for _ in range(ROUND)]
    early = median(cost for costs, _ in runs for cost in costs[5:15])
    late = median(cost for costs, _ in runs for cost in costs[VISITS - 5 : VISITS + 5])
    click.echo(f"visit 10 of a loop {early:.3f} ms, visit 1,000 {late:.3f} ms, ratio {late / early:.2f} (bar 1.20)")
    click.echo(f"state after 1,010 visits {runs[0][1]} bytes")


def measure_load(runtime: Runtime) -> None:
    """Print what it costs to load an instance of 300 nodes: first with its diagram, then with the diagram known."""
    xml = line()
    first = milliseconds(lambda: runtime.define(xml))
    definition = runtime.define(xml)
    running = Running("i", runtime.start(definition, "i", {"form": {"text": "长" * 500}}, NOW).state)
    known = median(milliseconds(lambda: runtime.open_tasks(definition, running)) for _ in range(LOADS))
    click.echo(f"300 nodes: first check and parse {first:.1f} ms, once a version and process")
    click.echo(f"300 nodes: load an instance {known:.3f} ms (bar 5)")


def main() -> None:
    """Print all figures."""
    runtime = Runtime(b"k" * 32)
    measure_loop(runtime)
    measure_load(runtime)


if __name__ == "__main__":
    main()
