"""The bench for decision models: a file or pasted text, inputs made up, and the rules that fired in their table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext

from engine.dmn import Model, read_model
from engine.dmn.drawn_tables import DrawnTable, drawn_tables
from engine.dmn.errors import DecisionFailed, DmnRefused
from engine.dmn.language import plain
from web.designer.asked import Unreadable, data_of, surroundings_at
from web.wording_dmn import failure_words, problem_words


@dataclass(frozen=True)
class Fired:
    """A table as it was asked: what its columns saw, and the numbers of the rules that fired."""

    table: DrawnTable
    saw: tuple[str, ...]
    rules: frozenset[int]


@dataclass(frozen=True)
class Decided:
    """What the page shows after a model was asked: problems, or result and tables."""

    problems: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    decision: str = ""
    inputs: str = ""  # JSON
    done: bool = False
    result: str = ""
    tables: tuple[Fired, ...] = ()
    steps: tuple[dict[str, Any], ...] = field(default=())


def decided(xml: bytes, typed: Mapping[str, str]) -> Decided:
    """Return what a model decides for the inputs typed, or what is wrong with either."""
    inputs = typed.get("inputs", "").strip()
    try:
        model = read_model(xml)
    except DmnRefused as refused:
        return Decided(problems=tuple(dict.fromkeys(map(_located, refused.problems))), inputs=inputs)
    names = model.decisions + model.services
    chosen = typed.get("decision", "")
    decision = chosen if chosen in names else next(iter(model.top_decisions + names))
    known = Decided(names=names, decision=decision, inputs=inputs)
    if not inputs:
        return _inputs_wanted(model, known)
    try:
        return _asked(model, xml, known, typed.get("instant", ""))
    except Unreadable as error:
        return replace(known, problems=(error.sentence,))
    except DecisionFailed as failure:
        return replace(known, problems=(failure_words(failure),))


def _inputs_wanted(model: Model, known: Decided) -> Decided:
    """Return the names that the decision is asked with, ready to be filled in."""
    wanted = dict.fromkeys(model.inputs_of(known.decision))
    sentence = gettext("Fill in the inputs: text in quotes, numbers without, null where nothing is known.")
    return replace(known, inputs=json.dumps(wanted, ensure_ascii=False, indent=2), problems=(sentence,))


def _asked(model: Model, xml: bytes, known: Decided, instant: str) -> Decided:
    result = model.evaluate(known.decision, data_of(known.inputs), surroundings=surroundings_at(instant))
    drawn = {table.decision: table for table in drawn_tables(xml)}
    tables = [
        Fired(
            drawn[step["name"]],
            tuple(_written(seen["value"]) for seen in table["inputs"]),
            frozenset(rule["rule"] for rule in table["fired"]),
        )
        for step in result.trace
        for table in step.get("tables", [])
        if step["name"] in drawn
    ]
    steps = tuple({"name": step["name"], "value": _written(step["value"])} for step in result.trace)
    written = json.dumps(plain(result.value), ensure_ascii=False, indent=2)
    return replace(known, done=True, result=written, tables=tuple(tables), steps=steps)


def _located(problem: Any) -> str:
    words = problem_words(problem)
    return f"{words} ({problem.element})" if problem.element else words


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
