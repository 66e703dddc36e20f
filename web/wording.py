"""The words for what the engine states as facts: errors, events, notices, lights. One place to read and correct."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from engine.domain.errors import EngineError
from web.formatting import local

REASONS = {
    "credentials": "The login or the password is wrong.",
    "throttled": "Too many wrong tries. Please wait 15 minutes.",
    "weak_password": "The new password needs at least 8 characters of three kinds: small, capital, digits, signs.",
    "wrong_password": "The old password is wrong.",
    "late": "The limit had run out before the extension was approved, so it can no longer be extended.",
    "twice": "The limit has been extended once already; it cannot be extended again.",
    "not_allowed": "This limit cannot be extended.",
    "own_flag": "Nobody decides on a flag of their own; a colleague has to do it.",
    "production": "The clock can only be moved in the demonstration.",
    "clock_step": "The clock can be moved by 1 to 20 working days.",
    "pause_kind": "This limit may not be paused for that reason.",
    "pause_evidence": "Name the paper that the pause rests on.",
    "clock_not_running": "The limit is not running, or has run out.",
    "clock_not_paused": "The limit is not paused.",
    "reassign_reason_missing": "Say why the task is given to somebody else, in at least 4 characters.",
    "role_missing": "The person does not hold the role that this task needs.",
    "no_form": "This task has no form.",
    "examples_unreadable": "The file cannot be read as worked examples.",
    "example_field": "A worked example is not complete.",
    "expression": "A condition in the diagram could not be evaluated.",
}
CODES = {
    "engine_error": "Something went wrong.",
    "not_found": "There is no such thing here, or it is not yours to see.",
    "refused": "You have no right to do this.",
    "invalid": "What was asked for is not right.",
    "diagram_refused": "The diagram is refused; every problem is listed.",
    "calendar_ends": "The date lies outside the working calendar. Ask the administrator to load the next year.",
    "extension_refused": "The limit cannot be extended.",
    "conflict": "This has changed meanwhile.",
    "task_closed": "This task has been closed meanwhile. What you typed has been kept as a draft.",
    "case_closed": "This case is closed.",
    "state_damaged": "The stored process of this case does not verify. An administrator has to look at it first.",
    "stale": "Somebody else changed this at the same moment. Please look again and repeat what you did.",
    "flag_decided": "This flag has been decided already.",
    "reply_open": "The person may still answer.",
    "form_invalid": "Some fields need correcting.",
    "expression_invalid": "A condition in the diagram could not be evaluated. The administrator has been told.",
}
EVENTS = {
    "case.registered": "registered the case",
    "case.closed": "closed the case: %(outcome)s",
    "case.rated": "rated the case: %(score)s of 5",
    "task.opened": "%(name)s was opened",
    "task.submitted": "finished %(name)s",
    "task.claimed": "took over %(name)s",
    "task.cancelled": "%(name)s was withdrawn by the process",
    "task.reassigned": "gave %(name)s to %(after_name)s: %(reason)s",
    "timer.fired": "a limit ran out",
    "timer.stuck": "a timer could not be carried out",
    "clock.started": "%(name)s started, due on %(due_date)s",
    "clock.extended": "%(name)s extended by %(amount)s working days, now due on %(due_after)s",
    "clock.paused": "%(name)s paused: %(kind)s",
    "clock.resumed": "%(name)s goes on, due on %(due_after)s",
    "flag.raised": "suspected flag %(code)s raised",
    "flag.withheld": "flag %(code)s withheld: the calendar is provisional",
    "flag.answered": "answered the flag",
    "flag.confirmed": "confirmed flag %(code)s: %(reason)s",
    "flag.revoked": "revoked flag %(code)s: %(reason)s",
    "document.issued": "issued a document: %(number)s",
    "applicant.told": "sent the applicant a message",
    "applicant.unreachable": "the applicant left no telephone number",
}
NOTICES = {
    "task_opened": "%(number)s: %(task)s is waiting for you",
    "task_reassigned": "%(number)s: %(task)s was given to you",
    "clock_due_soon": "%(number)s: %(clock)s is due on %(due_date)s",
    "flag_raised": "%(number)s: a suspected flag %(code)s stands on you; you may answer it",
    "flag_to_review": "%(number)s: a suspected flag %(code)s is to be reviewed",
    "flag_decided": "%(number)s: flag %(code)s was decided",
    "flag_decision_late": "%(number)s: the decision on a flag is late",
    "timer_stuck": "%(number)s: a timer is stuck",
}
LIGHTS = {"green": "in time", "yellow": "due soon", "red": "overdue", "paused": "paused", "done": "done"}
STATUSES = {"suspected": "suspected", "answered": "answered", "confirmed": "confirmed", "revoked": "revoked"}
FLAGS = {
    "F02": "overdue",
    "F03": "no feedback in time",
    "F05": "late co-operation",
}
DAYS = {
    "start": "day of the start, does not count",
    "counted": "counts",
    "makeup": "make-up working day, counts",
    "weekend": "weekend",
    "holiday": "holiday",
    "paused": "paused",
    "moved": "moved here from a day off",
}


def words(error: EngineError) -> str:
    """Return what went wrong and what to do next, in the reader's language."""
    reason = error.facts.get("reason")
    if isinstance(reason, str) and reason in REASONS:
        return gettext(REASONS[reason])
    closed_at = error.facts.get("closed_at")
    text = gettext(CODES.get(error.code, CODES["engine_error"]))
    return f"{text} ({local(closed_at)})" if closed_at else text  # pyright: ignore[reportArgumentType]  # an instant


def event_text(kind: str, data: Mapping[str, Any]) -> str:
    """Return what happened; an event without words shows its code, and a test fails."""
    known = {key: "" if value is None else value for key, value in data.items()}
    return filled(EVENTS.get(kind, kind), known)


def filled(text: str, facts: Mapping[str, Any]) -> str:
    """Return a sentence in the reader's language with its facts; a fact that is missing is left empty."""
    return gettext(text) % _Facts(facts)


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
