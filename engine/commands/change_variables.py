"""Change data that a running process decides by (administrator); old and new are kept."""

import json
from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.advancing import at_rest
from engine.commands.work.intervening import intervene, lock_subject, require_admin
from engine.domain.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class ChangeVariables:
    """Replace one variable of a process by a JSON value, with a reason. Submitted forms stay as they were handed in."""

    case_id: str
    instance_id: str
    name: str
    value: str  # JSON
    reason: str


def change_variables(command: ChangeVariables, work: Work) -> None:
    """Record old and new, and carry out what follows; raises NotFound, Refused, Invalid, CaseClosed."""
    require_admin(work, command.reason)
    subject = lock_subject(work, command.case_id, command.instance_id)
    running, definition = at_rest(subject.instance), subject.process.definition
    before = work.equipment.runtime.data(definition, running)
    if command.name not in before:
        raise Invalid(reason="variable_unknown", name=command.name)
    try:
        value = json.loads(command.value)
    except ValueError as error:
        raise Invalid(reason="variable_no_json") from error
    advance = work.equipment.runtime.change_data(definition, running, {command.name: value}, work.at)
    facts = {"name": command.name, "before": before[command.name], "after": value, "reason": command.reason.strip()}
    intervene(work, subject, advance, "variables.changed", facts)
