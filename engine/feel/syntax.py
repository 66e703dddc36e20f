"""The tree of an expression: frozen values. `position` is the offset of a name and takes no part in equality."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression."""


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """null, true or false, a number or a string."""

    value: bool | str | Decimal | None


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """@"2026-03-01": a temporal value by its text."""

    text: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable or a function by its name."""

    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Path(Node):
    """source.name."""

    source: Node
    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """source[condition]."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """function(a, b) or function(name: a)."""

    function: Node
    arguments: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """first operator operand operator operand …, operators of one precedence, from the left."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """-operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """left operator right with = != < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """value between low and high."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """value in (test, test)."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """value instance of type."""

    value: Node
    type: "TypeNode"
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OperatorTest(Node):
    """< 10: a test of one end point, as a value."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """a and b and c."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Disjunction(Node):
    """a or b or c."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """if condition then yes else no."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """name in source, or name in source..end."""

    name: str
    source: Node
    end: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """for iterations return body."""

    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """some (or every) iterations satisfies body."""

    every: bool
    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """[a, b]."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    """[low..high], a bracket turned outwards or a parenthesis leaves the end point out."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """{key: value}; a value may use the keys before it."""

    entries: tuple[tuple[str, Node], ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class FunctionLiteral(Node):
    """function(name: type) body."""

    parameters: tuple[tuple[str, "TypeNode | None"], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class AnyValue(Node):
    """- alone: the unary test that everything passes."""


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """A list of unary tests, one of which must hold; negated by not(…)."""

    tests: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class TypeNode:
    """A type by its name, and what it is made of."""

    name: str
    items: tuple["TypeNode", ...] = ()  # of list<T>, range<T>; the parameters of function<…>
    fields: tuple[tuple[str, "TypeNode"], ...] = ()  # of context<…>
    result: "TypeNode | None" = None  # of function<…> -> T
