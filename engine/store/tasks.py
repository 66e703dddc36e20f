"""Tasks, and who held them when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from engine.domain.case import Task
from engine.domain.errors import NotFound
from engine.domain.flags import Holding
from engine.store.rows import add_row, change_row, columns_of, values_of
from engine.store.tables import task, task_holding


class Tasks:
    """Reads and writes tasks and their holdings."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def get(self, task_id: str) -> Task:
        """Return the task as it stands now; raises NotFound."""
        row = self._connection.execute(_BY_ID, {"wanted": task_id}).one_or_none()
        if row is None:
            raise NotFound(what="task")
        return _task(row)

    def open_in(self, case_id: str, element_id: str) -> Task | None:
        """Return the open task of that element, the newest if there are several."""
        row = self._connection.execute(
            select(task)
            .where(task.c.case_id == case_id, task.c.element_id == element_id, task.c.status == "open")
            .order_by(task.c.opened_at.desc())
            .limit(1)
        ).one_or_none()
        return _task(row) if row else None

    def open_holders(self, instance_id: str) -> list[str]:
        """Return who holds open tasks of an instance."""
        rows = self._connection.execute(
            select(task.c.holder_id).where(
                task.c.instance_id == instance_id, task.c.status == "open", task.c.holder_id.is_not(None)
            )
        )
        return list(rows.scalars())

    def add(self, new: Task, *, values: Mapping[str, Any] | None = None) -> None:
        """Store a task that has just opened; with `values` one that was done at once."""
        more = {} if values is None else {"values": dict(values)}
        add_row(self._connection, task, {**columns_of(new), "unit_ids": sorted(new.unit_ids), **more})

    def save(self, changed: Task, *, values: Mapping[str, Any] | None = None, submission: str | None = None) -> None:
        """Store a task's new holder or end, and what was submitted with it."""
        columns: dict[str, Any] = {
            "holder_id": changed.holder_id,
            "status": changed.status,
            "closed_at": changed.closed_at,
            "closed_by": changed.closed_by,
        }
        if values is not None:
            columns |= {"values": dict(values), "submission": submission}
        change_row(self._connection, task, changed.id, columns)

    def submission_of(self, task_id: str) -> str | None:
        """Return the idempotency key the task was submitted with, or None."""
        return self._connection.execute(select(task.c.submission).where(task.c.id == task_id)).scalar_one()

    def submitted(self, instance_id: str) -> dict[str, dict[str, Any]]:
        """Return what was submitted in an instance: {form key: values}, the newest of each form."""
        rows = self._connection.execute(_SUBMITTED, {"wanted": instance_id})
        return {form: values or {} for form, values in rows}

    def begin_holding(self, held: Task, unit_id: str | None, at: datetime) -> None:
        """Write down that the task's holder holds it from `at` on; whoever held it before must have ended."""
        if held.holder_id is not None:
            holding = {
                "task_id": held.id,
                "case_id": held.case_id,
                "role": held.role,
                "holder_id": held.holder_id,
                "unit_id": unit_id,
                "since": at,
            }
            add_row(self._connection, task_holding, holding)

    def end_holding(self, task_id: str, at: datetime) -> None:
        """Write down that nobody holds the task after `at`."""
        self._connection.execute(_END_HOLDING, {"wanted": task_id, "until": at})

    def holdings(self, case_id: str) -> list[Holding]:
        """Return who held what in a case, in order of beginning."""
        rows = self._connection.execute(
            select(task_holding).where(task_holding.c.case_id == case_id).order_by(task_holding.c.since)
        )
        return [Holding(r.task_id, r.role, r.holder_id, r.unit_id, r.since, r.until) for r in rows]

    def took_part(self, case_id: str, account_id: str) -> bool:
        """Return whether somebody holds, held or finished a task of the case."""
        mine = select(task.c.id).where(
            task.c.case_id == case_id, or_(task.c.holder_id == account_id, task.c.closed_by == account_id)
        )
        held = select(task_holding.c.id).where(
            task_holding.c.case_id == case_id, task_holding.c.holder_id == account_id
        )
        return any(self._connection.execute(wanted.limit(1)).first() for wanted in (mine, held))

    def last_holder(self, case_id: str, role: str) -> str | None:
        """Return who held a task of that role in the case last: a sticky task goes to the same person."""
        return self._connection.execute(
            select(task_holding.c.holder_id)
            .where(task_holding.c.case_id == case_id, task_holding.c.role == role)
            .order_by(task_holding.c.since.desc(), task_holding.c.id.desc())
            .limit(1)
        ).scalar_one_or_none()


_BY_ID = select(task).where(task.c.id == bindparam("wanted"))
_SUBMITTED = (
    select(task.c.form, task.c["values"])
    .where(task.c.instance_id == bindparam("wanted"), task.c.status == "done", task.c.form.is_not(None))
    .order_by(task.c.closed_at)
)
_END_HOLDING = update(task_holding).where(task_holding.c.task_id == bindparam("wanted"), task_holding.c.until.is_(None))


def _task(row: Row[Any]) -> Task:
    known = values_of(row, Task)
    known["unit_ids"] = frozenset(known["unit_ids"])
    return Task(**known)
