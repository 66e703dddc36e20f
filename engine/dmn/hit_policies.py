"""Hit policies: what a decision table makes of the rules that fire (DMN 1.5, 8.2.8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.dmn import language
from engine.dmn.outputs import Fired, Output, by_priority, result_of
from engine.dmn.places import Place
from engine.dmn.run import Scope

AGGREGATIONS = {"SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}
SINGLE = ("UNIQUE", "ANY", "PRIORITY", "FIRST")
MULTIPLE = ("RULE ORDER", "OUTPUT ORDER", "COLLECT")


@dataclass(frozen=True)
class HitPolicy:
    """A hit policy by its full name, with the aggregation of COLLECT (None: a list)."""

    name: str = "UNIQUE"
    aggregation: str | None = None

    @property
    def takes_first(self) -> bool:
        """Return whether no rule after the first that fires is looked at."""
        return self.name == "FIRST"

    @property
    def needs_order(self) -> bool:
        """Return whether the output values must be listed by priority."""
        return self.name in {"PRIORITY", "OUTPUT ORDER"}


def combine(policy: HitPolicy, outputs: Sequence[Output], fired: Sequence[Fired], scope: Scope, place: Place) -> object:
    """Return the table's result; doubts are errors in strict mode and null otherwise."""
    if not fired:
        return _without_rule(policy, outputs, scope, place)
    if policy.aggregation is not None:
        return _aggregated(policy.aggregation, fired, scope, place)
    return _COMBINERS[policy.name](outputs, fired, scope, place)


def _without_rule(policy: HitPolicy, outputs: Sequence[Output], scope: Scope, place: Place) -> object:
    if any(output.default is not None for output in outputs):
        defaults = [None if output.default is None else output.default.value(scope) for output in outputs]
        return result_of(outputs, defaults)
    if policy.aggregation == "COUNT":
        return language.from_json(0)
    if policy.name in MULTIPLE and policy.aggregation is None:
        return []
    return scope.run.doubt("no_rule", "no rule fires, and there is no default output", place)


def _unique(outputs: Sequence[Output], fired: Sequence[Fired], scope: Scope, place: Place) -> object:
    if len(fired) > 1:
        numbers = _numbers(fired)
        return scope.run.doubt("several_rules", f"rules {numbers} fire together, and the hit policy is UNIQUE", place)
    return result_of(outputs, fired[0].values)


def _any(outputs: Sequence[Output], fired: Sequence[Fired], scope: Scope, place: Place) -> object:
    first = list(fired[0].values)
    if not all(language.equal(list(rule.values), first) for rule in fired):
        return scope.run.doubt(
            "rules_disagree", f"rules {_numbers(fired)} fire with different outputs, and the hit policy is ANY", place
        )
    return result_of(outputs, fired[0].values)


def _first(outputs: Sequence[Output], fired: Sequence[Fired], _scope: Scope, _place: Place) -> object:
    return result_of(outputs, fired[0].values)


def _priority(outputs: Sequence[Output], fired: Sequence[Fired], scope: Scope, _place: Place) -> object:
    return result_of(outputs, by_priority(outputs, fired, scope)[0].values)


def _all(outputs: Sequence[Output], fired: Sequence[Fired], _scope: Scope, _place: Place) -> object:
    return [result_of(outputs, rule.values) for rule in fired]


def _ordered(outputs: Sequence[Output], fired: Sequence[Fired], scope: Scope, _place: Place) -> object:
    return [result_of(outputs, rule.values) for rule in by_priority(outputs, fired, scope)]


Combiner = Callable[[Sequence[Output], Sequence[Fired], Scope, Place], object]
_COMBINERS: dict[str, Combiner] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "PRIORITY": _priority,
    "RULE ORDER": _all,
    "COLLECT": _all,
    "OUTPUT ORDER": _ordered,
}


def _aggregated(aggregation: str, fired: Sequence[Fired], scope: Scope, place: Place) -> object:
    values = [rule.values[0] for rule in fired]
    if aggregation == "COUNT":
        return language.from_json(len(values))
    found = language.constant(f"{aggregation.lower()}(v)", {"v": values})
    if found is None:
        return scope.run.doubt("aggregation", f"the outputs have no {aggregation}", place)
    return found


def _numbers(fired: Sequence[Fired]) -> str:
    return ", ".join(str(rule.rule) for rule in fired)
