"""Text → tree: operators, comparisons, control, calls, paths and filters (DMN 1.5, 10.3.1.2)."""

from collections.abc import Iterable

from engine.feel.errors import FeelSyntaxError
from engine.feel.lexer import Kind, refuse
from engine.feel.parser_primary import TEST_OPERATORS
from engine.feel.parser_steps import StepParser
from engine.feel.syntax import (
    AnyValue,
    Arithmetic,
    Between,
    Comparison,
    Conditional,
    Conjunction,
    Disjunction,
    For,
    InstanceOf,
    Iteration,
    Membership,
    Negation,
    Node,
    Quantified,
    Tests,
    TypeNode,
)

_CHAIN = 40  # comparisons, or path steps, in a row
_PRECEDENCES = (("**",), ("*", "/"), ("+", "-"))
_ARITHMETIC = frozenset({"**", "*", "/", "+", "-"})


def parse_expression(text: str, names: Iterable[str] = ()) -> Node:
    """Return the tree of an expression; one `=` in front is allowed, as the modelers write it."""
    parser = Parser(text, names)
    parser.takes("=")
    if parser.token.kind is Kind.END:
        refuse(text, 0, "empty_expression")
    return parser.ended(parser.expression())


def parse_tests(text: str, names: Iterable[str] = ()) -> Node:
    """Return the tree of unary tests: `-`, tests with commas between, or not(tests)."""
    return Parser(text, names).unary_tests()


def parse_type(text: str, names: Iterable[str] = ()) -> TypeNode:
    """Return the tree of a type. Raises FeelSyntaxError."""
    parser = Parser(text, names)
    node = parser.type()
    if parser.token.kind is not Kind.END:
        parser.refuse_here("the end")
    return node


class Parser(StepParser):
    """Reads expressions and unary tests."""

    def ended(self, node: Node) -> Node:
        """Return the node when nothing follows it."""
        if self.token.kind is not Kind.END:
            self.refuse_here("an operator or the end")
        return node

    def unary_tests(self) -> Node:
        """Read a whole cell."""
        if self.token.kind is Kind.END:
            refuse(self.text, 0, "empty_expression")
        if self.sees("-") and self.ahead().kind is Kind.END:
            return AnyValue()
        if self.sees_word("not") and self.ahead().text == "(" and (negated := self._negated()):
            return negated
        tests = [self.test()]
        while self.takes(","):
            tests.append(self.test())
        return self.ended(Tests(tuple(tests)))

    def _negated(self) -> Node | None:
        """Read not(tests) as a whole cell; go back when it is only the beginning of an expression."""
        try:
            self.at += 2
            tests = Tests(self.tests(")"), negated=True)
        except FeelSyntaxError:
            tests = None
        if tests and self.at == len(self.tokens) - 1:
            return tests
        self.at = 0
        return None

    def expression(self) -> Node:
        """Read an expression."""
        with self.nested:
            if self.token.kind is Kind.NAME and not self.scope.match(self.tokens, self.at)[1]:
                if self.takes_word("if"):
                    return self._conditional()
                if self.takes_word("for"):
                    return self._for()
                if self.sees_word("some", "every"):
                    return self._quantified()
            return self._logic()

    def _conditional(self) -> Node:
        condition = self.expression()
        self.expect_word("then")
        yes = self.expression()
        self.expect_word("else")
        return Conditional(condition, yes, self.expression())

    def _for(self) -> Node:
        iterations, body = self._iterations("return", [])
        return For(iterations, body)

    def _quantified(self) -> Node:
        every = self.token.text == "every"
        self.at += 1
        iterations, body = self._iterations("satisfies", [])
        return Quantified(every, iterations, body)

    def _iterations(self, word: str, found: list[Iteration]) -> tuple[tuple[Iteration, ...], Node]:
        """Read iterations and the body; each name is known to what follows it."""
        name = self.declared("a name and “in”", "", ("in",))
        self.expect_word("in")
        source = self.expression()
        found.append(Iteration(name, source, self.expression() if self.takes("..") else None))
        with self.knowing([name]):
            if self.takes(","):
                with self.nested:
                    return self._iterations(word, found)
            self.expect_word(word)
            with self.knowing(["partial"]):
                return tuple(found), self.expression()

    def _logic(self) -> Node:
        """Read comparisons with `and` and `or` between; `and` binds tighter."""
        alternatives: list[Node] = []
        operands = [self._comparison()]
        while self.sees_word("and", "or"):
            if self.token.text == "or":
                alternatives.append(_joined(operands))
                operands = []
            self.at += 1
            operands.append(self._comparison())
        if not alternatives:
            return _joined(operands)
        return Disjunction((*alternatives, _joined(operands)))

    def _comparison(self) -> Node:
        node = self.arithmetic()
        for _ in range(_CHAIN):
            if self.takes_word("between"):
                low = self.arithmetic()
                self.expect_word("and")
                node = Between(node, low, self.arithmetic())
            elif self.takes_word("in"):
                node = Membership(node, self._in_tests())
            elif self.takes_word("instance"):
                self.expect_word("of")
                start = self.token.start
                node = InstanceOf(node, self.type(), start)
            elif self.sees(*TEST_OPERATORS):
                operator = self.token.text
                self.at += 1
                node = Comparison(operator, node, self.arithmetic())
            else:
                return node
        return self.refuse_here("fewer comparisons in a row")

    def _in_tests(self) -> tuple[Node, ...]:
        """Read the right side of `in`: one test, or tests in parentheses."""
        if self.sees(*TEST_OPERATORS):
            return (self.test(),)
        if not self.sees("("):
            return (self.arithmetic(),)
        self.at += 1
        with self.nested:
            first = self.test()
            if self.takes(".."):
                return (self.arithmetic(self._range(first, closed=False)),)
            tests = [first]
            while self.takes(","):
                tests.append(self.test())
            self.expect(")")
        return tuple(tests) if len(tests) > 1 else (self.arithmetic(first),)

    def arithmetic(self, first: Node | None = None) -> Node:
        """Read operands with arithmetic operators between; `first` has been read already."""
        operands = [self._unary() if first is None else self.steps(first)]
        operators: list[str] = []
        while self.token.text in _ARITHMETIC and self.token.kind is Kind.SYMBOL:
            operators.append(self.token.text)
            self.at += 1
            operands.append(self._unary())
        for precedence in _PRECEDENCES:
            if operators:
                operands, operators = _grouped(operands, operators, precedence)
        return operands[0]

    def _unary(self) -> Node:
        if self.takes("-"):
            with self.nested:
                operand = self._unary()
            return Negation(operand)
        return self.steps(self.primary())


def _joined(operands: list[Node]) -> Node:
    return operands[0] if len(operands) == 1 else Conjunction(tuple(operands))


def _grouped(operands: list[Node], operators: list[str], precedence: tuple[str, ...]) -> tuple[list[Node], list[str]]:
    """Put runs of operators of one precedence into one node each."""
    grouped = [operands[0]]
    rest: list[str] = []
    run: list[tuple[str, Node]] = []
    for operator, operand in zip(operators, operands[1:], strict=True):
        if operator in precedence:
            run.append((operator, operand))
            continue
        grouped[-1] = _run(grouped[-1], run)
        run = []
        rest.append(operator)
        grouped.append(operand)
    grouped[-1] = _run(grouped[-1], run)
    return grouped, rest


def _run(first: Node, run: list[tuple[str, Node]]) -> Node:
    return Arithmetic(first, tuple(run)) if run else first
