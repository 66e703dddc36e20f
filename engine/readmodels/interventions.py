"""What an administrator may intervene in: running processes with their versions, and stuck timers."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import definition, gov_case, process_instance, timer

MOST = 200


@dataclass(frozen=True)
class RunningInstance:
    """A running process of an open case."""

    id: str
    case_id: str
    number: str
    title: str
    process: str
    process_title: str
    version: int


@dataclass(frozen=True)
class VersionChoice:
    """A deployed version of a process."""

    digest: str
    process: str
    title: str
    version: int


@dataclass(frozen=True)
class StuckTimer:
    """A timer that was given up."""

    id: str
    element_id: str
    error: str


def running_instances(session: Session, case_id: str | None = None) -> list[RunningInstance]:
    """Return the running processes of open cases, the newest 200 first, or those of one case."""
    columns = (process_instance.c.id, gov_case.c.id.label("case_id"), gov_case.c.number, gov_case.c.title)
    version = (definition.c.key, definition.c.title.label("process_title"), definition.c.version)
    wanted = (
        select(*columns, *version)
        .join(gov_case, gov_case.c.id == process_instance.c.case_id)
        .join(definition, definition.c.digest == process_instance.c.definition_digest)
        .where(process_instance.c.finished_at.is_(None), gov_case.c.closed_at.is_(None))
        .order_by(process_instance.c.started_at.desc())
        .limit(MOST)
    )
    if case_id is not None:
        wanted = wanted.where(gov_case.c.id == case_id)
    return [
        RunningInstance(row.id, row.case_id, row.number, row.title, row.key, row.process_title, row.version)
        for row in session.execute(wanted)
    ]


def versions(session: Session) -> list[VersionChoice]:
    """Return every deployed version, by process, the newest first."""
    columns = (definition.c.digest, definition.c.key, definition.c.title, definition.c.version)
    rows = session.execute(select(*columns).order_by(definition.c.key, definition.c.version.desc()).limit(MOST))
    return [VersionChoice(row.digest, row.key, row.title, row.version) for row in rows]


def stuck_timers(session: Session, case_id: str) -> list[StuckTimer]:
    """Return the timers of a case that were given up."""
    wanted = select(timer.c.id, timer.c.element_id, timer.c.last_error).where(
        timer.c.case_id == case_id, timer.c.status == "incident"
    )
    rows = session.execute(wanted.order_by(timer.c.due_at).limit(MOST))
    return [StuckTimer(row.id, row.element_id, row.last_error or "") for row in rows]
