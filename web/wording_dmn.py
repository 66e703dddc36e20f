"""The words for decision models: a designer reads them at deployment, a coordinator at an incident."""

from engine.dmn.errors import DecisionFailed
from engine.domain.problems import Problem
from engine.feel import FeelError
from web.language import filled, later
from web.wording_feel import feel_words

CODES = {
    "xml.empty": later("the file is empty"),
    "xml.size": later("the file is larger than 2 MiB"),
    "xml.encoding": later("the file is not UTF-8"),
    "xml.malformed": later("the file is not well-formed XML"),
    "xml.doctype": later("the file has a DOCTYPE or entities"),
    "xml.instruction": later("the file has a processing instruction"),
    "xml.include": later("the file wants to include another one"),
    "xml.limits": later("the file is nested too deeply, or something in it is too long or too many"),
    "xml.root": later("the file is no decision model of DMN 1.1 to 1.5"),
    "element.unknown": later("DMN has no such element"),
    "id.invalid": later("the id is not allowed"),
    "id.duplicate": later("the id is used twice"),
    "name.missing": later("the name is missing"),
    "name.duplicate": later("another node has the same name"),
    "name.reserved": later("the name is reserved"),
    "reference.dangling": later("what it refers to is not in the model"),
    "markup.active": later("the text has active HTML or a link that runs code"),
    "markup.bidi": later("the text has characters that turn the direction of writing"),
    "markup.formula": later("a spreadsheet would take the name for a formula"),
    "import.unknown": later("the imported model is not in the bundle"),
    "decision.none": later("the model has no decision"),
    "logic.missing": later("an expression is missing"),
    "requirement.missing": later("a node is used without an arrow from it"),
    "requirement.cycle": later("the arrows go in a circle"),
    "service.inputs": later("the service has no output decision, or is not given what its decisions need"),
    "type.unknown": later("the type is not defined"),
    "type.cycle": later("the type is defined by itself"),
    "expression.invalid": later("the expression cannot be read"),
    "expression.limit": later("the expressions are too long"),
    "expression.language": later("only FEEL expressions are allowed"),
    "expression.unknown": later("the expression uses a name that nothing brings"),
    "table.cells": later("the row has not one cell for each column"),
    "table.outputs": later("several outputs need a name each, all different"),
    "table.hit_policy": later("the hit policy does not suit the outputs"),
}
REASONS = {
    "unknown_decision": later("there is no such decision or service"),
    "input_missing": later("an input is not given"),
    "input_type": later("the data have a value that cannot be used"),
    "expression": later("the expression has no answer"),
    "limit": later("the decision is too large or takes too long"),
    "no_rule": later("no rule fires, and there is no default output"),
    "several_rules": later("several rules fire, and only one may"),
    "rules_disagree": later("rules that fire give different outputs"),
    "wrong_type": later("the value is not of the type that is asked for"),
    "value_unlisted": later("the value is not among the allowed ones"),
    "aggregation": later("the outputs cannot be added up or compared"),
    "call": later("the call of a function has no answer"),
}
PLACES = {
    (True, True): later('"%(decision)s", rule %(rule)s, column "%(column)s": %(problem)s'),
    (True, False): later('"%(decision)s", rule %(rule)s: %(problem)s'),
    (False, True): later('"%(decision)s", column "%(column)s": %(problem)s'),
    (False, False): later('"%(decision)s": %(problem)s'),
}
LINE = later("line %(line)s: %(problem)s")


def problem_words(problem: Problem) -> str:
    """Return what is wrong with a model, in the reader's language, with its line where that is known."""
    text = filled(CODES.get(problem.code, problem.code), {})
    return filled(LINE, {"line": problem.line, "problem": text}) if problem.line else text


def failure_words(failure: DecisionFailed) -> str:
    """Return why a decision has no answer, in the reader's language, with decision, rule and column where known."""
    cause = failure.__cause__
    text = feel_words(cause) if isinstance(cause, FeelError) else filled(REASONS[failure.reason], {})
    place = failure.place
    if not place.node:
        return text
    pattern = PLACES[place.rule is not None, bool(place.column)]
    return filled(pattern, {"decision": place.node, "rule": place.rule, "column": place.column, "problem": text})
