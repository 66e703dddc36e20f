"""Reading item definitions into types; names may stand in any order, and in imported models."""

from collections.abc import Mapping
from typing import Protocol

from engine.dmn.elements import Node, child, children, label, namespace_of, spaced, text_in
from engine.dmn.language import UnaryTests
from engine.dmn.places import Place
from engine.dmn.types import ANY, PLAIN, DataType, Lazy

LONGEST_CHAIN = 32  # types that are each defined by the next


class TestReader(Protocol):
    """Whoever compiles unary tests and reports what is wrong with them."""

    def allowed_values(self, node: Node, place: Place) -> UnaryTests | None:
        """Return the tests of an <allowedValues> or the like; None without any."""
        ...

    def report(self, code: str, node: Node, message: str) -> None:
        """Note a problem."""
        ...


class Types:
    """The types that one model knows by name: the plain ones, its own, and imported ones behind `name.`."""

    def __init__(self, root: Node, reader: TestReader, imported: Mapping[str, "Types"]) -> None:
        """Take the item definitions of a model."""
        self._reader = reader
        self._imported = imported
        self._prefixes = {prefix or "": uri for prefix, uri in root.nsmap.items()}
        self._own = namespace_of(root)
        self._nodes = {spaced(node.get("name", "")): node for node in children(root, "itemDefinition")}
        self._built: dict[str, DataType] = {}

    def names(self) -> list[str]:
        """Return the names of the model's own types."""
        return list(self._nodes)

    def all(self) -> dict[str, DataType]:
        """Return the model's own types by name, and those of its imports behind the imports' names."""
        own = {name: found for name in self._nodes if (found := self.named(name)) is not None}
        for alias, types in self._imported.items():
            own |= {f"{alias}.{name}" if alias else name: each for name, each in types.all().items()}
        return own

    def component_names(self) -> set[str]:
        """Return the names of all components of all own types."""
        return {
            spaced(node.get("name", ""))
            for each in self._nodes.values()
            for node in each.iter(f"{{{self._own}}}itemComponent")
        }

    def named(self, reference: str) -> DataType | None:
        """Return the type that a typeRef names; None where there is none."""
        name = self._without_prefix(spaced(reference))
        if name in self._built:
            return self._built[name]
        if name in self._nodes:
            return self._built.setdefault(name, self._build(self._nodes[name], name))
        if name in PLAIN:
            return DataType(PLAIN[name])
        alias, dot, rest = name.partition(".")
        if dot and alias in self._imported:
            return self._imported[alias].named(rest)
        return self._imported[""].named(name) if "" in self._imported else None

    def of(self, node: Node | None, attribute: str = "typeRef") -> DataType:
        """Return the type of an element with a typeRef; Any without one; an unknown one is reported."""
        reference = "" if node is None else (node.get(attribute) or text_in(node, attribute))
        if not reference:
            return ANY
        found = self.named(reference)
        if found is None:
            self._reader.report("type.unknown", node, f'The type "{reference}" is not defined.')
            return ANY
        return found

    def link(self, imported: Mapping[str, "Types"]) -> None:
        """Add the types of imports, by the names given to them."""
        self._imported = imported

    def check(self) -> None:
        """Build every type, so that what is wrong with one is reported."""
        sound: set[str] = set()
        for name, node in self._nodes.items():
            chain = self._chain(name, sound)
            if chain is None:
                message = f'The type "{name}" is defined by itself, or by more than {LONGEST_CHAIN} others in a row.'
                self._reader.report("type.cycle", node, message)
                self._built[name] = ANY
            else:
                sound.update(chain)
        for name in self._nodes:
            self.named(name)
            for part in self._nodes[name].iter(f"{{{self._own}}}itemDefinition", f"{{{self._own}}}itemComponent"):
                self.of(part)

    def _chain(self, name: str, sound: set[str]) -> list[str] | None:
        """Return the names along which a type is defined; None where they do not end."""
        chain: list[str] = []
        while name in self._nodes and name not in sound:
            if len(chain) > LONGEST_CHAIN:
                return None
            chain.append(name)
            node = self._nodes[name]
            name = self._without_prefix(spaced(text_in(node, "typeRef") or node.get("typeRef") or ""))
        return chain

    def _without_prefix(self, name: str) -> str:
        """Drop the QName prefix that DMN 1.1 writes (`feel:string`, `kie:tPerson`)."""
        prefix, colon, rest = name.partition(":")
        return rest if colon and (prefix in self._prefixes or prefix == "feel") else name

    def _build(self, node: Node, name: str) -> DataType:
        place = Place(node=name, element=node.get("id"), line=node.sourceline)
        base = self._base(node, name)
        single = self._narrowed(node, "allowedValues", base, name, place)
        if node.get("isCollection") != "true":
            return single
        many = DataType("list", name, item=lambda: single)
        return self._narrowed(node, "typeConstraint", many, name, place)

    def _narrowed(self, node: Node, tag: str, base: DataType, name: str, place: Place) -> DataType:
        allowed = self._reader.allowed_values(child(node, tag), place)
        return base if allowed is None else DataType(base.kind, name, base=lambda: base, allowed=allowed)

    def _base(self, node: Node, name: str) -> DataType:
        parts = list(children(node, "itemComponent"))
        signature = child(node, "functionItem")
        if parts:
            return DataType("context", name, parts={spaced(label_of(part)): self._part(part) for part in parts})
        if signature is not None:
            inputs = tuple(self._later(each) for each in children(signature, "parameters"))
            return DataType("function", name, parameters=inputs, result=self._later(signature, "outputTypeRef"))
        return DataType("Any", name, base=self._later(node)) if text_in(node, "typeRef") else DataType("Any", name)

    def _part(self, node: Node) -> Lazy:
        built: list[DataType] = []

        def build() -> DataType:
            if not built:
                built.append(self._build(node, ""))
            return built[0]

        return build

    def _later(self, node: Node, attribute: str = "typeRef") -> Lazy:
        return lambda: self.of(node, attribute)


def label_of(node: Node) -> str:
    """Return the name of a component."""
    return node.get("name") or label(node)
