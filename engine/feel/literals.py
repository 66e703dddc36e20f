"""The value of a text that is one literal."""

from engine.feel.compiler import Compiler
from engine.feel.errors import Undefined
from engine.feel.parser import parse_expression
from engine.feel.run import MISSING
from engine.feel.syntax import AtLiteral, Call, Literal, Name, Negation, Node
from engine.feel.values import Value

_MAKERS = frozenset({"date", "time", "date and time", "duration"})


def literal_value(text: str) -> Value:
    """Return what a number, a string, a temporal literal or a call like date("…") says. Raises Undefined, FeelError."""
    tree = parse_expression(text)
    if not _is_literal(tree):
        raise Undefined("range_bounds")
    compiler = Compiler()
    value = compiler.constant_of(compiler.code(tree))
    if value is MISSING or value is None:
        raise Undefined("range_bounds")
    return value


def _is_literal(node: Node) -> bool:
    match node:
        case Literal() | AtLiteral():
            return True
        case Negation(operand=Literal()):
            return True
        case Call(function=Name(name=name), arguments=arguments):
            return name in _MAKERS and bool(arguments) and all(isinstance(part, Literal) for part in arguments)
        case _:
            return False
