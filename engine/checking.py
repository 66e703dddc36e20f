"""Checks a model's file as deployment does, without deploying it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.commands.deploy_process import CARRIED
from engine.commands.work.operations import OPERATIONS
from engine.domain.problems import Problem
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
        return {"file": self.file, "ok": self.ok, "problems": [vars(problem) for problem in self.problems]}


def check_diagram(path: Path) -> Checked:
    """Return what is wrong with a BPMN file; its forms are known when a process.json stands beside it."""
    manifest = path.with_name("process.json")
    forms = set(json.loads(manifest.read_text("utf-8"))["forms"]) if manifest.is_file() else None
    problems = check(path.read_bytes(), forms=forms, operations=set(OPERATIONS), carries=CARRIED)
    return Checked(str(path), tuple(problems))
