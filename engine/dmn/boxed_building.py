"""How each boxed expression is compiled, by the name of its element."""

from dataclasses import replace

from engine.dmn.boxed import Boxed, Conditional, Entries, Filter, Function, Invocation, Items, Relation
from engine.dmn.building import BoxedBuilder, Builder, Site, typed
from engine.dmn.elements import EXPRESSIONS, Node, child, children, expression_in, local, spaced
from engine.dmn.loops import For, Iteration, Quantified
from engine.dmn.table_building import build_table


def build_literal(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return a literal expression."""
    return builder.literal(node, site)


def build_context(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return a context; each entry sees the ones before it."""
    entries: list[tuple[str, Boxed]] = []
    result: Boxed | None = None
    for entry in children(node, "contextEntry"):
        name, wanted = builder.variable(entry)
        here = site.at(entry, column=name or None)
        boxed = typed(builder.build(expression_in(entry), here), wanted, here.place)
        if name:
            entries.append((name, boxed))
            site = site.seeing(name)
        else:
            result = boxed
    return Entries(tuple(entries), result, site.place)


def build_list(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return a list."""
    return Items(tuple(builder.build(each, site) for each in children(node, *EXPRESSIONS)), site.place)


def build_relation(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return a relation."""
    columns = list(children(node, "column"))
    kinds = [builder.types.of(column) for column in columns]
    rows: list[tuple[Boxed, ...]] = []
    for row in children(node, "row"):
        cells = [builder.build(each, site) for each in children(row, *EXPRESSIONS)]
        if len(cells) != len(columns):
            return builder.broken("table.cells", row, site.place, "A row has not one cell for each column.")
        rows.append(tuple(typed(cell, kind, site.place) for cell, kind in zip(cells, kinds, strict=True)))
    return Relation(tuple(spaced(column.get("name", "")) for column in columns), tuple(rows), site.place)


def build_invocation(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return an invocation."""
    bindings: list[tuple[str, Boxed]] = []
    for binding in children(node, "binding"):
        parameter = child(binding, "parameter")
        name = "" if parameter is None else spaced(parameter.get("name", ""))
        here = site.at(binding, column=name)
        boxed = builder.build(expression_in(binding), here)
        bindings.append((name, typed(boxed, builder.types.of(parameter), here.place)))
    return Invocation(builder.build(expression_in(node), site), tuple(bindings), site.place)


def build_function(builder: Builder, node: Node, site: Site) -> Function:
    """Return a function definition, or the logic of a knowledge model; one that is not FEEL is refused."""
    parameters = tuple(
        (spaced(each.get("name", "")), builder.types.of(each)) for each in children(node, "formalParameter")
    )
    inside = site.at(node).seeing(*(name for name, _ in parameters))
    kind = node.get("kind", "FEEL")
    if kind == "FEEL":
        body = builder.build(expression_in(node), inside)
    else:
        message = f"A function in {kind} is refused; write FEEL."
        body = builder.broken("expression.language", node, inside.place, message)
    return Function(parameters, body, builder.types.of(node), inside.place)


def build_conditional(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return if, then, else."""
    parts = [builder.build(expression_in(child(node, name)), site) for name in ("if", "then", "else")]
    return Conditional(parts[0], parts[1], parts[2], site.place)


def build_filter(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return a filter; its condition sees `item` and the item's own entries."""
    source = builder.build(expression_in(child(node, "in")), site)
    match = builder.build(expression_in(child(node, "match")), replace(site.seeing("item"), open=True))
    return Filter(source, match, site.place)


def build_for(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return a for; the list so far is only kept for a body that names it."""
    iteration, inside = _iteration(builder, node, site)
    before, builder.used = builder.used, set()
    body = builder.build(expression_in(child(node, "return")), inside.seeing("partial"))
    partial = "partial" in builder.used
    builder.used |= before
    return For(iteration, body, partial)


def build_quantified(builder: Builder, node: Node, site: Site) -> Boxed:
    """Return some, or every."""
    iteration, inside = _iteration(builder, node, site)
    condition = builder.build(expression_in(child(node, "satisfies")), inside)
    return Quantified(iteration, condition, local(node) == "every")


def _iteration(builder: Builder, node: Node, site: Site) -> tuple[Iteration, Site]:
    variable = spaced(node.get("iteratorVariable", ""))
    source = child(node, "in")
    boxed = typed(builder.build(expression_in(source), site), builder.types.of(source), site.place)
    return Iteration(variable, boxed, site.place), site.seeing(variable)


BUILDERS: dict[str, BoxedBuilder] = {
    "literalExpression": build_literal,
    "context": build_context,
    "list": build_list,
    "relation": build_relation,
    "invocation": build_invocation,
    "functionDefinition": build_function,
    "conditional": build_conditional,
    "filter": build_filter,
    "for": build_for,
    "some": build_quantified,
    "every": build_quantified,
    "decisionTable": build_table,
}
