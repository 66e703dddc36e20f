"""The supervisor's board: what is overdue, why, by whom."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.commands.move_clock import MoveClock
from engine.domain.local_time import local_date, midnight_of
from engine.readmodels import board
from engine.readmodels.calendar_life import year_to_load
from engine.readmodels.flags import all_flags
from engine.timers.sweep import sweep
from web import current
from web.access import OVERSIGHT, allow
from web.formatting import light_of

pages = Blueprint("boards", __name__)
WEEKS = 4
LATEST = 6  # flags beside the table
ORDER = ("red", "yellow", "green", "paused")


@pages.get("/board")
@allow(*OVERSIGHT)
def show() -> ResponseReturnValue:
    """Show the board."""
    session, now = current.session(), current.now()
    today = local_date(now)
    days = [today - timedelta(days=n) for n in range(WEEKS * 7, -1, -1)]
    rows = board.running_clocks(session)
    lights = {light: [r for r in rows if light_of(r.due_at, r.due_date) == light] for light in ORDER}
    found = all_flags(session)
    breaches, due = board.daily(session, days, [midnight_of(day) for day in days])
    return render_template(
        "boards/show.html",
        lights=lights,
        figures=board.figures(session, now, midnight_of(today + timedelta(days=1)), midnight_of(today.replace(day=1))),
        days=[f"{day:%m-%d}" for day in days],
        breaches=breaches,
        due=due,
        by_unit=board.overdue_by_unit(rows, now),
        flags=found[:LATEST],
        raised={flag.clock_id: flag for flag in found},
        missing=year_to_load(session, today),
        chosen=request.args.get("light", ""),
    )


@pages.post("/clock")
@allow("supervisor", "admin")
def move_clock() -> ResponseReturnValue:
    """Move the demonstration's clock on, and carry out what that makes due."""
    text = request.form.get("working_days", "1")
    current.execute(MoveClock(working_days=int(text) if text.isdigit() else 0))
    done = sweep(current.parts().bus, current.reading)
    flash(gettext("The clock was moved on; %(count)s timers were carried out.", count=done.fired), "success")
    return redirect(url_for("boards.show"), code=303)
