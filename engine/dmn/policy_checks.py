"""Hit policies as written in a model, and what must be true of a table for each."""

from engine.dmn import language
from engine.dmn.boxed import Literal, Typed
from engine.dmn.building import Builder, Site
from engine.dmn.elements import Node
from engine.dmn.hit_policies import AGGREGATIONS, MULTIPLE, SINGLE, HitPolicy
from engine.dmn.tables import Table

ADDABLE = {"Any", "number", "days and time duration", "years and months duration"}


def policy_of(builder: Builder, node: Node, site: Site) -> HitPolicy:
    """Return the hit policy of a table; an unknown one is noted."""
    name = node.get("hitPolicy") or "UNIQUE"
    aggregation = node.get("aggregation") or None
    if name not in SINGLE + MULTIPLE:
        builder.findings.add("table.hit_policy", node, f'There is no hit policy "{name}".', site.place)
        return HitPolicy()
    if name != "COLLECT":
        return HitPolicy(name)
    if aggregation is not None and aggregation not in AGGREGATIONS:
        builder.findings.add("table.hit_policy", node, f'There is no aggregation "{aggregation}".', site.place)
        return HitPolicy(name)
    return HitPolicy(name, aggregation)


def check_policy(builder: Builder, node: Node, table: Table) -> None:
    """Note where a table cannot do what its hit policy asks."""
    names = [output.name for output in table.outputs]
    if len(names) > 1 and ("" in names or len(set(names)) < len(names)):
        builder.findings.add("table.outputs", node, "Several outputs need a name each, all different.", table.place)
    if table.policy.needs_order and all(output.order is None for output in table.outputs):
        message = f"{table.policy.name} needs the output values listed by priority."
        builder.findings.add("table.hit_policy", node, message, table.place)
    if table.policy.aggregation is not None:
        _check_aggregation(builder, node, table)


def _check_aggregation(builder: Builder, node: Node, table: Table) -> None:
    aggregation = table.policy.aggregation
    if len(table.outputs) > 1:
        message = f"COLLECT {aggregation} takes one output, not {len(table.outputs)}."
        builder.findings.add("table.hit_policy", node, message, table.place)
    elif aggregation == "SUM" and not _addable(table):
        message = "COLLECT SUM adds numbers or durations, and the outputs are others."
        builder.findings.add("table.hit_policy", node, message, table.place)


def _addable(table: Table) -> bool:
    if table.outputs[0].type.plain().kind not in ADDABLE:
        return False
    cells = (rule.outputs[0] for rule in table.rules)
    inner = (cell.inner if isinstance(cell, Typed) else cell for cell in cells)
    return all(_constant_kind(cell) in ADDABLE for cell in inner)


def _constant_kind(cell: object) -> str:
    """Return the kind of a cell that says the same for every case; Any for the others."""
    if not isinstance(cell, Literal) or cell.compiled.names or "(" in cell.text:
        return "Any"
    value = language.constant(cell.text or "null", {})
    return "Any" if value is None else language.kind(value)
