"""Cases at rest."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from engine.domain.case import Case
from engine.domain.errors import NotFound
from engine.store.rows import add_row, change_row, columns_of, values_of
from engine.store.tables import counter, gov_case, rating, task, timer


@dataclass(frozen=True)
class Rating:
    """What the citizen thought of it: 5 (very satisfied) … 1."""

    score: int
    solved: bool | None
    reasons: tuple[str, ...]
    comment: str


_BY_ID = select(gov_case).where(gov_case.c.id == bindparam("wanted")).with_for_update()
_LAST_NUMBER = select(counter.c.last).where(counter.c.name == bindparam("wanted")).with_for_update()
_NEXT_NUMBER = update(counter).where(counter.c.name == bindparam("wanted"))
_BY_TASK = (
    select(gov_case)
    .where(gov_case.c.id == select(task.c.case_id).where(task.c.id == bindparam("wanted")).scalar_subquery())
    .with_for_update()
)
_BY_TIMER = (
    select(gov_case)
    .where(gov_case.c.id == select(timer.c.case_id).where(timer.c.id == bindparam("wanted")).scalar_subquery())
    .with_for_update()
)
_BY_CODE = select(gov_case).where(gov_case.c.query_code == bindparam("wanted")).with_for_update()


class Cases:
    """Reads and writes the rows of cases."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def lock(self, case_id: str) -> Case:
        """Return the case with its row locked until the transaction ends; raises NotFound."""
        return self._one(_BY_ID, case_id)

    def lock_by_task(self, task_id: str) -> Case:
        """Return the case of a task, which never changes, locked; raises NotFound."""
        return self._one(_BY_TASK, task_id, "task")

    def lock_by_timer(self, timer_id: str) -> Case:
        """Return the case of a timer, which never changes, locked; raises NotFound."""
        return self._one(_BY_TIMER, timer_id, "timer")

    def lock_by_code(self, query_code: str) -> Case:
        """Return the case of a citizen's query code, locked; raises NotFound."""
        return self._one(_BY_CODE, query_code)

    def _one(self, found: Select[Any], wanted: str, what: str = "case") -> Case:
        row = self._connection.execute(found, {"wanted": wanted}).one_or_none()
        if row is None:
            raise NotFound(what=what)
        return Case(**values_of(row, Case))

    def of_submission(self, submission: str) -> str | None:
        """Return the id of the case a form was already registered as, or None."""
        return self._connection.execute(
            select(gov_case.c.id).where(gov_case.c.submission == submission)
        ).scalar_one_or_none()

    def add(self, case: Case, *, urgency: str, registered_by: str, submission: str | None) -> None:
        """Store a new case."""
        more = {"urgency": urgency, "registered_by": registered_by, "submission": submission}
        add_row(self._connection, gov_case, columns_of(case) | more)

    def save(self, case: Case) -> None:
        """Store what a case can change: how and when it closed, and who coordinates it."""
        change_row(self._connection, gov_case, case.id, {"closed_at": case.closed_at, "outcome": case.outcome})

    def rate(self, case_id: str, given: Rating, at: Any) -> None:
        """Store the citizen's rating; one a case."""
        self._connection.execute(
            insert(rating).values(
                case_id=case_id,
                score=given.score,
                solved=given.solved,
                reasons=list(given.reasons),
                comment=given.comment,
                at=at,
            )
        )

    def next_number(self, name: str) -> int:
        """Return 1, 2, 3 … for the counter `name`; its row stays locked until the transaction ends."""
        last = self._connection.execute(_LAST_NUMBER, {"wanted": name}).scalar_one_or_none()
        if last is None:
            self._connection.execute(insert(counter).values(name=name, last=1))
            return 1
        self._connection.execute(_NEXT_NUMBER, {"wanted": name, "last": last + 1})
        return last + 1
