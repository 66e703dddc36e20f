"""Enter a pause that was decided in time and is only written down now (补录停表)."""

from dataclasses import dataclass
from datetime import datetime

from engine.commands.work import Work
from engine.commands.work.firing import catch_up
from engine.commands.work.telling import tell_role
from engine.commands.work.timekeeping import MAY_PAUSE, enter_at, retime, standing_of
from engine.domain.case import Case
from engine.domain.clock_ledger import known, pauses_of
from engine.domain.errors import Conflict, Invalid, NotFound, Refused
from engine.store.clocks import ClockRow


@dataclass(frozen=True, kw_only=True)
class EnterLatePause:
    """Enter a pause from `began` to `ended`, both past (UTC); `kind` and `evidence` as for any pause."""

    case_id: str
    clock_id: str
    kind: str
    evidence: str
    began: datetime
    ended: datetime


def enter_late_pause(command: EnterLatePause, work: Work) -> None:
    """
    Enter both lines with the instants that count; the ledger shows that they were written late.

    A suspected flag that the clock would not have brought loses its ground: the event says so, the efficiency office
    decides. Raises NotFound, Refused, Invalid, Conflict (the clock was not running then).
    """
    case = catch_up(work, work.unit.cases.lock(command.case_id))
    if not work.actor.has_any(*MAY_PAUSE):
        raise Refused(what="pause")
    clock = next((c for c in work.unit.clocks.of_case(case.id) if c.id == command.clock_id), None)
    if clock is None:
        raise NotFound(what="clock")
    _require_right(command, clock, work)
    late = {"kind": command.kind, "reason": command.evidence.strip()}
    enter_at(work, clock.id, "pause", command.began, **late, due_before=clock.due_at)
    enter_at(work, clock.id, "resume", command.ended)
    moved = retime(work, clock) if clock.stopped_at is None else clock
    work.record(
        "clock.paused_late",
        case.id,
        clock=clock.key,
        name=clock.name,
        kind=command.kind,
        evidence=command.evidence.strip(),
        began=command.began.isoformat(),
        ended=command.ended.isoformat(),
        due_after=str(moved.due_date),
    )
    _question_flags(work, case, clock)


def _require_right(command: EnterLatePause, clock: ClockRow, work: Work) -> None:
    if command.kind not in clock.rule["pausable"]:
        raise Invalid(reason="pause_kind", kind=command.kind, clock=clock.name)
    if not command.evidence.strip():
        raise Invalid(reason="pause_evidence")
    if not clock.started_at <= command.began < command.ended <= work.at:
        raise Invalid(reason="pause_span")
    ledger = work.unit.clocks.ledger(clock.id)
    then = standing_of(work, clock, known(ledger, command.began, work.now))
    overlaps = any(
        pause.start < command.ended and (pause.end is None or command.began < pause.end) for pause in pauses_of(ledger)
    )
    due_at = then.deadline.due_at
    if overlaps or then.stopped_at is not None or due_at is None or command.began > due_at:
        raise Conflict(reason="clock_not_running", clock=clock.name)


def _question_flags(work: Work, case: Case, clock: ClockRow) -> None:
    """Say which undecided flags of the clock have lost their ground; deciding on them is the office's."""
    flag_at = standing_of(work, clock, work.unit.clocks.ledger(clock.id)).deadline.flag_at
    for flag in work.unit.flags.undecided_of(clock.id):
        if flag_at is None or flag.raised_at < flag_at:
            work.record("flag.ground_lost", case.id, flag=flag.id, code=flag.code, clock=clock.name)
            facts = {"key": f"{flag.id}:ground", "code": flag.code, "number": case.number}
            tell_role(work, "efficiency_office", "flag_ground_lost", case.id, facts)
