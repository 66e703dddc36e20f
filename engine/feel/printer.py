"""Tree → text, the inverse of parsing: what is printed parses to the same tree, given the names of several words."""

from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch

from engine.feel.decimals import text_of_number
from engine.feel.names import KEYWORDS, parts_of
from engine.feel.rendering import quoted
from engine.feel.syntax import (
    AnyValue,
    Arithmetic,
    AtLiteral,
    Between,
    Call,
    Comparison,
    Conditional,
    Conjunction,
    ContextLiteral,
    Disjunction,
    Filter,
    For,
    FunctionLiteral,
    InstanceOf,
    Iteration,
    ListLiteral,
    Literal,
    Membership,
    Name,
    Negation,
    Node,
    OperatorTest,
    Path,
    Quantified,
    RangeLiteral,
    Tests,
    TypeNode,
)

# how tightly a node binds; a looser one stands in parentheses inside a tighter one
_WHOLE, _OR, _AND, _COMPARED, _SUM, _PRODUCT, _POWER, _SIGNED, _STEP = range(9)
_LEVELS: dict[type[Node], int] = {
    Conditional: _WHOLE,
    For: _WHOLE,
    Quantified: _WHOLE,
    FunctionLiteral: _WHOLE,
    Disjunction: _OR,
    Conjunction: _AND,
    Comparison: _COMPARED,
    Between: _COMPARED,
    Membership: _COMPARED,
    InstanceOf: _COMPARED,
    Negation: _SIGNED,
}
_ARITHMETIC = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}
_LONGEST_NUMBER = 40


@singledispatch
def print_node(node: Node) -> str:
    """Return the text of an expression or of unary tests."""
    raise TypeError(type(node).__name__)


def _inside(node: Node, level: int) -> str:
    """Return a part that must bind at least as tightly as `level`."""
    text = print_node(node)
    own = _ARITHMETIC[node.rest[0][0]] if isinstance(node, Arithmetic) else _LEVELS.get(type(node), _STEP)
    return text if own >= level else f"({text})"


def _list(nodes: Iterable[Node]) -> str:
    return ", ".join(print_node(node) for node in nodes)


@print_node.register
def _(node: Literal) -> str:
    if isinstance(node.value, str):
        return quoted(node.value)
    if isinstance(node.value, Decimal):
        text = text_of_number(node.value)
        return text if len(text) <= _LONGEST_NUMBER else str(node.value)
    return "null" if node.value is None else str(node.value).lower()


@print_node.register
def _(node: AtLiteral) -> str:
    return "@" + quoted(node.text)


@print_node.register
def _(node: Name) -> str:
    return node.name


@print_node.register
def _(node: Path) -> str:
    return f"{_inside(node.source, _STEP)}.{node.name}"


@print_node.register
def _(node: Filter) -> str:
    return f"{_inside(node.source, _STEP)}[{print_node(node.condition)}]"


@print_node.register
def _(node: Call) -> str:
    named = ", ".join(f"{name}: {print_node(value)}" for name, value in node.named)
    return f"{_inside(node.function, _STEP)}({named or _list(node.arguments)})"


@print_node.register
def _(node: Arithmetic) -> str:
    level = _ARITHMETIC[node.rest[0][0]]
    rest = "".join(f" {sign} {_inside(operand, level + 1)}" for sign, operand in node.rest)
    return _inside(node.first, level + 1) + rest


@print_node.register
def _(node: Negation) -> str:
    return "-" + _inside(node.operand, _SIGNED)


@print_node.register
def _(node: Comparison) -> str:
    return f"{_inside(node.left, _COMPARED)} {node.operator} {_inside(node.right, _SUM)}"


@print_node.register
def _(node: Between) -> str:
    return f"{_inside(node.value, _COMPARED)} between {_inside(node.low, _SUM)} and {_inside(node.high, _SUM)}"


@print_node.register
def _(node: Membership) -> str:
    return f"{_inside(node.value, _COMPARED)} in ({_list(node.tests)})"


@print_node.register
def _(node: InstanceOf) -> str:
    return f"{_inside(node.value, _COMPARED)} instance of {print_type(node.type)}"


@print_node.register
def _(node: OperatorTest) -> str:
    return f"({node.operator} {_inside(node.operand, _SUM)})"


@print_node.register
def _(node: Conjunction) -> str:
    return " and ".join(_inside(operand, _COMPARED) for operand in node.operands)


@print_node.register
def _(node: Disjunction) -> str:
    return " or ".join(_inside(operand, _AND) for operand in node.operands)


@print_node.register
def _(node: Conditional) -> str:
    return f"if {print_node(node.condition)} then {print_node(node.yes)} else {print_node(node.no)}"


def _iterations(iterations: Iterable[Iteration]) -> str:
    return ", ".join(
        f"{each.name} in {_inside(each.source, _OR)}{'..' + _inside(each.end, _OR) if each.end else ''}"
        for each in iterations
    )


@print_node.register
def _(node: For) -> str:
    return f"for {_iterations(node.iterations)} return {print_node(node.body)}"


@print_node.register
def _(node: Quantified) -> str:
    word = "every" if node.every else "some"
    return f"{word} {_iterations(node.iterations)} satisfies {print_node(node.body)}"


@print_node.register
def _(node: ListLiteral) -> str:
    return f"[{_list(node.items)}]"


@print_node.register
def _(node: RangeLiteral) -> str:
    opening, closing = "[" if node.low_closed else "(", "]" if node.high_closed else ")"
    return f"{opening}{_inside(node.low, _OR)}..{_inside(node.high, _OR)}{closing}"


@print_node.register
def _(node: ContextLiteral) -> str:
    return "{" + ", ".join(f"{_key(key)}: {print_node(value)}" for key, value in node.entries) + "}"


def _key(key: str) -> str:
    return key if parts_of(key) == (key,) and key not in KEYWORDS and not key[0].isdigit() else quoted(key)


@print_node.register
def _(node: FunctionLiteral) -> str:
    parameters = ", ".join(f"{name}: {print_type(type_)}" if type_ else name for name, type_ in node.parameters)
    return f"function({parameters}) {print_node(node.body)}"


@print_node.register
def _(node: AnyValue) -> str:
    return "-"


@print_node.register
def _(node: Tests) -> str:
    text = ", ".join(_test(test) for test in node.tests)
    if node.negated:
        return f"not({text})"
    return f"({text})" if _looks_negated(node) else text


def _test(node: Node) -> str:
    text = print_node(node)
    return text[1:-1] if isinstance(node, OperatorTest) else text


def _looks_negated(node: Tests) -> bool:
    """Say whether the only test is a call of not(…), which would be read as the negation of tests."""
    match node.tests:
        case (Call(function=Name(name="not"), named=()),):
            return True
        case _:
            return False


def print_type(node: TypeNode) -> str:
    """Return the text of a type."""
    if node.result is not None:
        return f"function<{', '.join(map(print_type, node.items))}> -> {print_type(node.result)}"
    if node.items:
        return f"{node.name}<{print_type(node.items[0])}>"
    if node.fields:
        fields = ", ".join(f"{name}: {print_type(type_)}" for name, type_ in node.fields)
        return f"{node.name}<{fields}>"
    return node.name
