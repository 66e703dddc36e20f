"""The words for what the engine states as facts: errors, events, notices, lights. One place to read and correct."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from engine.dmn.errors import DecisionFailed
from engine.domain.errors import EngineError
from engine.feel import FeelError
from web.formatting import local
from web.language import filled, later
from web.wording_dmn import failure_words
from web.wording_feel import feel_words
from web.wording_tasks import TASK_EVENTS, TASK_NOTICES, TASK_REASONS

REASONS = {
    **TASK_REASONS,
    "credentials": later("The login or the password is wrong."),
    "throttled": later("Too many wrong tries. Please wait 15 minutes."),
    "weak_password": later(
        "The new password needs at least 8 characters of three kinds: small, capital, digits, signs."
    ),
    "wrong_password": later("The old password is wrong."),
    "late": later("The limit had run out before the extension was approved, so it can no longer be extended."),
    "twice": later("The limit has been extended once already; it cannot be extended again."),
    "not_allowed": later("This limit cannot be extended."),
    "own_flag": later("Nobody decides on a flag of their own; a colleague has to do it."),
    "production": later("The clock can only be moved in the demonstration."),
    "clock_step": later("The clock can be moved by 1 to 20 working days."),
    "pause_kind": later("This limit may not be paused for that reason."),
    "pause_evidence": later("Name the paper that the pause rests on."),
    "pause_span": later("A late pause begins after the limit did and has ended by now."),
    "clock_not_running": later("The limit is not running, or has run out."),
    "clock_not_paused": later("The limit is not paused."),
    "reassign_reason_missing": later("Say why the task is given to somebody else, in at least 4 characters."),
    "role_missing": later("The person does not hold the role that this task needs."),
    "no_form": later("This task has no form."),
    "examples_unreadable": later("%(file)s cannot be read as worked examples."),
    "example_field": later("Wrong or missing in the worked examples: %(case)s %(field)s"),
    "calendar_unreadable": later("The file cannot be read as a calendar."),
    "calendar_field": later("Wrong or missing in the calendar file: %(field)s"),
    "calendar_kind": later("%(day)s is listed twice, or as neither off nor work."),
    "calendar_hours": later("No office hours are known on %(day)s."),
    "notice_head": later("The text has no title with its year or no document number of the State Council's office."),
    "notice_sentence": later("This sentence cannot be read: %(sentence)s"),
    "notice_length": later("The days do not add up to what is printed: %(sentence)s"),
    "notice_weekday": later("%(day)s is printed as %(printed)s, but is %(real)s."),
    "notice_day": later("%(day)s cannot be a day of this notice."),
    "notice_festival": later("The text says nothing of %(missing)s."),
    "notice_gap": later("The notice of %(year)s does not follow the last one, of %(last)s."),
    "own_proposal": later("Somebody else has to confirm what you proposed."),
    "proposal_decided": later("This proposal has been decided already."),
    "no_year_announced": later("The calendar has no announced year."),
    "limit": later("A limit of %(limit)s %(unit)s cannot be counted."),
    "paused": later("The limit is paused; it has to go on first."),
    "limit_edges": later("The limit says in no way we know when it starts or ends."),
    "extension": later("The extension is not a whole number of working days."),
    "calendar_empty": later("The working calendar has no days yet. Ask the administrator to load it."),
    "calendar_gap": later("The working calendar lacks a day. Ask the administrator to load it again."),
    "no_flag_under_review": later("There is no flag under review here."),
    "intervention_reason_missing": later("Say why you intervene, in at least 4 characters."),
    "no_target": later("Nothing can be moved to that element from here."),
    "not_migratable": later("The case cannot move to that version: %(element)s stands in the way."),
    "same_version": later("The case runs under that version already."),
    "variable_unknown": later("The process has no variable of that name."),
    "variable_no_json": later("The value is no JSON."),
    "nothing_to_undo": later("There is no intervention to take back, or the process has gone on since."),
    "intervention_final": later("The intervention has had effects outside the process and cannot be taken back."),
    "provisional_calendar": later("The working calendar of that year is provisional."),
}
CODES = {
    "engine_error": later("Something went wrong."),
    "not_found": later(
        "There is no such page or case here, or it is not yours to see. Please check the address or the number."
    ),
    "refused": later("You have no right to do this."),
    "invalid": later("What was asked for is not right."),
    "xml_refused": later("The file is no XML that may be read here; its first problem is named."),
    "diagram_refused": later("The diagram is refused; every problem is listed."),
    "dmn_refused": later("The decision model is refused; every problem is listed."),
    "decision_failed": later(
        "The decision has no answer here: %(detail)s. Nothing was changed; please tell the administrator."
    ),
    "calendar_ends": later("The date lies outside the working calendar. Ask the administrator to load the next year."),
    "extension_refused": later("The limit cannot be extended."),
    "fonts_missing": later(
        "This server has no Chinese font, so the document cannot be made yet. Nothing is lost; ask the administrator "
        "to install the package fonts-noto-cjk."
    ),
    "conflict": later("This has changed meanwhile."),
    "task_closed": later("This task has been closed meanwhile. What you typed has been kept as a draft."),
    "case_closed": later("This case is closed."),
    "state_damaged": later(
        "The stored process of this case does not verify. An administrator has to look at it first."
    ),
    "stale": later("Somebody else changed this at the same moment. Please look again and repeat what you did."),
    "flag_decided": later("This flag has been decided already."),
    "reply_open": later("The person may still answer."),
    "form_invalid": later("Some fields need correcting."),
    "expression_invalid": later(
        "An expression in the diagram has no answer here: %(detail)s. "
        "Nothing was changed; please tell the administrator."
    ),
}
EVENTS = {
    **TASK_EVENTS,
    "case.registered": later("registered the case"),
    "case.closed": later("closed the case: %(title)s"),
    "case.rated": later("rated the case: %(score)s of 5"),
    "task.opened": later("%(name)s was opened"),
    "task.submitted": later("finished %(name)s"),
    "task.claimed": later("took over %(name)s"),
    "task.cancelled": later("%(name)s was withdrawn by the process"),
    "task.reassigned": later("gave %(name)s to %(after_name)s: %(reason)s"),
    "decision.made": later("%(name)s: decided by %(decision)s"),
    "token.moved": later("moved the process from %(before_name)s to %(after_name)s: %(reason)s"),
    "variables.changed": later("changed the variable %(name)s: %(reason)s"),
    "case.migrated": later("moved the case from version %(before)s of its process to version %(after)s: %(reason)s"),
    "intervention.undone": later("took an intervention back: %(reason)s"),
    "timer.retried": later("let a stuck timer be tried again: %(reason)s"),
    "timer.fired": later("a limit ran out"),
    "timer.stuck": later("a timer could not be carried out"),
    "clock.started": later("%(name)s started, due on %(due_date)s"),
    "clock.extended": later("%(name)s extended by %(amount)s working days, now due on %(due_after)s"),
    "clock.paused": later("%(name)s paused: %(kind)s"),
    "clock.paused_late": later("%(name)s: entered late that it was paused (%(kind)s), now due on %(due_after)s"),
    "clock.resumed": later("%(name)s goes on, due on %(due_after)s"),
    "clock.recounted": later("%(name)s was counted anew by a new calendar, now due on %(due_after)s"),
    "house.checked": later("checked the house: %(found)s findings"),
    "calendar.proposed": later("proposed a change of the calendar: %(title)s"),
    "calendar.confirmed": later("confirmed a change of the calendar: %(title)s"),
    "calendar.refused": later("turned down a change of the calendar: %(title)s"),
    "calendar.loaded": later("loaded days of %(scope)s"),
    "flag.raised": later("suspected flag %(code)s raised"),
    "flag.withheld": later("flag %(code)s withheld: the calendar is provisional"),
    "flag.ground_lost": later("flag %(code)s lost its ground by a pause that was entered late"),
    "flag.answered": later("answered the flag"),
    "flag.confirmed": later("confirmed flag %(code)s: %(reason)s"),
    "flag.revoked": later("revoked flag %(code)s: %(reason)s"),
    "document.issued": later("issued a document: %(number)s"),
    "applicant.told": later("sent the applicant a message"),
    "applicant.unreachable": later("the applicant left no telephone number"),
}
NOTICES = {
    **TASK_NOTICES,
    "task_opened": later("%(number)s: %(task)s is waiting for you"),
    "task_reassigned": later("%(number)s: %(task)s was given to you"),
    "clock_due_soon": later("%(number)s: %(clock)s is due on %(due_date)s"),
    "clock_recounted": later("%(number)s: the calendar has changed; %(clock)s is now due on %(due_date)s"),
    "flag_raised": later("%(number)s: a suspected flag %(code)s stands on you; you may answer it"),
    "flag_to_review": later("%(number)s: a suspected flag %(code)s is to be reviewed"),
    "flag_ground_lost": later("%(number)s: flag %(code)s lost its ground by a pause that was entered late"),
    "flag_decided": later("%(number)s: flag %(code)s was decided"),
    "flag_decision_late": later("%(number)s: the decision on a flag is late"),
    "calendar_to_confirm": later("A change of the calendar waits for a second person: %(title)s"),
    "self_check_found": later("The self-check found %(found)s things that are not as they must be"),
    "timer_stuck": later("%(number)s: a timer is stuck"),
}

OBSTACLES = {  # why a case cannot move to a version of its process: Obstacle.reason
    "gone": later("the element is not in that version"),
    "kind": later("the element is of another kind in that version"),
    "repetition": later("the element is repeated in another way in that version"),
    "form": later("the open task has another form in that version"),
    "flow": later("a flow that has been walked to the gateway is not in that version"),
    "compensation": later("what may have to be undone is not in that version"),
    "clock": later("a limit that runs is not in that version"),
}
FINDINGS = {  # what the self-check found: engine.domain.self_check.CODES
    "case_idle": later("An open case in which nothing is open and nothing waits"),
    "task_orphan": later("An open task of a process that is over"),
    "holder_mismatch": later("A task's holder is not who the record of holdings names"),
    "timer_missing": later("The process waits for a timer that has no row"),
    "timer_extra": later("A timer waits for which the process does not wait"),
    "timer_stray": later("A timer waits although its limit or its process is over"),
    "timer_moved": later("A timer's instant is not that of its limit"),
    "flag_without_timer": later("A flag that no timer has brought"),
    "flag_moment": later("A flag's moment is not that of its timer"),
    "flag_without_event": later("A flag that is not in its case's record"),
    "review_missing": later("An undecided flag that nobody reviews"),
    "outbox_without_cause": later("A message that nothing in the record has caused"),
    "chain_broken": later("The record does not verify from this entry on"),
    "ledger_broken": later("The ledger of a limit does not verify"),
    "ledger_mismatch": later("A limit stands otherwise than its ledger says"),
    "state_damaged": later("The stored process of this case does not verify"),
    "document_changed": later("A document's bytes are not those that were issued"),
}
DAY_REASONS = {  # why a day counts or does not: CountedDay.reason_code
    "start": later("day of the start, does not count"),
    "deemed": later("deemed to have arrived on this day, does not count"),
    "counted": later("counts"),
    "makeup": later("make-up working day, counts"),
    "weekend": later("weekend"),
    "holiday": later("holiday"),
    "paused": later("paused"),
    "cut": later("work was stopped early, does not count"),
    "moved": later("moved here from a day off"),
}


def words(error: EngineError) -> str:
    """Return what went wrong and what to do next, in the reader's language."""
    reason = error.facts.get("reason")
    if isinstance(reason, str) and reason in REASONS and not isinstance(error, DecisionFailed):
        return filled(REASONS[reason], error.facts)
    closed_at = error.facts.get("closed_at")
    text = filled(CODES.get(error.code, CODES["engine_error"]), {"detail": _detail(error)})
    return f"{text} ({local(closed_at)})" if closed_at else text  # pyright: ignore[reportArgumentType]  # an instant


def finding_text(code: str) -> str:
    """Return what the self-check found, in the reader's language."""
    return gettext(FINDINGS.get(code, code))


def _detail(error: EngineError) -> str:
    """Return what an expression or a decision lacks, "" for any other error."""
    if isinstance(error, DecisionFailed):
        return failure_words(error)
    cause = error.__cause__
    if isinstance(cause, FeelError):
        return feel_words(cause)
    return gettext("it is neither true nor false") if error.facts.get("reason") == "not_a_condition" else ""


def day_reason(code: str) -> str:
    """Return why a day counts towards a limit, or does not."""
    return gettext(DAY_REASONS.get(code, code))


def event_text(kind: str, data: Mapping[str, Any]) -> str:
    """Return what happened; an event without words shows its code, and a test fails."""
    known = {key: "" if value is None else value for key, value in data.items()}
    return filled(EVENTS.get(kind, kind), known)
