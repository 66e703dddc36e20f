"""Walks over trees."""

from collections.abc import Iterator
from typing import Any

from engine.feel.syntax import Name, Node


def nodes_in(node: Node) -> Iterator[Node]:
    """Yield the node and every node inside it, outer ones first."""
    yield node
    for name in type(node).__match_args__:
        yield from _inside(getattr(node, name))


def _inside(part: Any) -> Iterator[Node]:
    if isinstance(part, Node):
        yield from nodes_in(part)
    elif isinstance(part, tuple):
        for item in part:
            yield from _inside(item)


def cost_of(body: Node) -> int:
    """Return how many steps one evaluation of a body takes, those of the loops inside it aside."""
    return 2 + sum(1 for _ in nodes_in(body))


def names_in(node: Node) -> set[str]:
    """Return every variable and function that the tree names, bound or not."""
    return {inner.name for inner in nodes_in(node) if isinstance(inner, Name)}
