"""Checks a model's file as deployment does, without deploying it."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.commands.deploy_process import CARRIED
from engine.commands.work.operations import OPERATIONS
from engine.dmn.decide import inputs_of
from engine.dmn.errors import DmnRefused
from engine.domain.problems import Problem
from engine.runtime.house import There
from engine.runtime.linting import check


@dataclass(frozen=True)
class Checked:
    """What was found in one file; it is ok when nothing in it is refused."""

    file: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Return whether the file could be deployed."""
        return not any(problem.refused for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """Return {file, ok, problems: [{code, element, line, message, refused}]}."""
        return {"file": self.file, "ok": self.ok, "problems": [_facts(problem) for problem in self.problems]}


def check_diagram(path: Path) -> Checked:
    """Return what is wrong with a BPMN file; a process.json beside it says which forms and decisions there are."""
    there = There(operations=set(OPERATIONS), carries=CARRIED)
    manifest = path.with_name("process.json")
    try:
        if manifest.is_file():
            content = json.loads(manifest.read_text("utf-8"))
            models = {key: path.with_name(name).read_bytes() for key, name in content.get("decisions", {}).items()}
            there = replace(there, forms=set(content["forms"]), decisions=inputs_of(models))
    except DmnRefused as error:
        return Checked(str(path), tuple(error.problems))
    return Checked(str(path), tuple(check(path.read_bytes(), there)))


def _facts(problem: Problem) -> dict[str, Any]:
    return {name: value for name, value in vars(problem).items() if name != "cause"}
