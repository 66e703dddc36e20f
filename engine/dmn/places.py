"""Where in a model something stands: what an error, a warning or a problem names."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Place:
    """A spot in a decision model, down to the cell of a table."""

    node: str = ""  # the decision, knowledge model or type, by name
    element: str | None = None  # the nearest element's id
    line: int | None = None
    rule: int | None = None  # counted from 1
    column: str | None = None  # label of an input or output column, name of a context entry

    def at(self, **changes: object) -> "Place":
        """Return the place with some of its parts changed."""
        return replace(self, **changes)  # pyright: ignore[reportArgumentType]  # the names are checked by dataclasses

    def words(self) -> str:
        """Return the place in English words: `decision "派单", rule 3, column "金额"`."""
        parts = [f'"{self.node}"'] if self.node else []
        parts += [f"rule {self.rule}"] if self.rule is not None else []
        parts += [f'column "{self.column}"'] if self.column else []
        return ", ".join(parts)

    def facts(self) -> dict[str, object]:
        """Return the parts that are known."""
        named = {
            "decision": self.node,
            "element": self.element,
            "line": self.line,
            "rule": self.rule,
            "column": self.column,
        }
        return {key: value for key, value in named.items() if value not in {None, ""}}
