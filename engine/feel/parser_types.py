"""Types as they stand after `instance of` and behind a parameter."""

from engine.feel.cursor import Cursor
from engine.feel.lexer import Kind
from engine.feel.syntax import TypeNode

_LONG = (
    ("years", "and", "months", "duration"),
    ("days", "and", "time", "duration"),
    ("date", "and", "time"),
    ("date", "time"),
)
_ALIASES = {
    "date time": "date and time",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}


class TypeParser(Cursor):
    """Reads types."""

    def type(self) -> TypeNode:
        """Read a type: a simple one, list<T>, range<T>, context<name: T>, function<T> -> T or a user's own."""
        with self.nested:
            name = self._type_name()
            if name in {"list", "range"} and self.takes("<"):
                return self._closed(TypeNode(name, items=(self.type(),)))
            if name == "context" and self.takes("<"):
                return self._closed(TypeNode(name, fields=self._fields()))
            if name == "function" and self.takes("<"):
                return self._function_type()
            return TypeNode(name)

    def _closed(self, node: TypeNode) -> TypeNode:
        self.expect(">")
        return node

    def _function_type(self) -> TypeNode:
        parameters: list[TypeNode] = []
        while not self.sees(">"):
            if parameters:
                self.expect(",")
            parameters.append(self.type())
        self.expect(">")
        self.expect("->")
        return TypeNode("function", items=tuple(parameters), result=self.type())

    def _fields(self) -> tuple[tuple[str, TypeNode], ...]:
        fields: list[tuple[str, TypeNode]] = []
        while not fields or self.takes(","):
            key = self.declared("a key and “:”", ":")
            self.expect(":")
            fields.append((key, self.type()))
        return tuple(fields)

    def _type_name(self) -> str:
        for words in _LONG:
            if tuple(token.text for token in self.tokens[self.at : self.at + len(words)]) == words:
                self.at += len(words)
                name = " ".join(words)
                return _ALIASES.get(name, name)
        name = self._word("a type")
        while self.takes("."):
            name += "." + self._word("a type")
        return _ALIASES.get(name, name)

    def _word(self, expected: str) -> str:
        known, count = self.entries.match(self.tokens, self.at)
        if count:
            self.at += count
            return known
        token = self.token
        if token.kind is not Kind.NAME:
            self.refuse_here(expected)
        self.at += 1
        return token.text
