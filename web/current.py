"""What the request at hand brings: who acts, the bus, a session to read by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import current_app, g
from flask_sqlalchemy import SQLAlchemy

from engine.bus import Bus
from engine.domain.actors import Actor
from engine.domain.working_time import WorkCalendar
from engine.readmodels.accounts import AccountRow


@dataclass(frozen=True)
class Parts:
    """What the web is built around."""

    bus: Bus
    database: SQLAlchemy
    sessions: Callable[[], Any]  # new sessions to read by, outside a request's own


def parts() -> Parts:
    """Return what the application was built around."""
    return cast("Parts", current_app.extensions["parts"])


def session() -> Any:
    """Return the session that this request reads by."""
    return parts().database.session


def reading() -> Any:
    """Return a new session to read by, to be closed by whoever asked; what sweeps needs several in a row."""
    return parts().sessions()


def execute(command: object, actor_: Actor | None = None) -> Any:
    """Carry out a command as whoever is signed in; what is read afterwards sees its effects."""
    session().rollback()  # the reading session must not hold on to the world before
    return parts().bus.execute(command, actor_ or actor())


def now() -> datetime:
    """Return the instant, UTC, by the house's clock; read once a request."""
    if "now" not in g:
        g.now = parts().bus.clock.now()
    return cast("datetime", g.now)


def calendar() -> WorkCalendar:
    """Return the working calendar in force."""
    if "calendar" not in g:
        g.calendar = parts().bus.calendar()
    return cast("WorkCalendar", g.calendar)


def account() -> AccountRow | None:
    """Return who is signed in, or None."""
    return cast("AccountRow | None", g.get("account"))


def actor() -> Actor:
    """Return who is signed in, as the one who acts; only for pages that somebody signed in may see."""
    row = account()
    if row is None:
        msg = "nobody is signed in"
        raise RuntimeError(msg)
    return Actor(row.id, row.name, row.roles, row.unit_id)
