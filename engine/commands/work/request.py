"""What an operation is asked with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.work.bench import Work
from engine.commands.work.equipment import Process
from engine.domain.case import Case
from engine.store.instances import Instance


@dataclass(frozen=True)
class Request:
    """One service task passed; `action_id` is unique over all cases, the key of "once"."""

    work: Work
    case: Case
    instance: Instance
    process: Process
    action_id: str
    element_id: str
    parameters: Mapping[str, Any]

    def submitted(self, form: str) -> dict[str, Any]:
        """Return what was submitted last with a form in this process, {} if it was not."""
        return self.work.unit.tasks.submitted(self.instance.id).get(form, {})
