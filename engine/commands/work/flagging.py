"""Flags as operations of the diagram: raised on whoever held the matter at the moment of breach, answered, decided."""

from typing import Any

from engine.commands.work.attributing import shares_of
from engine.commands.work.bench import FollowUp
from engine.commands.work.request import Request
from engine.commands.work.telling import tell, tell_role
from engine.commands.work.timekeeping import rule_of
from engine.domain.clock_ledger import extension_of, pauses_of
from engine.domain.counting import explain
from engine.domain.errors import Invalid
from engine.domain.flags import Flag, Holding, holder_at
from engine.store.clocks import ClockRow

REVIEW = "flag_review"  # the process a raised flag starts


def raise_flag(request: Request) -> None:
    """
    Raise a suspected flag, with its evidence, and start its review.

    It stands on the holder of the named role at the instant that counts. A clock whose date still hangs on a year
    that is not announced accuses nobody: the flag is withheld and the event says so.
    """
    work, code, role = request.work, request.parameters["code"], request.parameters["role"]
    clock = work.unit.clocks.get(work.cause.clock_id) if work.cause and work.cause.clock_id else None
    if clock is not None and (clock.provisional or clock.flag_at is None):
        work.record("flag.withheld", request.case.id, code=code, clock=clock.name, reason="provisional_calendar")
        return
    if clock is not None and work.unit.flags.stands(clock.id, code):
        return
    held = _answerable(request, role)
    flag = Flag(
        id=request.action_id,
        case_id=request.case.id,
        code=code,
        holder_id=held.holder_id if held else None,
        unit_id=held.unit_id if held else _unit_of_task(request) or request.case.unit_id,
        raised_at=work.at,
    )
    work.unit.flags.add(
        flag,
        clock_id=clock.id if clock else None,
        timer_id=work.cause.id if work.cause else None,
        recorded_at=work.now,
        evidence=_evidence(request, clock, held),
    )
    work.record("flag.raised", flag.case_id, flag=flag.id, code=code, holder=flag.holder_id, unit=flag.unit_id)
    facts = {"key": flag.id, "code": code, "number": request.case.number}
    tell(work, [flag.holder_id] if flag.holder_id else [], "flag_raised", flag.case_id, facts)
    tell_role(work, "efficiency_office", "flag_to_review", flag.case_id, facts)
    work.follow_ups.append(FollowUp(process=REVIEW, kind=REVIEW, subject_id=flag.id))


def record_answer(request: Request) -> None:
    """Take down what the person says to the flag under review; raises Refused, FlagDecided."""
    work = request.work
    flag = work.unit.flags.get(_subject(request)).answered_by(work.actor, work.at)
    work.unit.flags.save(flag, answer=request.submitted("statement"))
    work.record("flag.answered", flag.case_id, flag=flag.id)


def settle_flag(request: Request) -> None:
    """Confirm or revoke the flag under review, as the office decided; raises Refused (own flag), FlagDecided."""
    work, decision = request.work, request.parameters["decision"]
    flag = work.unit.flags.get(_subject(request)).decided_as(decision, work.actor.id, work.at)
    given = {**request.submitted("decision"), "by_name": work.actor.name}
    work.unit.flags.save(flag, decision=given)
    work.record("flag." + decision, flag.case_id, flag=flag.id, code=flag.code, reason=given.get("reason"))
    facts = {"key": f"{flag.id}:{decision}", "code": flag.code, "number": request.case.number, "decision": decision}
    tell(work, [flag.holder_id] if flag.holder_id else [], "flag_decided", flag.case_id, facts)


def _subject(request: Request) -> str:
    if request.instance.subject_id is None:
        raise Invalid(reason="no_flag_under_review")
    return request.instance.subject_id


def _answerable(request: Request, role: str) -> Holding | None:
    """
    Return who held the role when it counted; the case's coordinator where no task was held by one.

    A limit that sits on a task is answered for by whoever held that task, not another of the same role.
    """
    work, case = request.work, request.case
    holdings = work.unit.tasks.holdings(case.id)
    host = work.cause.host_task_id if work.cause else None
    if host is not None and work.unit.tasks.get(host).role == role:
        holdings = [holding for holding in holdings if holding.task_id == host]
    held = holder_at(holdings, role, work.at)
    if held is None and role == "coordinator":
        person = work.unit.people.person(case.coordinator_id)
        unit_id = person.unit_id if person else case.unit_id
        return Holding("", role, case.coordinator_id, unit_id, case.registered_at, None)
    return held


def _unit_of_task(request: Request) -> str | None:
    """Return the department that an unclaimed task with a limit was offered to alone, else None."""
    work = request.work
    if work.cause is None or work.cause.host_task_id is None:
        return None
    units = work.unit.tasks.get(work.cause.host_task_id).unit_ids
    return next(iter(units)) if len(units) == 1 else None


def _evidence(request: Request, clock: ClockRow | None, held: Holding | None) -> dict[str, Any]:
    """Return what the flag rests on, as plain values: the clock, its days, who held since when, whose time it was."""
    work = request.work
    evidence: dict[str, Any] = {"breach_at": work.at.isoformat(), "recorded_at": work.now.isoformat()}
    if held is not None:
        evidence["holding"] = {"task": held.task_id, "role": held.role, "since": held.since.isoformat()}
    if clock is None:
        return evidence
    ledger = work.unit.clocks.ledger(clock.id)
    days = explain(work.calendar(), rule_of(clock), clock.started_at, pauses_of(ledger), extension_of(ledger))
    evidence["shares"] = shares_of(work, request.case, clock, ledger)
    evidence["clock"] = {
        "name": clock.name,
        "basis": clock.rule["basis"],
        "limit": clock.rule["limit"],
        "unit": clock.rule["unit"],
        "started_at": clock.started_at.isoformat(),
        "due_at": clock.due_at.isoformat() if clock.due_at else None,
        "extended": clock.extended,
        "calendar": clock.calendar_version,
    }
    evidence["days"] = [
        {
            "day": day.day.isoformat(),
            "weekday": day.weekday,
            "ordinal": day.ordinal,
            "reason": day.reason_code,
            "name": day.name,
            "source": day.source,
        }
        for day in days
    ]
    return evidence
