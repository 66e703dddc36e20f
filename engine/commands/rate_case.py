"""The citizen's rating, given with the query code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.work import Work
from engine.commands.work.advancing import complete, process_of
from engine.commands.work.firing import catch_up
from engine.commands.work.submitting import checked
from engine.domain.errors import TaskClosed
from engine.store.cases import Rating
from forms.validation import routing_values

ELEMENT = "rate"


@dataclass(frozen=True, kw_only=True)
class RateCase:
    """Rate a case once, while the diagram waits for it."""

    query_code: str
    values: Mapping[str, Any]


def rate_case(command: RateCase, work: Work) -> str:
    """Return the case's id; raises NotFound (no such code), TaskClosed (not asked yet, or no longer), FormInvalid."""
    case = catch_up(work, work.unit.cases.lock_by_code(command.query_code))
    task = work.unit.tasks.open_in(case.id, ELEMENT)
    if task is None or task.form is None:
        raise TaskClosed(case=case.id)
    form = process_of(work, work.unit.instances.get(task.instance_id)).form(task.form)
    values = checked(work, form, command.values)
    done = task.done_by(work.actor, work.at)
    work.unit.tasks.save(done.anonymous(), values=values)
    given = Rating(
        score=int(values["score"]),
        solved=values.get("solved"),
        reasons=tuple(values.get("reasons") or ()),
        comment=str(values.get("comment") or ""),
    )
    work.unit.cases.rate(case.id, given, work.at)
    work.record("case.rated", case.id, score=given.score, solved=given.solved)
    complete(work, case, task.instance_id, task.id, {task.form: routing_values(form, values)})
    return case.id
