"""Evaluating a requirements graph: decisions in order, knowledge models and services as functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.dmn import language
from engine.dmn.errors import DecisionFailed
from engine.dmn.nodes import DecisionNode, Graph, InputNode, KnowledgeNode, Need, ServiceNode
from engine.dmn.places import Place
from engine.dmn.run import Run, Scope
from engine.dmn.types import ANY, DataType, from_data


@dataclass
class Evaluation:
    """One walk through the graph: the nodes whose values are known, and the data that no node names."""

    graph: Graph
    run: Run
    known: dict[str, object]  # {node key: FEEL value}
    free: Mapping[str, object] = field(default_factory=dict[str, object])

    def decide(self, targets: Sequence[str]) -> None:
        """Evaluate decisions and all that they need."""
        for node in self.graph.order(list(targets), frozenset(self.known)):
            self.known[node.key] = self._decision(node)

    def _decision(self, node: DecisionNode) -> object:
        record = self.run.record
        needed = self._needed(node)
        asked = needed | {name: self.free[name] for name in node.free if name in self.free}
        record.begin("decision", node.name, node.place.element, asked)
        knowledge = self.knowledge(node.knowledge, needed)
        value = self.run.fit(node.logic.value(Scope({**self.free, **knowledge}, self.run)), node.type, node.place)
        record.end(value)
        return value

    def _needed(self, node: DecisionNode) -> dict[str, object]:
        values: dict[str, object] = {}
        for need in node.needs:
            if need.key not in self.known:
                self.run.doubt("input_missing", f'"{need.name}" is not given', node.place)
            _place_under(values, need, self.known.get(need.key))
        return values

    def knowledge(self, needs: Sequence[Need], values: Mapping[str, object]) -> dict[str, object]:
        """Return the values with the functions that the needs name."""
        named = dict(values)
        for need in needs:
            node = self.graph.nodes.get(need.key)
            if isinstance(node, KnowledgeNode | ServiceNode):
                _place_under(named, need, self._function(node))
        return named

    def _function(self, node: KnowledgeNode | ServiceNode) -> object:
        if isinstance(node, ServiceNode):
            return language.function([need.name for need in node.inputs], lambda values: self._serve(node, values))
        names = [name for name, _ in node.function.parameters]
        return language.function(names, lambda values: self.know(node, values))

    def know(self, node: KnowledgeNode, values: list[object]) -> object:
        """Return what a knowledge model says of arguments in the order of its parameters."""
        given = self.run.arguments(node.function.parameters, values, node.place)
        if given is None:
            return None
        record = self.run.record
        record.begin("knowledge", node.name, node.place.element, given)
        value = node.function.apply(given, Scope(self.knowledge(node.knowledge, {}), self.run))
        record.end(value)
        return value

    def _serve(self, node: ServiceNode, values: list[object]) -> object:
        parameters = [(need.name, type_of(self.graph, need)) for need in node.inputs]
        given = self.run.arguments(parameters, values, node.place)
        if given is None:
            return None
        known = {need.key: given[need.name] for need in node.inputs}
        return serve(node, Evaluation(self.graph, self.run, known))


def serve(node: ServiceNode, evaluation: Evaluation) -> object:
    """Return a service's answer: the value of its one output decision, or a context of several."""
    run = evaluation.run
    inputs = {need.name: evaluation.known.get(need.key) for need in node.inputs}
    run.record.begin("service", node.name, node.place.element, inputs)
    with run.deeper(node.place):
        evaluation.decide([need.key for need in node.outputs])
    values = {need.name: evaluation.known.get(need.key) for need in node.outputs}
    answer = next(iter(values.values())) if len(values) == 1 else values
    answer = run.fit(run.kept(answer, node.place), node.type, node.place)
    run.record.end(answer)
    return answer


def type_of(graph: Graph, need: Need) -> DataType:
    """Return the type of the input or decision that a need names."""
    node = graph.nodes.get(need.key)
    return node.type if isinstance(node, InputNode | DecisionNode) else ANY


def given_inputs(graph: Graph, data: Mapping[str, object], run: Run, keys: Sequence[str]) -> dict[str, object]:
    """
    Return the inputs that the data holds, made to fit their types: `{node key: FEEL value}`.

    An input is looked up as `namespace#name`, then by its name alone. What the data does not hold is left out.
    """
    found: dict[str, object] = {}
    for key in keys:
        node = graph.nodes.get(key)
        if not isinstance(node, InputNode | DecisionNode):
            continue
        qualified = f"{key.rpartition('#')[0]}#{node.name}"
        name = next((each for each in (qualified, node.name) if each in data), None)
        if name is not None:
            place = Place(node.name, node.place.element, node.place.line)
            found[key] = run.fit(taken(data[name], node.type, place, run), node.type, place)
    return found


def taken(value: object, wanted: DataType, place: Place, run: Run) -> object:
    """Return a value of the data as a FEEL value; raises DecisionFailed for what FEEL has no value for."""
    try:
        return run.kept(from_data(value, wanted), place)
    except language.FeelError as error:
        raise DecisionFailed("input_type", language.sentence(error), place) from error


def _place_under(values: dict[str, object], need: Need, value: object) -> None:
    """Put a value under its name, inside its import's context where it has one."""
    if not need.through:
        values[need.name] = value
        return
    inside = values.get(need.through)
    values[need.through] = {**(inside if isinstance(inside, dict) else {}), need.name: value}
