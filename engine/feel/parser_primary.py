"""What an expression is built from: literals, brackets, names, function literals."""

import decimal
from contextlib import ExitStack

from engine.feel.builtin_names import SPACED_BUILTINS
from engine.feel.decimals import CONTEXT
from engine.feel.lexer import Kind, refuse, shown, unescape
from engine.feel.names import KEYWORDS, NameTable
from engine.feel.parser_types import TypeParser
from engine.feel.syntax import (
    AtLiteral,
    ContextLiteral,
    FunctionLiteral,
    ListLiteral,
    Literal,
    Name,
    Node,
    OperatorTest,
    RangeLiteral,
    TypeNode,
)

TEST_OPERATORS = ("<=", ">=", "!=", "<", ">", "=")
_CONSTANTS = {"true": True, "false": False, "null": None}
_NUMBER_LENGTH = 60
_BUILTINS = NameTable(SPACED_BUILTINS)


class PrimaryParser(TypeParser):
    """Reads primary expressions."""

    def expression(self) -> Node:
        """Read an expression."""
        raise NotImplementedError

    def arithmetic(self, first: Node | None = None) -> Node:
        """Read operands with arithmetic operators between; `first` has been read already."""
        raise NotImplementedError

    def test(self) -> Node:
        """Read a positive unary test: `< 10` or an expression. A test ends before `and`, so that none is misread."""
        if self.sees(*TEST_OPERATORS):
            operator = self.token.text
            self.at += 1
            return OperatorTest(operator, self.arithmetic())
        return self.expression()

    def tests(self, closing: str) -> tuple[Node, ...]:
        """Read tests up to the closing bracket, and the bracket."""
        found = [self.test()]
        while self.takes(","):
            found.append(self.test())
        self.expect(closing)
        return tuple(found)

    def primary(self) -> Node:
        """Read a primary expression."""
        token = self.token
        match token.kind:
            case Kind.NUMBER:
                return self._number()
            case Kind.STRING:
                return Literal(self.string())
            case Kind.NAME:
                return self._word_or_function()
            case Kind.SYMBOL:
                return self._bracket()
            case _:
                return self.refuse_here("an expression")

    def string(self) -> str:
        """Read a string literal; return what it says."""
        token = self.token
        if token.kind is not Kind.STRING:
            self.refuse_here("a text in double quotes")
        self.at += 1
        return unescape(token.text[1:-1])

    def _number(self) -> Node:
        token = self.token
        self.at += 1
        try:
            value = CONTEXT.create_decimal(token.text) if len(token.text) <= _NUMBER_LENGTH else None
        except decimal.DecimalException:
            value = None
        if value is None:
            refuse(self.text, token.start, "bad_number", found=shown(token.text))
        return Literal(value)

    def _bracket(self) -> Node:
        start = self.token.start
        if self.takes("@"):
            return AtLiteral(self.string(), start)
        if self.takes("("):
            return self._parenthesis()
        if self.takes("["):
            return self._list_or_range()
        if self.takes("]"):
            low = self.expression()
            self.expect("..")
            return self._range(low, closed=False)
        if self.takes("{"):
            return self._context(start)
        return self.refuse_here("an expression")

    def _parenthesis(self) -> Node:
        inner = self.test()
        if not isinstance(inner, OperatorTest) and self.takes(".."):
            return self._range(inner, closed=False)
        self.expect(")")
        return inner

    def _list_or_range(self) -> Node:
        if self.takes("]"):
            return ListLiteral(())
        first = self.test()
        if not isinstance(first, OperatorTest) and self.takes(".."):
            return self._range(first, closed=True)
        items = [first]
        while self.takes(","):
            items.append(self.test())
        self.expect("]")
        return ListLiteral(tuple(items))

    def _range(self, low: Node, *, closed: bool) -> Node:
        high = self.expression()
        if self.takes("]"):
            return RangeLiteral(low, high, closed, True)
        if self.takes(")") or self.takes("["):
            return RangeLiteral(low, high, closed, False)
        return self.refuse_here("“]” or “)”")

    def _context(self, start: int) -> Node:
        entries: list[tuple[str, Node]] = []
        with ExitStack() as known:
            while not self.takes("}"):
                if entries:
                    self.expect(",")
                key = self._key()
                entries.append((key, self.expression()))
                self.entries.add(key)
                known.enter_context(self.knowing([key]))
        return ContextLiteral(tuple(entries), start)

    def _key(self) -> str:
        key = self.string() if self.token.kind is Kind.STRING else self.declared("a key and “:”", ":")
        self.expect(":")
        return key

    def _word_or_function(self) -> Node:
        known, count = self._known()
        token = self.token
        if count:
            self.at += count
            return Name(known, token.start)
        if token.text in _CONSTANTS:
            self.at += 1
            return Literal(_CONSTANTS[token.text])
        if token.text == "function" and self.ahead().text == "(":
            return self._function()
        if token.text in {"if", "for", "some", "every"}:
            return self.expression()
        if token.text in KEYWORDS and token.text not in {"function", "external"}:
            return self.refuse_here("an expression")
        self.at += 1
        return Name(token.text, token.start)

    def _known(self) -> tuple[str, int]:
        """Return the longest name of several words that stands here; a built-in one only where it is called."""
        known, count = self.scope.match(self.tokens, self.at)
        builtin, length = _BUILTINS.match(self.tokens, self.at)
        if length > count and (self.ahead(length).text == "(" or " and " not in builtin):
            return builtin, length
        return known, count

    def _function(self) -> Node:
        self.at += 2
        parameters: list[tuple[str, TypeNode | None]] = []
        while not self.takes(")"):
            if parameters:
                self.expect(",")
            name = self.declared("a parameter", ":,)")
            parameters.append((name, self.type() if self.takes(":") else None))
        if self.sees_word("external"):
            refuse(self.text, self.token.start, "external_function")
        with self.knowing([name for name, _ in parameters]):
            return FunctionLiteral(tuple(parameters), self.expression())
