"""What the rail shows, by role, and what every page's frame needs to know."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, request
from flask_babel import gettext

from engine.domain.errors import CalendarEnds
from engine.domain.local_time import local_date
from engine.readmodels.definitions import openable
from engine.readmodels.desk import counts_for
from engine.readmodels.house import house_facts
from web import current
from web.access import DESIGNERS, OVERSIGHT, STAFF
from web.language import chosen


@dataclass(frozen=True)
class Entry:
    """One line of the rail."""

    endpoint: str
    icon: str
    label: str
    count: int = 0
    hot: bool = False


def entries() -> list[Entry]:
    """Return the lines that whoever is signed in may follow."""
    who = current.account()
    if who is None:
        return []
    counts = counts_for(current.session(), who.id)
    openers = who.roles if openable(current.session(), who.roles) else ()
    lines = [
        (STAFF, Entry("desk.inbox", "inbox", gettext("My tasks"), counts["inbox"])),
        (openers, Entry("registering.first", "plus", gettext("Register a case"))),
        (("team_deputy", "team_lead"), Entry("desk.team", "users", gettext("Special team"))),
        (OVERSIGHT, Entry("boards.show", "siren", gettext("Supervision board"))),
        ((*STAFF, *OVERSIGHT), Entry("flags.index", "megaphone", gettext("Flags"), _flags(counts), hot=True)),
        ((*STAFF, *OVERSIGHT), Entry("cases.search", "search", gettext("Find a case"))),
        (("admin", "supervisor"), Entry("calendar.show", "calendar-days", gettext("Working calendar"))),
        (("admin", "supervisor"), Entry("self_check.show", "circle-check", gettext("Self-check"))),
        (DESIGNERS, Entry("designer.show", "workflow", gettext("Expressions and decision tables"))),
        (("admin",), Entry("account.people", "users", gettext("People"))),
    ]
    return [entry for roles, entry in lines if not who.roles.isdisjoint(roles)]


def home_of(roles: frozenset[str]) -> str:
    """Return the endpoint somebody with these roles starts at."""
    if not roles.isdisjoint(STAFF):
        return "desk.inbox"
    if not roles.isdisjoint(OVERSIGHT):
        return "boards.show"
    return "designer.show" if "designer" in roles else "account.people"


def install(app: Flask) -> None:
    """Give every page its frame."""
    app.context_processor(_frame)


def _flags(counts: dict[str, int]) -> int:
    who = current.account()
    return counts["flags"] if who and not who.roles.isdisjoint(OVERSIGHT) else 0


def _is_working(day: date) -> bool | None:
    """Return whether the centre works on the day; None where the calendar's table does not reach."""
    try:
        return current.calendar().is_working(day)
    except CalendarEnds:
        return None


def _frame() -> dict[str, Any]:
    facts = house_facts(current.session())
    today = local_date(current.now())
    who = current.account()
    return {
        "account": who,
        "city": facts.city,
        "centre": facts.centre,
        "demonstration": facts.kind == "demonstration",
        "clock_moved": facts.clock_offset > 0,
        "now": current.now(),
        "today": today,
        "works_today": _is_working(today),
        "navigation": entries() if who else [],
        "unread": counts_for(current.session(), who.id)["notices"] if who else 0,
        "endpoint": request.endpoint,
        "language": chosen(),
        "large": request.cookies.get("size") == "lg",
    }
