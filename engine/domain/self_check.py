"""What the self-check found: facts that an administrator reads."""

from dataclasses import dataclass
from datetime import datetime

OCCASIONS = ("start", "nightly", "by_hand")
CODES = (
    "case_idle",  # an open case in which nothing is open, nothing waits and nothing is an incident
    "task_orphan",  # an open task of a process that is over
    "holder_mismatch",  # a task's holder is not who the record of holdings names
    "timer_missing",  # the process waits for a timer that has no row
    "timer_extra",  # a row waits for a timer that the process does not wait for
    "timer_stray",  # a timer waits for a clock that has stopped, or a process that is over
    "timer_moved",  # a timer's instant is not its clock's
    "flag_without_timer",  # a flag that no fired timer has brought
    "flag_moment",  # a flag's moment is not its timer's
    "flag_without_event",  # a flag that is not in its case's record
    "review_missing",  # an undecided flag that nobody reviews
    "outbox_without_cause",  # a message without an event of the same instant
    "chain_broken",  # an event that does not verify
    "ledger_broken",  # a line of a clock's ledger that does not verify
    "ledger_mismatch",  # a clock that stands otherwise than its ledger says
    "state_damaged",  # a stored process whose code does not match it
    "document_changed",  # a document whose bytes are not those that were issued
)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be: a code of CODES, the case ("" for none), and what it is about."""

    code: str
    case_id: str
    subject: str
    detail: str = ""


@dataclass(frozen=True)
class Report:
    """One run. `checked` counts what was looked at: {what: how many}."""

    occasion: str
    began_at: datetime
    finished_at: datetime
    checked: dict[str, int]
    findings: tuple[Finding, ...]
