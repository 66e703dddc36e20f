"""Rules about service tasks: which operations there are, and what each needs (engine/domain/operations.py)."""

from collections.abc import Collection, Iterator
from typing import Any

from engine.domain.operations import RULES, is_outside
from engine.domain.problems import Problem
from engine.runtime.codes import problem
from engine.runtime.expressions import mistakes_in
from engine.runtime.intake import bpmn, gov
from engine.runtime.model import extension

NAMES_A_CLOCK = "clock"


def check(process: Any, operations: Collection[str] | None, clocks: set[Any]) -> Iterator[Problem]:
    """Yield the problems of the service tasks; names and parameters where it is known which operations there are."""
    for task in process.iter(bpmn("serviceTask")):
        operation = extension(task, "operation")
        if operation is None:
            yield problem("operation.none", task, "A service task needs a gov:operation.")
            continue
        given = [(p.get("name"), p.get("value") or "") for p in operation.findall(gov("param"))]
        yield from _expressions(task, given)
        if operations is not None:
            yield from _known(task, operation, given, operations)
        if {value for name, value in given if name == NAMES_A_CLOCK} - clocks:
            yield problem("operation.clock", task, "It names a clock that is not there.")


def _expressions(task: Any, given: list[tuple[Any, str]]) -> Iterator[Problem]:
    for name, value in given:
        if value.startswith("=") and name != NAMES_A_CLOCK:
            for mistake in mistakes_in(value[1:]):
                message = f"The parameter {name} cannot be used: {mistake}."
                yield problem("expression.invalid", task, message, cause=mistake)


def _known(task: Any, operation: Any, given: list[tuple[Any, str]], operations: Collection[str]) -> Iterator[Problem]:
    name = operation.get("name") or ""
    if name not in operations:
        yield problem("operation.unknown", task, f"There is no operation {name}.")
        return
    rule, names = RULES[name], [key for key, _ in given]
    for missing in sorted(rule.needs - {key for key, value in given if value}):
        yield problem("operation.parameter", task, f"{name} needs the parameter {missing}.")
    for unknown in sorted(set(names) - rule.needs - rule.may):
        yield problem("operation.parameter", task, f"{name} has no parameter {unknown}.")
    if len(names) != len(set(names)):
        yield problem("operation.parameter", task, "A parameter is given twice.")
    if operation.get("result") is not None and not is_outside(name, dict(given)):
        yield problem("operation.parameter", task, f"{name} gives no result.")
