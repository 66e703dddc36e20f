"""Compiling the expressions of one model: XML in, something with a value out, problems noted on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from engine.dmn import language
from engine.dmn.boxed import Boxed, Broken, Literal, Typed
from engine.dmn.definitions import Types
from engine.dmn.elements import FEEL, Node, child, local, spaced, text_in
from engine.dmn.findings import Findings
from engine.dmn.places import Place
from engine.dmn.types import ANY, DataType

MOST_TEXT = 200_000  # characters of all expressions of a bundle
TOO_MUCH = f"The expressions of the model have more than {MOST_TEXT} characters together."


@dataclass(frozen=True)
class Site:
    """Where an expression stands, and which names it sees."""

    place: Place
    names: frozenset[str]
    open: bool = False  # names may come that only a running evaluation knows: the items of a filter

    def seeing(self, *names: str) -> "Site":
        """Return the site with more names."""
        return replace(self, names=self.names.union(names))

    def at(self, node: Node, **changes: object) -> "Site":
        """Return the site at an element below."""
        place = self.place.at(line=node.sourceline, element=node.get("id") or self.place.element, **changes)
        return replace(self, place=place)


@dataclass
class TextBudget:
    """How many characters of expressions a bundle may still have: compiling is paid by the character."""

    left: int = MOST_TEXT

    def takes(self, text: str) -> bool:
        """Count a text; return whether it is still within the budget."""
        self.left -= len(text)
        return self.left >= 0


@dataclass
class Builder:
    """Compiles expressions; `builders` says how, by the name of the element."""

    types: Types
    findings: Findings
    paths: frozenset[str]  # names that may follow a dot
    model_language: str  # of all its expressions, "" for FEEL
    builders: "Mapping[str, BoxedBuilder]"
    budget: TextBudget
    free: dict[str, Place] = field(default_factory=dict[str, Place])  # names used that no site declares
    possible: set[str] = field(default_factory=set[str])  # names that an item of a filtered list may bring instead
    used: set[str] = field(default_factory=set[str])
    called: set[str] = field(default_factory=set[str])  # names used as functions
    kinds: dict[str, DataType] = field(default_factory=dict[str, DataType])  # what columns say of names

    def __post_init__(self) -> None:
        """Take the names of the types from the document."""
        self.type_names = list(self.types.all())

    def begin(self) -> None:
        """Forget the names that the node before used."""
        self.free, self.possible, self.called, self.kinds = {}, set(), set(), {}

    def build(self, node: Node | None, site: Site) -> Boxed:
        """Return the compiled expression; what is missing or wrong is noted and becomes null."""
        if node is None:
            return self.broken("logic.missing", None, site.place, "An expression is missing.")
        inner = site.at(node)
        boxed = self.builders[local(node)](self, node, inner)
        wanted = ANY if local(node) == "functionDefinition" else self.types.of(node)
        return typed(boxed, wanted, inner.place)

    def broken(self, code: str, node: Node | None, place: Place, message: str) -> Boxed:
        """Note a problem and return null in its place."""
        self.findings.add(code, node, message, place)
        return Broken(message, place)

    def literal(self, node: Node, site: Site) -> Boxed:
        """Return the compiled text of an element; an empty one is null."""
        if child(node, "importedValues") is not None:
            return self.broken("import.unknown", node, site.place, "Imported values are not supported.")
        if self.foreign(node, site.place):
            return Broken("The expression is not FEEL.", site.place)
        text = text_in(node)
        if not self.budget.takes(text):
            return self.broken("expression.limit", None, Place(), TOO_MUCH)
        names = self._names(text, site)
        try:
            compiled = language.expression(text or "null", names)
        except language.FeelError as error:
            return self.broken(language.code(error), node, site.place, language.sentence(error))
        self._note(compiled, site)
        self._check(language.mistakes(compiled, names, self.type_names, cell=False), node, site)
        return Literal(text, compiled, site.place)

    def tests(self, node: Node | None, site: Site) -> language.UnaryTests | None:
        """Return the compiled unary tests of an element; None for a dash or an empty one."""
        text = text_in(node)
        if node is None or text in {"", "-"} or self.foreign(node, site.place):
            return None
        if not self.budget.takes(text):
            self.findings.add("expression.limit", None, TOO_MUCH)
            return language.NEVER
        names = self._names(text, site)
        try:
            compiled = language.unary_tests(text, names)
        except language.FeelError as error:
            self.findings.add(language.code(error), node, language.sentence(error), site.place)
            return language.NEVER
        self._note(compiled, site)
        self._check(language.mistakes(compiled, names, self.type_names, cell=True), node, site)
        return compiled

    def _check(self, mistakes: list[str], node: Node, site: Site) -> None:
        for mistake in mistakes:
            self.findings.add("expression.invalid", node, mistake, site.place)

    def _names(self, text: str, site: Site) -> list[str]:
        """Return the names of several words or with signs that a text may hold: the parser must know them before."""
        squeezed = "".join(text.split())
        several = self.paths.union(name for name in site.names if not name.isidentifier())
        return [name for name in several if "".join(name.split()) in squeezed]

    def _note(self, compiled: language.Expression, site: Site) -> None:
        """Remember which names are used, and which of them no site declares."""
        self.used |= compiled.names | compiled.possible_names
        self.called |= language.called_names(compiled)
        unknown = [name for name in compiled.names - site.names if not language.is_builtin(name)]
        self.possible |= compiled.possible_names - site.names
        if site.open:
            self.possible.update(unknown)
        else:
            self.free |= {name: site.place for name in unknown if name not in self.free}

    def foreign(self, node: Node, place: Place) -> bool:
        """Return, and note, whether an expression is in another language than FEEL."""
        named = node.get("expressionLanguage") or self.model_language
        if not named or named in FEEL or named.lower() == "feel":
            return False
        self.findings.add("expression.language", node, f'The language "{named}" is not FEEL.', place)
        return True

    def variable(self, node: Node | None) -> tuple[str, DataType]:
        """Return name and type of an element's <variable>; "" without one."""
        variable = None if node is None else child(node, "variable")
        if variable is None:
            return "", ANY
        return spaced(variable.get("name", "")), self.types.of(variable)


BoxedBuilder = Callable[[Builder, Node, Site], Boxed]


def typed(boxed: Boxed, wanted: DataType, place: Place) -> Boxed:
    """Return the expression, made to fit a type where there is one."""
    return boxed if wanted.kind == "Any" and wanted.base is None else Typed(boxed, wanted, place)
