"""Shapes the desk's lists: groups by urgency, lights, words."""

from dataclasses import dataclass

from flask_babel import gettext

from engine.readmodels.tasks import TaskRow, claimable_by, done_by, inbox_of
from web import current
from web.formatting import light_of

TABS = ("open", "claimable", "done")


@dataclass(frozen=True)
class Group:
    """Tasks of one urgency."""

    title: str
    light: str
    rows: list[TaskRow]


def listed(tab: str) -> list[TaskRow]:
    """Return the tasks of one tab."""
    who = current.actor()
    if tab == "claimable":
        return claimable_by(current.session(), who.roles, who.unit_id)
    if tab == "done":
        return done_by(current.session(), who.id)
    return inbox_of(current.session(), who.id)


def grouped(rows: list[TaskRow]) -> list[Group]:
    """Return tasks by urgency: overdue first."""
    titles = {
        "red": gettext("Overdue"),
        "yellow": gettext("Due soon"),
        "green": gettext("In time"),
        "paused": gettext("Without a limit"),
    }
    found = [
        Group(title, light, [r for r in rows if light_of(r.due_at, r.due_date) == light])
        for light, title in titles.items()
    ]
    return [group for group in found if group.rows]


def may_work_on(row: TaskRow) -> bool:
    """Return whether the reader may work on a task: to draw the form or not; the command decides for itself."""
    who = current.actor()
    if row.closed_at is not None or row.role == "citizen":
        return False
    if row.holder_id is not None:
        return row.holder_id == who.id
    return row.role in who.roles and (not row.unit_ids or who.unit_id in row.unit_ids)
