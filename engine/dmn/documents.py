"""The files of one model: the model itself and those it imports, found by namespace and never fetched."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.dmn import language
from engine.dmn.definitions import Types
from engine.dmn.elements import NAMESPACES, Node, children, local, namespace_of, spaced, text_in
from engine.dmn.errors import DmnRefused
from engine.dmn.findings import Findings
from engine.dmn.places import Place
from engine.domain.problems import Problem
from engine.xml_intake import XmlRefused, read_tree

DRG = ("inputData", "decision", "businessKnowledgeModel", "decisionService")


@dataclass(eq=False)
class Document:
    """One file: its tree, its types and what it imports."""

    root: Node
    findings: Findings
    imports: dict[str, "Document"] = field(default_factory=dict[str, "Document"])  # by the name given to the import
    types: Types = field(init=False)

    def __post_init__(self) -> None:
        """Read the types; those of imports are added when the imports are linked."""
        self.types = Types(self.root, self, {})

    @property
    def namespace(self) -> str:
        """Return the namespace by which other models name this one's elements."""
        return self.root.get("namespace") or ""

    def nodes(self) -> list[Node]:
        """Return the elements of the requirements graph."""
        return list(children(self.root, *DRG))

    def key(self, node: Node) -> str:
        """Return the key of a node of this document."""
        return f"{self.namespace}#{node.get('id') or spaced(node.get('name', ''))}"

    def key_of(self, href: str) -> str:
        """Return the key that an href names: `#id` here, `namespace#id` in any file."""
        namespace, _, identifier = href.rpartition("#")
        return f"{namespace or self.namespace}#{identifier}"

    def through(self, namespace: str) -> str:
        """Return the name of the import that brings a namespace, "" for the document's own."""
        return next((name for name, document in self.imports.items() if document.namespace == namespace), "")

    def allowed_values(self, node: Node | None, place: Place) -> language.UnaryTests | None:
        """Return the unary tests of an <allowedValues> or <typeConstraint>; None without any."""
        text = text_in(node)
        if not text or text == "-":
            return None
        try:
            return language.unary_tests(text, frozenset())
        except language.FeelError as error:
            self.findings.add(language.code(error), node, language.sentence(error), place)
            return None

    def report(self, code: str, node: Node, message: str) -> None:
        """Note a problem of a type."""
        self.findings.add(code, node, message)


def read_documents(xml: bytes, imported: Sequence[bytes], findings: Findings) -> list[Document]:
    """Return the documents, the model first, with their imports linked; raises DmnRefused for what is no DMN at all."""
    documents = [_read(each, findings) for each in (xml, *imported)]
    by_namespace = {document.namespace: document for document in reversed(documents)}
    for document in documents:
        for node in children(document.root, "import"):
            _link(document, node, by_namespace)
    for document in documents:
        document.types.link({name: each.types for name, each in document.imports.items()})
        document.types.check()
    return documents


def _read(xml: bytes, findings: Findings) -> Document:
    try:
        root = read_tree(xml)
    except XmlRefused as error:
        raise DmnRefused([error.problem]) from error
    if namespace_of(root) not in NAMESPACES or local(root) != "definitions":
        message = "The file is not a DMN model of version 1.1 to 1.5."
        raise DmnRefused([Problem("xml.root", None, root.sourceline, message)])
    return Document(root, findings)


def _link(document: Document, node: Node, by_namespace: dict[str, Document]) -> None:
    found = by_namespace.get(node.get("namespace", ""))
    name = spaced(node.get("name", ""))
    if node.get("importType", "") not in NAMESPACES:
        document.findings.add("import.unknown", node, f'The import "{name}" is no DMN model.')
    elif found is None or found is document:
        message = f'The imported model "{name}" is not in the bundle; imports are never fetched.'
        document.findings.add("import.unknown", node, message)
    elif document in _reached(found):
        document.findings.add("import.unknown", node, f'The import "{name}" leads back to this model.')
    elif name in document.imports:
        document.findings.add("import.unknown", node, f'Two imports are named "{name}".')
    else:
        document.imports[name] = found


def _reached(document: Document) -> list[Document]:
    """Return a document and all that it imports, and they import; imports linked so far go in no circle."""
    reached = [document]
    for each in reached:
        reached += [other for other in each.imports.values() if other not in reached]
    return reached
