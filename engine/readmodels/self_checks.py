"""The reports of the self-check, for the administrator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.domain.self_check import Finding
from engine.store.tables import gov_case, self_check

LIMIT = 30


@dataclass(frozen=True)
class CheckRow:
    """One run; `numbers` are the printed numbers of the cases found: {case id: number}."""

    id: int
    occasion: str
    began_at: datetime
    finished_at: datetime
    checked: dict[str, int]
    findings: tuple[Finding, ...]
    numbers: dict[str, str]


def self_checks(session: Session, limit: int = LIMIT) -> list[CheckRow]:
    """Return the latest runs, the newest first."""
    rows = session.execute(select(self_check).order_by(self_check.c.id.desc()).limit(limit)).all()
    cases = {found["case_id"] for row in rows for found in row.findings if found["case_id"]}
    numbers = {
        row.id: row.number
        for row in session.execute(select(gov_case.c.id, gov_case.c.number).where(gov_case.c.id.in_(cases)))
    }
    return [
        CheckRow(
            id=row.id,
            occasion=row.occasion,
            began_at=row.began_at,
            finished_at=row.finished_at,
            checked=row.checked,
            findings=tuple(Finding(**found) for found in row.findings),
            numbers=numbers,
        )
        for row in rows
    ]
