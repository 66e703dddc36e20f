"""Move a running process of a case to another deployed version (administrator)."""

from dataclasses import dataclass, replace

from engine.commands.work import Work
from engine.commands.work.advancing import at_rest
from engine.commands.work.equipment import Process
from engine.commands.work.intervening import Subject, intervene, lock_subject, require_admin
from engine.domain.errors import Invalid, NotFound
from engine.runtime.moving_versions import Obstacle


@dataclass(frozen=True, kw_only=True)
class MigrateCase:
    """Move one process of one case to the version with that digest. `rehearse`: only look whether it would go."""

    case_id: str
    instance_id: str
    digest: str
    reason: str
    rehearse: bool = False


def migrate_case(command: MigrateCase, work: Work) -> tuple[Obstacle, ...]:
    """
    Return what stands in the way; () when it was moved, or would be.

    The new state has been loaded and compared before it is kept. Raises NotFound, Refused, Invalid, CaseClosed.
    """
    require_admin(work, command.reason)
    subject = lock_subject(work, command.case_id, command.instance_id)
    target = work.equipment.library.get(work.unit.definitions, command.digest)
    if target.key != subject.process.key:
        raise NotFound(what="definition")
    if target.digest == subject.process.digest:
        raise Invalid(reason="same_version")
    found = (*_clocks_gone(work, subject, target), *_in_the_diagram(work, subject, target))
    if found or command.rehearse:
        return found
    running, old = at_rest(subject.instance), subject.process
    advance = work.equipment.runtime.migrate(old.definition, running, target.definition, work.at)
    moved = Subject(subject.case, replace(subject.instance, definition_digest=target.digest), target)
    versions = work.unit.definitions
    facts = {
        "before": versions.get(old.digest).version,
        "after": versions.get(target.digest).version,
        "reason": command.reason.strip(),
    }
    intervene(work, moved, advance, "case.migrated", facts)
    return ()


def _in_the_diagram(work: Work, subject: Subject, target: Process) -> tuple[Obstacle, ...]:
    runtime, running = work.equipment.runtime, at_rest(subject.instance)
    found = runtime.obstacles(subject.process.definition, running, target.definition)
    if not found:
        runtime.migrate(subject.process.definition, running, target.definition, work.at)  # loads and compares
    return found


def _clocks_gone(work: Work, subject: Subject, target: Process) -> tuple[Obstacle, ...]:
    """Return the clocks that run and that the new version does not know: they could not be stopped any more."""
    running = work.unit.clocks.running(subject.instance.id)
    return tuple(Obstacle("clock", clock.key) for clock in running if clock.key not in target.definition.clocks)
