"""The pages of the working calendar: its months, its versions, and how a year's notice is taken in."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.commands.confirm_calendar import ConfirmCalendar
from engine.commands.preview_calendar import PreviewCalendar
from engine.commands.propose_calendar import ProposeCalendar
from engine.domain.day_table import Day
from engine.domain.errors import CalendarEnds, Invalid
from engine.domain.local_time import local_date
from engine.readmodels.calendar_life import proposal_by_id, proposals, versions, year_to_load, years_known
from engine.timers.recounting import recount_all
from web import current
from web.access import allow
from web.wording import words

pages = Blueprint("calendar", __name__)
READERS = ("admin", "supervisor")
MOST_BYTES = 200_000


@pages.get("/calendar")
@allow(*READERS)
def show() -> ResponseReturnValue:
    """Show a year's months, what is loaded, and what waits to be confirmed."""
    session, today = current.session(), local_date(current.now())
    year = request.args.get("year", today.year, type=int)
    return render_template(
        "upkeep/calendar.html",
        year=year,
        months=[_month(year, month) for month in range(1, 13)] if 1 <= year < date.max.year else [],
        years=years_known(session),
        proposals=proposals(session),
        versions=versions(session),
        missing=year_to_load(session, today),
        known_until=current.calendar().known_until,
    )


@pages.post("/calendar/proposals")
@allow("admin")
def propose() -> ResponseReturnValue:
    """Take in a notice or a place's file; a second person has to confirm it."""
    text = request.form.get("text", "")[:MOST_BYTES]
    try:
        number = current.execute(ProposeCalendar(text=text))
    except Invalid as error:
        return render_template("upkeep/proposal_refused.html", text=text, problem=words(error)), 422
    flash(gettext("Every printed weekday agrees. A second administrator has to confirm it."), "success")
    return redirect(url_for("calendar.show_proposal", proposal_id=number), code=303)


@pages.get("/calendar/proposals/<int:proposal_id>")
@allow("admin")
def show_proposal(proposal_id: int) -> ResponseReturnValue:
    """Show what a proposal says and which open cases' dates it would move."""
    preview = current.execute(PreviewCalendar(proposal_id=proposal_id))
    row = proposal_by_id(current.session(), proposal_id)
    return render_template("upkeep/proposal.html", row=row, preview=preview)


@pages.post("/calendar/proposals/<int:proposal_id>")
@allow("admin")
def decide(proposal_id: int) -> ResponseReturnValue:
    """Confirm or turn down a proposal; what is open is counted anew at once."""
    confirmed = request.form.get("decision") == "confirm"
    current.execute(ConfirmCalendar(proposal_id=proposal_id, confirmed=confirmed))
    if confirmed:
        parts = current.parts()
        moved = recount_all(parts.bus, parts.sessions)
        flash(_in_force(moved), "success")
    else:
        flash(gettext("The proposal is turned down."), "success")
    return redirect(url_for("calendar.show"), code=303)


def _in_force(moved: int) -> str:
    if not moved:
        return gettext("The calendar is in force; no date of an open case has moved.")
    return gettext("The calendar is in force; %(num)s dates of open cases have moved.", num=moved)


def _month(year: int, month: int) -> tuple[int, int, list[Day]]:
    """Return (month, weekday of its first day, its days); no days where the calendar does not reach."""
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    try:
        days = [current.calendar().day(first + timedelta(days=n)) for n in range((after - first).days)]
    except CalendarEnds:
        days = []
    return month, first.weekday(), days
