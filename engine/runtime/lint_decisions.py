"""Rules about business rule tasks: which decision they ask, with what, and what gets the answer."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engine.domain.problems import Problem
from engine.feel import FeelError, parse_expression
from engine.feel.syntax import Name
from engine.runtime.codes import problem
from engine.runtime.expressions import mistakes_in
from engine.runtime.house import There
from engine.runtime.intake import bpmn, gov
from engine.runtime.known_names import names_known
from engine.runtime.model import extension

Decisions = Mapping[str, Mapping[str, Collection[str]]]


def check(process: Any, there: There) -> Iterator[Problem]:
    """Yield the problems of the business rule tasks of a process."""
    names = names_known(process.getroottree().getroot(), there.forms)
    for task in process.iter(bpmn("businessRuleTask")):
        asked = extension(task, "decision")
        if asked is None:
            yield problem("decision.none", task, "A business rule task needs a gov:decision.")
            continue
        yield from _inputs(task, asked, names)
        if not _is_name(asked.get("result") or ""):
            yield problem("decision.result", task, "The answer needs a variable: a FEEL name.")
        if there.decisions is not None:
            yield from _known(task, asked, there.decisions, names)


def _inputs(task: Any, asked: Any, names: Collection[str] | None) -> Iterator[Problem]:
    for given in asked.findall(gov("input")):
        for mistake in mistakes_in(given.get("value") or "", names):
            yield problem("expression.invalid", task, f"The expression cannot be used: {mistake}.", cause=mistake)


def _known(task: Any, asked: Any, there: Decisions, names: Collection[str] | None) -> Iterator[Problem]:
    model, decision = asked.get("model"), asked.get("decision")
    if decision not in there.get(model, {}):
        yield problem("decision.unknown", task, f"The bundle has no decision {decision} in {model}.")
        return
    given = {each.get("name") for each in asked.findall(gov("input"))}
    needed = set(there[model][decision])
    if not given and names is not None:
        given = needed & set(names)  # all of the case's data
        wanting = given != needed
    else:
        wanting = bool(given) and given != needed
    if wanting:
        wrong = ", ".join(sorted(given ^ needed))
        yield problem("decision.inputs", task, f"The decision is not given what it asks for: {wrong}.")


def _is_name(text: str) -> bool:
    try:
        return isinstance(parse_expression(text), Name)
    except FeelError:
        return False
