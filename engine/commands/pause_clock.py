"""Stop a clock for a reason its diagram allows, with evidence (停表)."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.firing import catch_up
from engine.commands.work.timekeeping import MAY_PAUSE, enter, retime
from engine.domain.errors import Conflict, Invalid, NotFound, Refused


@dataclass(frozen=True, kw_only=True)
class PauseClock:
    """Pause a running clock; `kind` is one the diagram lists, `evidence` names the paper it rests on."""

    case_id: str
    clock_id: str
    kind: str
    evidence: str


def pause_clock(command: PauseClock, work: Work) -> None:
    """Enter the pause; the clock has no due instant until it goes on. Raises NotFound, Refused, Invalid, Conflict."""
    case = catch_up(work, work.unit.cases.lock(command.case_id))
    if not work.actor.has_any(*MAY_PAUSE):
        raise Refused(what="pause")
    clock = next((c for c in work.unit.clocks.of_case(case.id) if c.id == command.clock_id), None)
    if clock is None:
        raise NotFound(what="clock")
    if command.kind not in clock.rule["pausable"]:
        raise Invalid(reason="pause_kind", kind=command.kind, clock=clock.name)
    if not command.evidence.strip():
        raise Invalid(reason="pause_evidence")
    if clock.stopped_at is not None or clock.due_at is None or work.at > clock.due_at:
        raise Conflict(reason="clock_not_running", clock=clock.name)
    enter(work, clock.id, "pause", kind=command.kind, reason=command.evidence.strip(), due_before=clock.due_at)
    retime(work, clock)
    work.record("clock.paused", case.id, clock=clock.key, name=clock.name, kind=command.kind, evidence=command.evidence)
