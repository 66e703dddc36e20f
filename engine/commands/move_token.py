"""Move a token of a running process to another element (administrator)."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.advancing import at_rest
from engine.commands.work.intervening import intervene, lock_subject, require_admin
from engine.domain.errors import TaskClosed


@dataclass(frozen=True, kw_only=True)
class MoveToken:
    """Move what waits at one element to another of its targets, with a reason. Clocks follow the diagram."""

    case_id: str
    instance_id: str
    token_id: str
    element: str
    reason: str


def move_token(command: MoveToken, work: Work) -> None:
    """Carry out what follows at the new place; raises NotFound, Refused, Invalid, CaseClosed, TaskClosed."""
    require_admin(work, command.reason)
    subject = lock_subject(work, command.case_id, command.instance_id)
    running, definition = at_rest(subject.instance), subject.process.definition
    runtime = work.equipment.runtime
    place = next((p for p in runtime.places(definition, running) if p.token_id == command.token_id), None)
    if place is None:
        raise TaskClosed(task=command.token_id)
    advance = runtime.move(definition, running, command.token_id, command.element, work.at)
    names = definition.names
    facts = {
        "before": place.element_id,
        "after": command.element,
        "before_name": names.get(place.element_id, place.element_id),
        "after_name": names.get(command.element, command.element),
        "reason": command.reason.strip(),
    }
    intervene(work, subject, advance, "token.moved", facts)
