"""What there is around a diagram: what a check needs to know to say that something is not there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class There:
    """
    What a diagram may name; None where it is not known, and not checked.

    `forms` and `operations` are names; `carries` the kinds of events that are carried between instances and cared for
    (message, signal, error); `decisions` the decisions of the bundle, {model key: {decision: its inputs}}.
    """

    forms: Collection[str] | None = None
    operations: Collection[str] | None = None
    carries: Collection[str] | None = None
    decisions: Mapping[str, Mapping[str, Collection[str]]] | None = None


NOT_KNOWN = There()
