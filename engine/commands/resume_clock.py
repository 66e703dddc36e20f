"""Let a paused clock go on."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.firing import catch_up
from engine.commands.work.timekeeping import enter, retime
from engine.domain.errors import Conflict, NotFound, Refused

MAY = ("team_lead", "duty_leader", "team_deputy", "coordinator")


@dataclass(frozen=True, kw_only=True)
class ResumeClock:
    """Resume a paused clock."""

    case_id: str
    clock_id: str


def resume_clock(command: ResumeClock, work: Work) -> None:
    """Enter the resumption; the due instant is computed anew. Raises NotFound, Refused, Conflict."""
    case = catch_up(work, work.unit.cases.lock(command.case_id))
    if not work.actor.has_any(*MAY):
        raise Refused(what="resume")
    clock = next((c for c in work.unit.clocks.of_case(case.id) if c.id == command.clock_id), None)
    if clock is None:
        raise NotFound(what="clock")
    ledger = work.unit.clocks.ledger(clock.id)
    if clock.stopped_at is not None or not ledger or ledger[-1].type != "pause":
        raise Conflict(reason="clock_not_paused", clock=clock.name)
    enter(work, clock.id, "resume")
    moved = retime(work, clock)
    work.record("clock.resumed", case.id, clock=clock.key, name=clock.name, due_after=str(moved.due_date))
