"""Take an administrator's last intervention in a process back, as long as nothing has happened since."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.intervening import KINDS, lock_subject, require_admin, take_back, undo_of
from engine.domain.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class UndoIntervention:
    """Let a process stand as it did before the last intervention, with a reason."""

    case_id: str
    instance_id: str
    reason: str


def undo_intervention(command: UndoIntervention, work: Work) -> None:
    """Restore state, tasks, clocks and timers; raises NotFound, Refused, CaseClosed, Invalid (none to take back)."""
    require_admin(work, command.reason)
    subject = lock_subject(work, command.case_id, command.instance_id)
    found = work.unit.events.of_kinds(command.case_id, KINDS)
    mine = [event for event in found if event.data["instance"] == command.instance_id]
    last = next((e for e in reversed(mine) if undo_of(e.data).after == subject.instance.state_mac), None)
    if last is None:
        raise Invalid(reason="nothing_to_undo")
    undo = undo_of(last.data)
    if undo.is_final:
        raise Invalid(reason="intervention_final")
    take_back(work, subject, undo)
    facts = {"instance": command.instance_id, "undone": last.seq, "reason": command.reason.strip()}
    work.record("intervention.undone", command.case_id, before=last.data["after"], after=last.data["before"], **facts)
