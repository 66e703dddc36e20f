"""Decision tables as they stand in the file, cell by cell, for pages that show which rule fired."""

from dataclasses import dataclass

from engine.dmn.elements import Node, child, children, label, spaced, text_in
from engine.xml_intake import read_tree


@dataclass(frozen=True)
class DrawnTable:
    """A decision's or knowledge model's table: headings and the text of each cell, rules from the top."""

    decision: str
    hit_policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rules: tuple[tuple[str, ...], ...]  # input cells, then output cells


def drawn_tables(xml: bytes) -> list[DrawnTable]:
    """Return the tables of a model that has been read before, in the order of the file."""
    root = read_tree(xml)
    found: list[DrawnTable] = []
    for node in children(root, "decision", "businessKnowledgeModel"):
        holder = child(node, "encapsulatedLogic") if child(node, "encapsulatedLogic") is not None else node
        table = None if holder is None else child(holder, "decisionTable")
        if table is not None:
            found.append(_drawn(spaced(node.get("name", "")), table))
    return found


def _drawn(name: str, table: Node) -> DrawnTable:
    return DrawnTable(
        decision=name,
        hit_policy=" ".join(filter(None, (table.get("hitPolicy", "UNIQUE"), table.get("aggregation", "")))),
        inputs=tuple(_asked(node) for node in children(table, "input")),
        outputs=tuple(_given(node, name) for node in children(table, "output")),
        rules=tuple(
            tuple(text_in(cell) for cell in children(rule, "inputEntry", "outputEntry"))
            for rule in children(table, "rule")
        ),
    )


def _asked(node: Node) -> str:
    return node.get("label") or text_in(child(node, "inputExpression")) or label(node)


def _given(node: Node, decision: str) -> str:
    return node.get("label") or node.get("name") or decision
