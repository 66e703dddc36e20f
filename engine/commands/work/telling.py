"""Telling people: a notice in the application, and messages that leave the house through the outbox."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.commands.work.bench import Work
from engine.domain.case import Case


def tell(work: Work, account_ids: Iterable[str], kind: str, case_id: str | None, facts: Mapping[str, Any]) -> None:
    """Put a notice into each person's list; told once a `facts["key"]`."""
    for account_id in dict.fromkeys(account_ids):
        work.unit.post.tell(account_id, kind, case_id, facts, work.at)


def tell_role(work: Work, role: str, kind: str, case_id: str | None, facts: Mapping[str, Any]) -> None:
    """Put a notice into the list of everybody who holds the role."""
    tell(work, (person.id for person in work.unit.people.holders_of(role)), kind, case_id, facts)


def message_applicant(work: Work, case: Case, template: str, key: str, facts: Mapping[str, Any]) -> None:
    """Put a text message to the citizen into the outbox, where a telephone is known; the event says so either way."""
    if not case.phone:
        work.record("applicant.unreachable", case.id, template=template)
        return
    work.unit.post.send(
        {
            "dedupe_key": f"{key}:{template}:applicant",
            "case_id": case.id,
            "channel": "sms",
            "recipient": case.phone,
            "template": template,
            "facts": {"number": case.number, "code": case.query_code, **facts},
        },
        work.now,
    )
    work.record("applicant.told", case.id, template=template)
