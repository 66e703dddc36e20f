"""The nodes of a decision requirements graph, compiled; `namespace#id` is the key of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.dmn.boxed import Boxed, Function
from engine.dmn.places import Place
from engine.dmn.types import ANY, DataType


@dataclass(frozen=True)
class Need:
    """An arrow into a node: what is needed, and the name it has there."""

    key: str
    name: str
    through: str = ""  # the import's name; "" in the same model


@dataclass(frozen=True)
class InputNode:
    """Input data."""

    key: str
    name: str
    place: Place
    type: DataType = ANY


@dataclass(frozen=True)
class DecisionNode:
    """A decision; without logic it is null."""

    key: str
    name: str
    place: Place
    logic: Boxed
    type: DataType = ANY
    needs: tuple[Need, ...] = ()  # inputs and decisions
    knowledge: tuple[Need, ...] = ()  # knowledge models and services
    free: Mapping[str, DataType] = field(default_factory=dict[str, DataType])  # names that only the data bring


@dataclass(frozen=True)
class KnowledgeNode:
    """A business knowledge model: a function."""

    key: str
    name: str
    place: Place
    function: Function
    knowledge: tuple[Need, ...] = ()


@dataclass(frozen=True)
class ServiceNode:
    """A decision service: some decisions, asked together, with what they are given."""

    key: str
    name: str
    place: Place
    outputs: tuple[Need, ...]
    inputs: tuple[Need, ...]  # input data, then input decisions: the order of the parameters
    type: DataType = ANY


Node = InputNode | DecisionNode | KnowledgeNode | ServiceNode


@dataclass(frozen=True)
class Graph:
    """All nodes of a model and of those it imports."""

    nodes: dict[str, Node] = field(default_factory=dict[str, Node])

    def decision(self, key: str) -> DecisionNode | None:
        """Return a decision by its key."""
        node = self.nodes.get(key)
        return node if isinstance(node, DecisionNode) else None

    def order(self, targets: list[str], given: frozenset[str]) -> list[DecisionNode]:
        """Return the decisions to evaluate for the targets, each after what it needs; given ones are left out."""
        ordered: dict[str, DecisionNode] = {}
        waiting: list[tuple[str, bool]] = [(key, False) for key in reversed(targets)]
        entered: set[str] = set()
        while waiting:
            key, ready = waiting.pop()
            node = self.decision(key)
            if node is None or key in given or key in ordered:
                continue
            if ready:
                ordered[key] = node
            elif key not in entered:
                entered.add(key)
                waiting.append((key, True))
                waiting.extend((need.key, False) for need in reversed(node.needs))
        return list(ordered.values())
