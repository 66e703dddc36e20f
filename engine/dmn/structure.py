"""What must be true of a DMN file before its expressions are looked at."""

import re
from collections import Counter

from engine.dmn.elements import NAMESPACES, Node, children, local, namespace_of, spaced
from engine.dmn.findings import Findings
from engine.markup import fault_in, is_formula

ELEMENTS = frozenset(  # of DMN 1.1 to 1.5
    """
    allowedAnswers allowedValues annotation annotationEntry artifact association authorityRequirement binding
    businessContextElement businessKnowledgeModel column conditional context contextEntry decision decisionMade
    decisionMaker decisionOwned decisionOwner decisionService decisionTable defaultOutputEntry definitions description
    drgElement else elementCollection encapsulatedDecision encapsulatedLogic every expression extensionElements filter
    for formalParameter functionDefinition functionItem group if impactedPerformanceIndicator
    impactingDecision import importedElement importedValues in informationItem informationRequirement input inputData
    inputDecision inputEntry inputExpression inputValues invocable invocation itemComponent itemDefinition
    knowledgeRequirement knowledgeSource list literalExpression match organizationUnit output outputDecision outputEntry
    outputValues owner parameter parameters performanceIndicator question relation requiredAuthority requiredDecision
    requiredInput requiredKnowledge return row rule satisfies some sourceRef supportedObjective target
    targetRef text textAnnotation then type typeConstraint typeRef usingProcess usingTask variable
    """.split()  # noqa: SIM905  # a hundred quotes read worse
)
NAMED = {"decision", "inputData", "businessKnowledgeModel", "decisionService", "output", "variable", "itemComponent"}
RESERVED = {"__proto__", "constructor", "prototype"}
_ID = re.compile(r"[^\W\d][\w.\-·]*")
SHOWN = ("name", "label", "outputLabel", "title")


def check_structure(root: Node, findings: Findings) -> None:
    """Note what is wrong with the elements, ids, names and texts of a file."""
    _check_ids(root, findings)
    _check_names(root, findings)
    if next(children(root, "decision"), None) is None:
        findings.add("decision.none", root, "The model has no decision.")
    for node in _own(root):
        if namespace_of(node) in NAMESPACES and local(node) not in ELEMENTS:
            findings.add("element.unknown", node, f"<{local(node)}> is no element of DMN.")
        elif namespace_of(node) != namespace_of(root) and not _is_drawing(node):
            findings.add("element.unknown", node, f"<{local(node)}> is no element of DMN; extensions are left out.")
        _check_texts(node, findings)
    _check_drawing(root, findings)


def _own(root: Node) -> list[Node]:
    """Return all elements except what stands in extensions."""
    found: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if local(node) != "extensionElements":
            waiting.extend(reversed(node))
    return found


def _is_drawing(node: Node) -> bool:
    return "/DMNDI/" in namespace_of(node) or namespace_of(node).endswith(("/DI/", "/DC/"))


def _check_ids(root: Node, findings: Findings) -> None:
    seen: set[str] = set()
    for node in _own(root):
        identifier = node.get("id")
        if identifier is not None and identifier in seen:
            findings.add("id.duplicate", node, f'The id "{identifier}" stands twice.')
        elif identifier is not None and (identifier in RESERVED or not _ID.fullmatch(identifier)):
            findings.add(
                "id.invalid", node, f'"{identifier}" is no id: letters, digits, "_", "-" and ".", no digit first.'
            )
        seen.add(identifier or "")


def _check_names(root: Node, findings: Findings) -> None:
    nodes = list(children(root, "inputData", "decision", "businessKnowledgeModel", "decisionService"))
    counted = Counter(spaced(node.get("name", "")) for node in nodes)
    for node in nodes:
        name = spaced(node.get("name", ""))
        if not name:
            findings.add("name.missing", node, "The node has no name.")
        elif counted[name] > 1:
            findings.add("name.duplicate", node, f'Another node is named "{name}" as well.')
    for node in root.iter():
        name = node.get("name", "") if local(node) in NAMED else ""
        if name.startswith("_") or name in RESERVED:
            findings.add("name.reserved", node, f'The name "{name}" is reserved.')


def _check_texts(node: Node, findings: Findings) -> None:
    texts = [node.get(name, "") for name in SHOWN] + [node.text or ""]
    fault = next(filter(None, map(fault_in, texts)), None)
    if fault is not None:
        findings.add(fault[0], node, fault[1])
    if is_formula(node.get("name", "")):
        findings.add("markup.formula", node, "A spreadsheet would take the name for a formula.")


def _check_drawing(root: Node, findings: Findings) -> None:
    known = {node.get("id") for node in _own(root)}
    for node in root.iter():
        reference = node.get("dmnElementRef")
        if reference is not None and ":" not in reference and reference not in known:
            findings.add("reference.dangling", node, f'The drawing names "{reference}", which is not in the model.')
