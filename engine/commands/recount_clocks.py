"""Count a case's running clocks anew by the calendar in force, after days were loaded."""

from dataclasses import dataclass, replace

from engine.commands.work import Work
from engine.commands.work.telling import message_applicant, tell
from engine.commands.work.timekeeping import enter, retime, standing_of
from engine.domain.case import Case
from engine.domain.errors import Refused
from engine.store.clocks import ClockRow


@dataclass(frozen=True, kw_only=True)
class RecountClocks:
    """Recount the clocks of one case that were counted by another state of the calendar."""

    case_id: str


def recount_clocks(command: RecountClocks, work: Work) -> int:
    """
    Return how many ends moved; each is entered in its ledger, recorded, and told to those who hold a task.

    What is due by now is not carried out first: a day that turns out to be off must not flag anybody. Raises NotFound,
    Refused.
    """
    if not work.actor.has_any("admin", "system"):
        raise Refused(what="calendar")
    case = work.unit.cases.lock(command.case_id)
    version = work.calendar().version
    stale = [
        clock
        for clock in work.unit.clocks.of_case(case.id)
        if clock.stopped_at is None and clock.calendar_version != version
    ]
    return sum(_recount(work, case, clock) for clock in stale)


def _recount(work: Work, case: Case, clock: ClockRow) -> bool:
    """Return whether the end moved; a date that only became final has its timers armed, and nobody is told."""
    due = standing_of(work, clock, work.unit.clocks.ledger(clock.id)).deadline
    before = (clock.due_at, clock.flag_at, clock.due_min, clock.due_max)
    if (due.due_at, due.flag_at, due.due_min, due.due_max) == before:
        work.unit.clocks.save(replace(clock, calendar_version=due.calendar_version))
        return False
    if clock.due_at is not None:
        enter(work, clock.id, "recount", reason=due.calendar_version, due_before=clock.due_at)
    now = retime(work, clock, remind_again=False)
    if now.due_at == clock.due_at:
        return False
    work.record(
        "clock.recounted",
        case.id,
        clock=clock.key,
        name=clock.name,
        due_before=str(clock.due_date),
        due_after=str(now.due_date),
        calendar=now.calendar_version,
    )
    facts = {"key": f"{clock.id}:{now.calendar_version}", "number": case.number, "clock": clock.name}
    due_date = {"due_date": str(now.due_date)}
    tell(work, work.unit.tasks.open_holders(clock.instance_id), "clock_recounted", case.id, facts | due_date)
    if work.unit.instances.get(clock.instance_id).kind == "main":
        message_applicant(work, case, "deadline_moved", facts["key"], {"clock": clock.name} | due_date)
    return True
