"""What a scope keeps beside its tokens: its data, with the door to expressions, and what could be compensated."""

from collections.abc import Mapping
from typing import Any

from engine.runtime import expressions


class ScopeData:
    """The data of a scope and of the tokens in it; mixed into the library's workflows."""

    spec: Any
    data: dict[str, Any]
    host: Any
    top: Any

    def values(self, token: Any | None = None) -> dict[str, Any]:
        """Return all that a token can see: its own, its scope's, and that of the scopes around."""
        host = self.host
        outer: dict[str, Any] = host.workflow.values(host) if host is not None and self.spec.is_embedded else {}
        own = token.internal_data.get("local", {}) if token is not None else {}
        return {**outer, **self.data, **own}

    def evaluate(self, text: str, token: Any | None = None, **known: Any) -> Any:
        """Return an expression's value for what a token sees and some more names; the only door to expressions."""
        return expressions.evaluate(text, {**self.values(token), **known}, self.top.surroundings)

    def holds(self, text: str, token: Any | None = None, **known: Any) -> bool:
        """Return whether a condition is true; raises ExpressionInvalid when it is neither true nor false."""
        return expressions.truth(self.evaluate(text, token, **known))

    def write(self, token: Any | None, values: Mapping[str, Any]) -> None:
        """Set values where they are known already, from the inside out; else in the process."""
        for key, value in values.items():
            self._home(token, key)[key] = value

    def _home(self, token: Any | None, key: str) -> dict[str, Any]:
        own = token.internal_data.get("local") if token is not None else None
        if own is not None and key in own:
            return own
        host = self.host
        if key in self.data or host is None or not self.spec.is_embedded:
            return self.data
        return host.workflow._home(host, key)  # noqa: SLF001  # the same of the scope around


class Compensation:
    """The completed activities of a scope that something could compensate; mixed into the library's workflows."""

    task_tree: Any

    @property
    def done(self) -> list[dict[str, Any]]:
        """Return the records of completed activities that can be compensated, oldest first."""
        return self.task_tree.internal_data.setdefault("done", [])

    def remember(self, node: Any, token: Any) -> None:
        """Keep that an activity was completed, when something could compensate it."""
        undone = token.internal_data.get("done")
        if node.handler is not None:
            self.done.append({"node": node.name})
        elif undone:
            self.done.append({"node": node.name, "inner": undone})
