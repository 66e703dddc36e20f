"""The facts each document states, taken from the case as it stands in the transaction that issues it."""

from collections.abc import Callable
from typing import Any

from engine.commands.work.request import Request
from engine.domain.errors import NotFound
from engine.store.clocks import ClockRow


def facts_for(request: Request, kind: str) -> dict[str, Any]:
    """
    Return the facts of one kind of document, JSON types; `engine.documents.facts` says which.

    Raises NotFound for a kind nobody has written.
    """
    if kind not in FACTS:
        raise NotFound(what="letter", kind=kind)
    case, work = request.case, request.work
    coordinator = work.unit.people.person(case.coordinator_id)
    house = work.unit.house.installation() or {}
    common = {
        "city": house.get("city", ""),
        "centre": house.get("centre", ""),
        "case_number": case.number,
        "query_code": case.query_code,
        "query_url": f"{work.equipment.public_url}/q/{case.query_code}",
        "title": case.title,
        "applicant": case.applicant,
        "registered_at": case.registered_at.isoformat(),
        "coordinator": coordinator.name if coordinator else "",
        "coordinator_phone": coordinator.phone if coordinator else "",
        "to_organisation": request.submitted("register").get("applicantType") in ("enterprise", "organisation"),
    }
    return common | FACTS[kind](request)


def _receipt(request: Request) -> dict[str, Any]:
    register = request.submitted("register")
    clock = _clock(request, "feedback_limit")
    return {
        "matter": register.get("matterName", ""),
        "content": register.get("content", ""),
        "limit": clock.rule["limit"] if clock else 0,
        **_due(clock),
    }


def _not_accepted(request: Request) -> dict[str, Any]:
    triage = request.submitted("triage")
    kinds = dict(next(f for f in request.process.form("triage").fields if f.key == "refusalKind").options)
    chosen = str(triage.get("refusalKind"))
    return {
        "kind": "" if chosen == "other" else kinds.get(chosen, ""),
        "reason": triage.get("refusalReason", ""),
        "remedy": triage.get("remedy", ""),
    }


def _team_submission(request: Request) -> dict[str, Any]:
    """A lapsed case has no coordinator's proposal: the sheet says so instead of inventing one."""
    given = request.submitted("continue_coordination") or request.submitted("feedback")
    register = request.submitted("register")
    clock = _clock(request, "team_limit")
    names = ("coordinated", "disagreement", "basis", "proposal", "externalBodies")
    return {
        "matter": register.get("matterName", ""),
        "content": register.get("content", ""),
        "lapsed": request.work.cause is not None,
        "limit": clock.rule["limit"] if clock else 0,
        "due_date": _due(clock)["due_date"],
        **{name: given.get(name) or "" for name in names},
    }


def _extension(request: Request) -> dict[str, Any]:
    clock = _clock(request, "team_limit")
    research = request.submitted("team_research")
    line = next((e for e in request.work.unit.clocks.ledger(clock.id) if e.type == "extend"), None) if clock else None
    return {
        "reason": research.get("extensionReason", ""),
        "plan": research.get("plan", ""),
        "approved_by": request.work.actor.name,
        "due_before": line.due_before.isoformat() if line and line.due_before else "",
        **_due(clock),
        "limit": clock.rule["limit"] if clock else 0,
        "extension": line.amount if line else 0,
    }


def _completion(request: Request) -> dict[str, Any]:
    conclusion = request.submitted("team_conclusion")
    told = [request.submitted(form) for form in ("solve_now", "feedback", "continue_coordination")]
    spoken = next((v.get("result") or v.get("feedbackText") for v in reversed(told) if v), "")
    return {
        "partial": conclusion.get("conclusion") == "partial",
        "result": conclusion.get("conclusionText") or spoken or "",
        "steps": conclusion.get("steps") or [],
    }


def _refusal(request: Request) -> dict[str, Any]:
    conclusion = request.submitted("team_conclusion")
    return {name: conclusion.get(name) or "" for name in ("conclusionText", "legalBasis", "remedy")}


def _transfer(request: Request) -> dict[str, Any]:
    conclusion = request.submitted("team_conclusion")
    return {name: conclusion.get(name) or "" for name in ("conclusionText", "transferTo")}


def _due(clock: ClockRow | None) -> dict[str, Any]:
    """Return until when a clock runs, and whether the holidays on the way are not announced yet."""
    if clock is None or clock.due_date is None:
        return {"due_date": "", "provisional": False}
    return {"due_date": clock.due_date.isoformat(), "provisional": clock.provisional}


def _clock(request: Request, key: str) -> ClockRow | None:
    running = request.work.unit.clocks.running(request.instance.id)
    return next((clock for clock in running if clock.key == key), None)


FACTS: dict[str, Callable[[Request], dict[str, Any]]] = {
    "receipt": _receipt,
    "not_accepted": _not_accepted,
    "team_submission": _team_submission,
    "extension": _extension,
    "completion": _completion,
    "refusal": _refusal,
    "transfer": _transfer,
}
