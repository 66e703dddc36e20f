"""Look into a running process of a case (administrator); changes nothing."""

import json
from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.advancing import at_rest
from engine.commands.work.intervening import lock_subject
from engine.domain.errors import Refused


@dataclass(frozen=True, kw_only=True)
class InspectInstance:
    """Look at one process of one case."""

    case_id: str
    instance_id: str


@dataclass(frozen=True)
class Movable:
    """A token that may be moved: where it stands, and (element, name) of each place it may go to."""

    token_id: str
    name: str
    targets: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Inspection:
    """What an administrator sees of a process: its movable tokens, and its variables as JSON texts."""

    tokens: tuple[Movable, ...]
    variables: dict[str, str]


def inspect_instance(command: InspectInstance, work: Work) -> Inspection:
    """Return what stands where; raises Refused, NotFound, CaseClosed, StateDamaged."""
    if not work.actor.has_any("admin"):
        raise Refused(what="intervention")
    subject = lock_subject(work, command.case_id, command.instance_id)
    running, definition = at_rest(subject.instance), subject.process.definition
    names, runtime = definition.names, work.equipment.runtime
    tokens = tuple(
        Movable(
            place.token_id,
            names.get(place.element_id, place.element_id),
            tuple((target, names.get(target, target)) for target in place.targets),
        )
        for place in runtime.places(definition, running)
    )
    data = runtime.data(definition, running)
    return Inspection(tokens, {key: json.dumps(value, ensure_ascii=False) for key, value in data.items()})
