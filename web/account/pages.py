"""Pages about who is here."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands.change_password import ChangePassword
from engine.commands.read_notices import ReadNotices
from engine.commands.sign_in import SignedIn, SignIn
from engine.commands.sign_out import SignOut
from engine.domain.actors import SYSTEM
from engine.domain.local_time import local_date
from engine.readmodels.accounts import all_accounts
from engine.readmodels.calendar_life import year_to_load
from engine.readmodels.desk import notices_of
from engine.readmodels.house import house_facts
from web import current, identity, kept
from web.access import allow, allow_anyone, allow_signed_in
from web.language import COOKIE, LANGUAGES, filled
from web.navigation import home_of
from web.wording import NOTICES, REASONS

pages = Blueprint("account", __name__)
YEAR = 365 * 24 * 3600
TOO_MANY = 429


@pages.get("/")
@allow_anyone
def home() -> ResponseReturnValue:
    """Lead to where the reader's work begins."""
    who = current.account()
    return redirect(url_for(home_of(who.roles) if who else "account.sign_in"), code=303)


@pages.get("/sign-in")
@allow_anyone
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form."""
    return _sign_in_page(request.args.get("login", ""), "")


@pages.post("/sign-in")
@allow_anyone
def begin_session() -> ResponseReturnValue:
    """Sign in."""
    login = request.form.get("login", "").strip()
    command = SignIn(login=login, password=request.form.get("password", ""), address=request.remote_addr or "")
    result: SignedIn = current.execute(command, SYSTEM)
    if result.token is None:
        reason = result.refused or "credentials"
        failure = gettext(REASONS[reason])
        status = TOO_MANY if result.refused == "throttled" else 422
        return _again(login, failure), status
    identity.begin(result.token)
    if "kept" in request.form:
        kept.restore()
    return redirect(_local(request.form.get("next")), code=303)


@pages.post("/sign-out")
@allow_signed_in
def end_session() -> ResponseReturnValue:
    """Sign out."""
    digest = identity.end()
    if digest:
        current.execute(SignOut(token_digest=digest), SYSTEM)
    return redirect(url_for("account.sign_in"), code=303)


@pages.get("/account")
@allow_signed_in
def profile() -> ResponseReturnValue:
    """Show one's own account."""
    return render_template("account/profile.html")


@pages.post("/account/password")
@allow_signed_in
def change_password() -> ResponseReturnValue:
    """Change one's own password; every session ends."""
    who = current.account()
    command = ChangePassword(
        login=who.login if who else "", old=request.form.get("old", ""), new=request.form.get("new", "")
    )
    current.execute(command)
    identity.end()
    flash(gettext("Your password is changed. Please sign in again."), "success")
    return redirect(url_for("account.sign_in"), code=303)


@pages.get("/notices")
@allow_signed_in
def notices() -> ResponseReturnValue:
    """Show one's notices and mark them as read by a button."""
    found = notices_of(current.session(), current.actor().id)
    rows = [(row, filled(NOTICES.get(row.kind, row.kind), row.facts)) for row in found]
    return render_template("account/notices.html", rows=rows)


@pages.post("/notices/read")
@allow_signed_in
def read_notices() -> ResponseReturnValue:
    """Mark one's notices as read."""
    current.execute(ReadNotices())
    return redirect(url_for("account.notices"), code=303)


@pages.get("/people")
@allow("admin", "supervisor")
def people() -> ResponseReturnValue:
    """Show who works here."""
    missing = year_to_load(current.session(), local_date(current.now()))
    return render_template("account/people.html", rows=all_accounts(current.session()), missing=missing)


@pages.get("/view")
@allow_anyone
def view() -> ResponseReturnValue:
    """Keep the reader's language or letter size in a cookie, and go back."""
    answer: Response = redirect(_local(request.args.get("next")), code=303)
    if request.args.get("language") in LANGUAGES:
        answer.set_cookie(COOKIE, request.args["language"], max_age=YEAR, samesite="Lax")
    if request.args.get("size") in ("lg", "md"):
        answer.set_cookie("size", request.args["size"], max_age=YEAR, samesite="Lax")
    return answer


def _again(login: str, failure: str) -> str:
    """Return the page to try again from, with what it carried."""
    if "kept" not in request.form:
        return _sign_in_page(login, failure)
    place = _local(request.form.get("next"))
    return kept.sign_in_page(request.form["kept"], request.form.get("draft", ""), place, login, failure)


def _sign_in_page(login: str, failure: str) -> str:
    """Return the sign-in page; the demonstration also lists who there is to sign in as."""
    demonstration = house_facts(current.session()).kind == "demonstration"
    people = all_accounts(current.session()) if demonstration else []
    return render_template("account/sign_in.html", login=login, failure=failure, people=people)


def _local(target: str | None) -> str:
    """Return an address of this site, the home page for anything else (no open redirect)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return url_for("account.home")
    parts = urlsplit(target)
    return url_for("account.home") if parts.scheme or parts.netloc else target
