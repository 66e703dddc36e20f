"""The page of the self-check."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.readmodels.self_checks import self_checks
from engine.timers.self_checking import self_check
from web import current
from web.access import allow
from web.wording import finding_text

pages = Blueprint("self_check", __name__)


@pages.get("/self-check")
@allow("admin", "supervisor")
def show() -> ResponseReturnValue:
    """Show what the latest runs found."""
    return render_template("upkeep/self_check.html", rows=self_checks(current.session()), finding_text=finding_text)


@pages.post("/self-check")
@allow("admin")
def run() -> ResponseReturnValue:
    """Check the house now."""
    parts = current.parts()
    report = self_check(parts.bus, parts.sessions, "by_hand", current.actor())
    if report.findings:
        flash(gettext("%(num)s things are not as they must be.", num=len(report.findings)), "error")
    else:
        flash(gettext("Everything is as it must be."), "success")
    return redirect(url_for("self_check.show"), code=303)
