"""
What decided what: the record of an evaluation, kept with a case's event.

A step is plain data: `{"kind": "decision" | "knowledge" | "service", "name", "id", "inputs": {name: value}, "value"}`
and, for each decision table that was asked, `"tables": [{"hit_policy", "inputs": [{"column", "value"}],
"fired": [{"rule" (from 1), "id", "outputs": {name: value}, "annotations": {name: text}}]}]`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.dmn import language

Step = dict[str, Any]
MOST_STEPS = 500


@dataclass
class Record:
    """The steps of one evaluation, in the order in which they ended; `cut` says that more happened than is kept."""

    steps: list[Step] = field(default_factory=list[Step])
    cut: bool = False
    _open: list[Step] = field(default_factory=list[Step])

    def begin(self, kind: str, name: str, identifier: str | None, inputs: Mapping[str, object]) -> None:
        """Open the step of a decision, knowledge model or service."""
        shown = {key: language.plain(value) for key, value in inputs.items() if not language.is_function(value)}
        self._open.append({"kind": kind, "name": name, "id": identifier, "inputs": shown, "tables": []})

    def table(self, hit_policy: str, inputs: list[Step], fired: list[Step]) -> None:
        """Add a decision table that the open step asked."""
        if self._open:
            self._open[-1]["tables"].append({"hit_policy": hit_policy, "inputs": inputs, "fired": fired})

    def end(self, value: object) -> None:
        """Close the step with its value."""
        step = self._open.pop()
        step["value"] = language.plain(value)
        if not step["tables"]:
            del step["tables"]
        if len(self.steps) < MOST_STEPS:
            self.steps.append(step)
        else:
            self.cut = True

    def fired(self) -> list[Step]:
        """Return the rules that fired, without what they were asked and gave out: decision, rule and its id."""
        return [
            {"decision": step["name"], "rule": rule["rule"], "id": rule["id"]}
            for step in self.steps
            for table in step.get("tables", [])
            for rule in table["fired"]
        ]
