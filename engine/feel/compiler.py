"""Tree → closures. Each kind of node has its compiler in `compile_*`; here is what they share."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from engine.feel.errors import FeelError
from engine.feel.run import MISSING, Code, Frame, Run
from engine.feel.surroundings import NOWHERE
from engine.feel.syntax import Node
from engine.feel.values import Value

NodeCompiler = Callable[[Any, "Compiler"], Code]
COMPILERS: dict[type[Node], NodeCompiler] = {}


def compiles(kind: type[Node]) -> Callable[[NodeCompiler], NodeCompiler]:
    """Register the compiler of a kind of node."""

    def register(compiler: NodeCompiler) -> NodeCompiler:
        COMPILERS[kind] = compiler
        return compiler

    return register


@dataclass
class Compiler:
    """
    Compiles one expression.

    `free` collects the names that only the data can explain; `possible` those that an element of a filtered list may
    explain as well, and those that may be missing.
    """

    free: set[str] = field(default_factory=set[str])
    possible: set[str] = field(default_factory=set[str])
    _bound: list[frozenset[str]] = field(default_factory=list[frozenset[str]])
    _filters: int = 0
    _tolerant: int = 0
    _constants: dict[Code, Value] = field(default_factory=dict[Code, Value])

    def code(self, node: Node) -> Code:
        """Return the closure of a node."""
        return COMPILERS[type(node)](node, self)

    def codes(self, nodes: Iterable[Node]) -> list[Code]:
        """Return the closures of nodes."""
        return [self.code(node) for node in nodes]

    @contextmanager
    def binding(self, names: Iterable[str], *, filtering: bool = False) -> Generator[None]:
        """Let names be bound by a frame inside the block; in a filter the elements bind names of their own."""
        self._bound.append(frozenset(names))
        self._filters += filtering
        try:
            yield
        finally:
            self._bound.pop()
            self._filters -= filtering

    @contextmanager
    def tolerating(self) -> Generator[None]:
        """Let names be missing inside the block."""
        self._tolerant += 1
        try:
            yield
        finally:
            self._tolerant -= 1

    def is_bound(self, name: str) -> bool:
        """Say whether the expression itself binds the name here."""
        return any(name in names for names in self._bound)

    def is_free(self, name: str) -> bool:
        """Say whether only the data can explain the name here."""
        return name != "?" and not self._filters and not self.is_bound(name)

    def asks_for(self, name: str) -> None:
        """Note a name that the data should explain."""
        (self.possible if self._tolerant or self._filters else self.free).add(name)

    def in_filter(self) -> bool:
        """Say whether an element of a list may explain names here."""
        return self._filters > 0

    def constant(self, value: Value) -> Code:
        """Return a closure that always says the value."""

        def said(run: Run, scope: Frame | None) -> Value:
            return value

        self._constants[said] = value
        return said

    def constant_of(self, code: Code) -> Value:
        """Return what a closure always says, MISSING when that depends."""
        return self._constants.get(code, MISSING)

    def folded(self, code: Code, parts: Iterable[Code]) -> Code:
        """Return the closure, or a constant when all its parts are constants and no warning comes with its value."""
        if any(part not in self._constants for part in parts):
            return code
        run = Run({}, NOWHERE)
        try:
            value = code(run, None)
        except FeelError:
            return code
        scalar = not isinstance(value, list | dict)
        return self.constant(value) if scalar and run.warnings is None and value is not None else code
