"""A decision model, read and compiled: what it can decide, and deciding it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.dmn import language
from engine.dmn.elements import spaced
from engine.dmn.errors import DecisionFailed, DmnRefused
from engine.dmn.evaluation import Evaluation, given_inputs, serve, taken
from engine.dmn.language import Surroundings
from engine.dmn.nodes import DecisionNode, InputNode, KnowledgeNode, ServiceNode
from engine.dmn.places import Place
from engine.dmn.reading import Reading, read_bundle
from engine.dmn.record import Record, Step
from engine.dmn.run import Run, Warned
from engine.domain.problems import Problem

Askable = DecisionNode | ServiceNode | KnowledgeNode


@dataclass(frozen=True)
class Result:
    """
    What a decision says and why.

    `value` is a FEEL value; `warnings` is what a lenient evaluation went on in spite of; `record` holds the decisions
    that were evaluated and the rules that fired.
    """

    value: object
    warnings: tuple[Warned, ...]
    record: Record

    @property
    def trace(self) -> list[Step]:
        """Return the record as plain data (see engine/dmn/record.py), to be kept with a case's event."""
        return self.record.steps

    def as_json(self) -> dict[str, object]:
        """Return result, fired rules, warnings and record as plain data."""
        return {
            "result": language.plain(self.value),
            "fired": self.record.fired(),
            "warnings": [warned.as_json() for warned in self.warnings],
            "decisions": self.trace,
        }


@dataclass(frozen=True)
class Model:
    """A decision model."""

    reading: Reading

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self.reading.name

    @property
    def decisions(self) -> tuple[str, ...]:
        """Return the names of the decisions, in the order of the file."""
        return tuple(self.reading.decisions)

    @property
    def top_decisions(self) -> tuple[str, ...]:
        """Return the names of the decisions that no other decision needs."""
        nodes = self.reading.graph.nodes.values()
        needed = {need.key for node in nodes if isinstance(node, DecisionNode) for need in node.needs}
        return tuple(name for name, key in self.reading.decisions.items() if key not in needed)

    @property
    def services(self) -> tuple[str, ...]:
        """Return the names of the decision services."""
        return tuple(self.reading.services)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what was found wrong; empty unless the model was read leniently."""
        return self.reading.problems

    def inputs_of(self, name: str) -> tuple[str, ...]:
        """Return what a decision or service is asked with: its input data, then the names that no arrow brings."""
        node = self._node(name)
        graph = self.reading.graph
        if isinstance(node, KnowledgeNode):
            return tuple(name for name, _ in node.function.parameters)
        if isinstance(node, ServiceNode):
            return tuple(need.name for need in node.inputs)
        decisions = graph.order([node.key], frozenset())
        needed = [need.name for each in decisions for need in each.needs if graph.decision(need.key) is None]
        free = [name for each in decisions for name in each.free]
        return tuple(dict.fromkeys(needed + free))

    def evaluate(
        self, name: str, inputs: Mapping[str, object], *, surroundings: Surroundings, strict: bool = True
    ) -> Result:
        """
        Return what a decision, service or knowledge model, by name or id, says for inputs: plain or FEEL values.

        Strict raises DecisionFailed for whatever gives no answer one may act on: an unknown name, a null that comes
        with a warning, a value that does not fit its type, no rule or too many. Lenient makes it null, with a warning,
        as DMN says.
        """
        node = self._node(name)
        run = Run(surroundings, strict, self.reading.types)
        try:
            value = self._value(node, inputs, run)
        except RecursionError as error:
            raise DecisionFailed("limit", "the decision is nested too deeply", node.place) from error
        return Result(value, tuple(run.warnings), run.record)

    def _value(self, node: Askable, inputs: Mapping[str, object], run: Run) -> object:
        graph = self.reading.graph
        if isinstance(node, KnowledgeNode):
            return Evaluation(graph, run, {}).know(node, _arguments(node, inputs, run))
        if isinstance(node, ServiceNode):
            known = given_inputs(graph, inputs, run, [need.key for need in node.inputs])
            for need in node.inputs:
                if need.key not in known:
                    known[need.key] = run.doubt("input_missing", f'"{need.name}" is not given', node.place)
            return serve(node, Evaluation(graph, run, known))
        decisions = graph.order([node.key], frozenset())
        wanted = [need.key for each in decisions for need in each.needs]
        used = {name: kind for each in reversed(decisions) for name, kind in each.free.items()}
        known = given_inputs(graph, inputs, run, [key for key in wanted if graph.decision(key) is None])
        named = used.keys() & inputs.keys() - self._declared()
        free = {name: taken(inputs[name], used[name], Place(name), run) for name in named}
        evaluation = Evaluation(graph, run, known, free)
        evaluation.decide([node.key])
        return evaluation.known[node.key]

    def _declared(self) -> frozenset[str]:
        return frozenset(node.name for node in self.reading.graph.nodes.values())

    def _node(self, name: str) -> Askable:
        reading, plain = self.reading, spaced(name)
        key = reading.decisions.get(plain) or reading.services.get(plain) or reading.knowledge.get(plain)
        found = reading.graph.nodes.get(key or "") or next(
            (node for node in reading.graph.nodes.values() if name in {node.key, node.place.element}), None
        )
        if found is None or isinstance(found, InputNode):
            raise DecisionFailed("unknown_decision", f'there is no decision or service "{name}"')
        return found


def _arguments(node: KnowledgeNode, inputs: Mapping[str, object], run: Run) -> list[object]:
    """Return the arguments of a knowledge model that is asked by itself, in the order of its parameters."""
    values: list[object] = []
    for name, kind in node.function.parameters:
        if name not in inputs:
            run.doubt("input_missing", f'"{name}" is not given', node.place)
        values.append(taken(inputs.get(name), kind, node.place.at(column=name), run))
    return values


def read_model(xml: bytes, *, imported: Sequence[bytes] = (), lenient: bool = False) -> Model:
    """
    Return a decision model, compiled whole; raises DmnRefused with every problem found.

    `imported` are the files that the model imports; nothing is fetched. A lenient reading keeps a model with problems:
    what does not compile is null, with a warning, when it is evaluated leniently.
    """
    reading = read_bundle(xml, imported)
    refused = [problem for problem in reading.problems if problem.refused]
    if refused and not lenient:
        raise DmnRefused(refused)
    return Model(reading)


def check(xml: bytes, *, imported: Sequence[bytes] = ()) -> list[Problem]:
    """Return what is wrong with a decision model: code, element id, line and sentence each."""
    try:
        return list(read_bundle(xml, imported).problems)
    except DmnRefused as refused:
        return refused.problems
