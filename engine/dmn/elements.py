"""Walking a DMN tree: the namespaces of DMN 1.1 to 1.5, and an element's children without foreign ones."""

from collections.abc import Iterator
from typing import Any

Node = Any  # an lxml element; lxml brings no types

NAMESPACES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
FEEL = {
    "feel",
    "http://www.omg.org/spec/FEEL/20140401",
    "http://www.omg.org/spec/DMN/20180521/FEEL/",
    "https://www.omg.org/spec/DMN/20191111/FEEL/",
    "https://www.omg.org/spec/DMN/20211108/FEEL/",
    "https://www.omg.org/spec/DMN/20230324/FEEL/",
}
EXPRESSIONS = (
    "literalExpression",
    "decisionTable",
    "context",
    "invocation",
    "list",
    "relation",
    "functionDefinition",
    "conditional",
    "filter",
    "for",
    "some",
    "every",
)


def namespace_of(node: Node) -> str:
    """Return the XML namespace of an element, "" without one."""
    tag = str(node.tag)
    return tag[1 : tag.index("}")] if tag.startswith("{") else ""


def local(node: Node) -> str:
    """Return an element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


def children(node: Node, *names: str) -> Iterator[Node]:
    """Yield the children with one of these names, of the parent's own namespace only, in order."""
    wanted = {f"{{{namespace_of(node)}}}{name}" for name in names}
    return (child for child in node if child.tag in wanted)


def child(node: Node, *names: str) -> Node | None:
    """Return the first such child."""
    return next(children(node, *names), None)


def expression_in(node: Node | None) -> Node | None:
    """Return the boxed expression that an element holds."""
    return None if node is None else child(node, *EXPRESSIONS)


def text_in(node: Node | None, name: str = "text") -> str:
    """Return the text of a child (of its <text> by default), stripped; "" where there is none."""
    found = None if node is None else child(node, name)
    return "" if found is None else "".join(found.itertext()).strip()


def label(node: Node) -> str:
    """Return how a person would call the element: its label, name or id."""
    return node.get("label") or node.get("name") or node.get("id") or local(node)


def spaced(name: str) -> str:
    """Return a name with its white space as FEEL compares it: single spaces, none at the ends."""
    return " ".join(name.split())
