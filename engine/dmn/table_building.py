"""Compiling decision tables."""

from dataclasses import dataclass

from engine.dmn import language
from engine.dmn.boxed import Boxed
from engine.dmn.building import Builder, Site, typed
from engine.dmn.elements import Node, child, children, spaced, text_in
from engine.dmn.outputs import Output
from engine.dmn.policy_checks import check_policy, policy_of
from engine.dmn.tables import Cell, Column, Rule, Table
from engine.dmn.types import ANY, DataType


@dataclass(frozen=True)
class _Columns:
    """What the rows of a table are read against."""

    inputs: tuple[Column, ...]
    outputs: tuple[Output, ...]
    annotations: tuple[str, ...]


def build_table(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return a decision table; one whose rows do not fit its columns is null in lenient mode."""
    columns = _Columns(
        tuple(_input(builder, each, site) for each in children(node, "input")),
        tuple(_output(builder, node, each, site) for each in children(node, "output")),
        tuple(each.get("name", "") for each in children(node, "annotation")),
    )
    rules: list[Rule] = []
    for number, each in enumerate(children(node, "rule"), 1):
        rule = _rule(builder, each, site.at(each, rule=number), columns)
        if rule is None:
            return builder.broken("table.cells", each, site.place, f"Rule {number} has not one cell for each column.")
        rules.append(rule)
    if not columns.outputs:
        return builder.broken("table.outputs", node, site.place, "The table has no output column.")
    table = Table(policy_of(builder, node, site), columns.inputs, columns.outputs, tuple(rules), site.place)
    check_policy(builder, node, table)
    return table


def _input(builder: Builder, node: Node, site: Site) -> Column:
    expression = child(node, "inputExpression")
    title = node.get("label") or text_in(expression) or node.get("id") or ""
    here = site.at(node, column=title)
    if expression is None or not text_in(expression):
        boxed = builder.broken("logic.missing", node, here.place, "The column has no expression.")
    else:
        kind = builder.types.of(expression)
        builder.kinds.setdefault(spaced(text_in(expression)), kind)
        boxed = typed(builder.literal(expression, here), kind, here.place)
    return Column(title, boxed, builder.tests(child(node, "inputValues"), here), here.place)


def _output(builder: Builder, table: Node, node: Node, site: Site) -> Output:
    name = spaced(node.get("name", ""))
    here = site.at(node, column=node.get("label") or name or table.get("outputLabel") or site.place.node)
    kind = builder.types.of(node)
    listed = child(node, "outputValues")
    allowed = builder.tests(listed, here) or _narrowest(builder, table, kind)
    default = child(node, "defaultOutputEntry")
    boxed = None if default is None else typed(builder.literal(default, here), kind, here.place)
    order = None if allowed is None else language.listed(allowed)
    return Output(name, kind, order, boxed, here.place)


def _narrowest(builder: Builder, table: Node, kind: DataType) -> language.UnaryTests | None:
    """Return the allowed values of an output's own type, else of the table's."""
    return (builder.types.of(table) if kind is ANY else kind).tests()


def _rule(builder: Builder, node: Node, site: Site, columns: _Columns) -> Rule | None:
    cells = list(children(node, "inputEntry"))
    values = list(children(node, "outputEntry"))
    if len(cells) != len(columns.inputs) or len(values) != len(columns.outputs):
        return None
    tests: list[Cell] = []
    for cell, column in zip(cells, columns.inputs, strict=True):
        here = site.at(cell, column=column.label)
        tests.append(Cell(builder.tests(cell, here.seeing("?")), here.place))
    given: list[Boxed] = []
    for value, output in zip(values, columns.outputs, strict=True):
        here = site.at(value, column=output.label)
        given.append(typed(builder.literal(value, here), output.type, here.place))
    number = site.place.rule or 0
    return Rule(number, node.get("id"), tuple(tests), tuple(given), _annotations(columns.annotations, node))


def _annotations(names: tuple[str, ...], rule: Node) -> tuple[tuple[str, str], ...]:
    texts = [text_in(each) for each in children(rule, "annotationEntry")]
    padded = (*names, *("" for _ in texts[len(names) :]))
    named = [
        (name or f"annotation {place}", text) for place, (name, text) in enumerate(zip(padded, texts, strict=False), 1)
    ]
    return tuple((name, text) for name, text in [*named, ("description", text_in(rule, "description"))] if text)
