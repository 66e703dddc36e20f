"""Reading a decision model: files in, a compiled requirements graph out, with the problems found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.dmn.boxed import Function
from engine.dmn.boxed_building import BUILDERS, build_function
from engine.dmn.building import Builder, Site, TextBudget
from engine.dmn.documents import DRG, Document, read_documents
from engine.dmn.elements import Node, child, children, expression_in, local, spaced
from engine.dmn.findings import Findings
from engine.dmn.graph_checks import check_graph
from engine.dmn.nodes import DecisionNode, Graph, InputNode, KnowledgeNode, Need, ServiceNode
from engine.dmn.nodes import Node as GraphNode
from engine.dmn.places import Place
from engine.dmn.structure import check_structure
from engine.dmn.types import ANY, DataType
from engine.domain.problems import Problem


@dataclass(frozen=True)
class Reading:
    """What reading a bundle gives: the graph, the names of the model's own nodes and the problems."""

    graph: Graph
    name: str
    decisions: dict[str, str]  # {name: key}, in the order of the file
    services: dict[str, str]
    knowledge: dict[str, str]
    inputs: dict[str, str]
    types: dict[str, DataType]
    problems: tuple[Problem, ...]


def read_bundle(xml: bytes, imported: Sequence[bytes]) -> Reading:
    """Return the compiled model; raises DmnRefused only for what is no DMN at all."""
    findings, budget = Findings(), TextBudget()
    documents = read_documents(xml, imported, findings)
    names = {document.key(node): _name(node) for document in documents for node in document.nodes()}
    graph, paths = Graph(), _paths(documents)
    for document in documents:
        check_structure(document.root, findings)
        for node in _Compiler(document, names, paths, budget).nodes():
            graph.nodes.setdefault(node.key, node)
    check_graph(graph, findings)
    return _reading(documents, graph, findings)


def _reading(documents: Sequence[Document], graph: Graph, findings: Findings) -> Reading:
    document = documents[0]

    def named(tag: str) -> dict[str, str]:
        return {spaced(node.get("name", "")): document.key(node) for node in children(document.root, tag)}

    return Reading(
        graph,
        document.root.get("name") or "",
        named("decision"),
        named("decisionService"),
        named("businessKnowledgeModel"),
        named("inputData"),
        {name: each for document in reversed(documents) for name, each in document.types.all().items()},
        tuple(findings.problems),
    )


def _name(node: Node) -> str:
    variable = child(node, "variable")
    written = None if variable is None else variable.get("name")
    return spaced(written or node.get("name") or node.get("id") or "")


def _paths(documents: Iterable[Document]) -> frozenset[str]:
    """Return all names that may follow a dot: components, entries, columns, outputs, nodes of imports."""
    found: set[str] = set()
    for document in documents:
        found |= document.types.component_names()
        for node in document.root.iter():
            if local(node) in {"variable", "output", "column", *DRG}:
                found.add(spaced(node.get("name", "")))
    return frozenset(name for name in found if not name.isidentifier()) - {""}


@dataclass
class _Compiler:
    """Compiles the nodes of one document."""

    document: Document
    names: dict[str, str]  # {node key: the name it goes by}
    paths: frozenset[str]
    budget: TextBudget

    def __post_init__(self) -> None:
        root = self.document.root
        foreign = root.get("expressionLanguage") or ""
        self.builder = Builder(self.document.types, self.document.findings, self.paths, foreign, BUILDERS, self.budget)
        self.own = {name for key, name in self.names.items() if key.startswith(f"{self.document.namespace}#")}
        self.has_inputs = child(root, "inputData") is not None

    def nodes(self) -> Iterable[GraphNode]:
        """Yield the compiled nodes."""
        kinds = {
            "inputData": self._input,
            "decision": self._decision,
            "businessKnowledgeModel": self._knowledge,
            "decisionService": self._service,
        }
        return (kinds[local(node)](node) for node in self.document.nodes())

    def _input(self, node: Node) -> InputNode:
        _, kind = self.builder.variable(node)
        return InputNode(self.document.key(node), _name(node), self._place(node), kind)

    def _decision(self, node: Node) -> DecisionNode:
        needs = tuple(self._needs(node, "informationRequirement", "requiredInput", "requiredDecision"))
        knowledge = tuple(self._needs(node, "knowledgeRequirement", "requiredKnowledge"))
        place = self._place(node)
        self.builder.begin()
        expression = expression_in(node)
        if expression is None:
            logic = self.builder.broken("logic.missing", node, place, "The decision has no logic.")
        else:
            logic = self.builder.build(expression, Site(place, _seen(needs + knowledge)))
        free = self._check_free(node, self.has_inputs)
        _, kind = self.builder.variable(node)
        return DecisionNode(self.document.key(node), _name(node), place, logic, kind, needs, knowledge, free)

    def _knowledge(self, node: Node) -> KnowledgeNode:
        knowledge = tuple(self._needs(node, "knowledgeRequirement", "requiredKnowledge"))
        place = self._place(node)
        self.builder.begin()
        logic = child(node, "encapsulatedLogic")
        if logic is None:
            body = self.builder.broken("logic.missing", node, place, "The knowledge model has no logic.")
            function = Function((), body, ANY, place)
        else:
            function = build_function(self.builder, logic, Site(place, _seen(knowledge)))
        self._check_free(node, closed=True)
        _, kind = self.builder.variable(node)
        function = replace(function, result=_narrower(function.result, kind))
        return KnowledgeNode(self.document.key(node), _name(node), place, function, knowledge)

    def _service(self, node: Node) -> ServiceNode:
        _, kind = self.builder.variable(node)
        outputs = tuple(self._named(node, node, "outputDecision"))
        list(self._named(node, node, "encapsulatedDecision"))  # only so that one that is not there is noted
        inputs = tuple(self._named(node, node, "inputData", "inputDecision"))
        return ServiceNode(self.document.key(node), _name(node), self._place(node), outputs, inputs, kind)

    def _needs(self, node: Node, arrow: str, *ends: str) -> Iterable[Need]:
        for each in children(node, arrow):
            yield from self._named(each, node, *ends)

    def _named(self, holder: Node, node: Node, *tags: str) -> Iterable[Need]:
        """Yield the nodes that elements below `holder` name; one that is not there is noted at `node`."""
        for tag in tags:
            for end in children(holder, tag):
                href = end.get("href", "")
                key = self.document.key_of(href)
                if key not in self.names:
                    message = f'"{href}" is not in the model.'
                    self.document.findings.add("reference.dangling", None, message, self._place(node))
                    continue
                yield Need(key, self.names[key], self.document.through(key.rpartition("#")[0]))

    def _check_free(self, node: Node, closed: bool) -> dict[str, DataType]:
        """Note names that nothing brings; return those that the data may bring, with the type that a column gives."""
        for name, place in self.builder.free.items():
            if name in self.own:
                message = f'"{name}" is used, but no arrow leads from it to "{_name(node)}".'
                self.document.findings.add("requirement.missing", None, message, place)
            elif closed or name in self.builder.called:
                self.document.findings.add("expression.unknown", None, f'"{name}" is not known here.', place)
        free = (frozenset(self.builder.free) | self.builder.possible) - self.own
        return {name: self.builder.kinds.get(name, ANY) for name in sorted(free)}

    def _place(self, node: Node) -> Place:
        return Place(_name(node), node.get("id"), node.sourceline)


def _seen(needs: Iterable[Need]) -> frozenset[str]:
    return frozenset(need.through or need.name for need in needs)


def _narrower(written: DataType, variable: DataType) -> DataType:
    """Return the type of a knowledge model's results: the logic's own, else what its variable says."""
    if written.kind != "Any" or written.base is not None:
        return written
    shape = variable.plain()
    return shape.result() if shape.kind == "function" and shape.result is not None else variable
