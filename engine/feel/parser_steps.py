"""What may follow a value, step by step: a path, a filter, a call."""

from engine.feel.lexer import Kind
from engine.feel.names import KEYWORDS
from engine.feel.parser_primary import PrimaryParser
from engine.feel.syntax import Call, Filter, Node, Path

_CHAIN = 40  # steps in a row
_CLOSERS = KEYWORDS - {"if", "for", "some", "every", "true", "false", "null", "function"}


class StepParser(PrimaryParser):
    """Reads steps."""

    def steps(self, node: Node) -> Node:
        """Read the steps that follow a node; return the whole."""
        for _ in range(_CHAIN):
            if self.takes("."):
                start = self.token.start
                node = Path(node, self._word("a name"), start)
            elif self.sees("[") and self._begins_filter():
                self.at += 1
                node = self._filter(node)
            elif self.takes("("):
                node = self._call(node)
            else:
                return node
        return self.refuse_here("fewer steps in a row")

    def _begins_filter(self) -> bool:
        """Say whether this bracket opens a filter; else it ends a range: [1..10[."""
        token = self.ahead()
        if token.kind is Kind.END:
            return False
        if token.kind is Kind.NAME:
            return token.text not in _CLOSERS
        return token.kind is not Kind.SYMBOL or token.text in "([{-@"

    def _filter(self, source: Node) -> Node:
        with self.knowing(self.entries.all()):
            condition = self.expression()
        self.expect("]")
        return Filter(source, condition)

    def _call(self, function: Node) -> Node:
        if self.takes(")"):
            return Call(function, ())
        if not self._names_parameter():
            return Call(function, self.tests(")"))
        named: list[tuple[str, Node]] = []
        while not named or self.takes(","):
            name = self.declared("a parameter and “:”", ":")
            self.expect(":")
            named.append((name, self.expression()))
        self.expect(")")
        return Call(function, (), tuple(named))

    def _names_parameter(self) -> bool:
        return self.token.kind is Kind.NAME and self.name_end(":") > 0
