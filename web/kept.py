"""
What was typed outlives a lost session.

A form that comes back from somebody signed out meanwhile, or with a token gone stale, is answered by a page that
carries its fields: they go their way after one more click, or become the draft of whoever signs in there.
"""

from contextlib import suppress
from urllib.parse import parse_qsl, urlencode

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from engine.domain.errors import NotFound
from web import current, identity
from web.access import ANYONE
from web.desk.forms import keep, place_of

TOKEN_FIELD = "csrf_token"  # noqa: S105  # the field's name


def carrying_page(status: int) -> ResponseReturnValue | None:
    """Return the page that carries what was typed, None where the request is no form of ours (it has no `draft`)."""
    if request.method != "POST" or "draft" not in request.form or not _sent_from_here():
        return None
    identity.recognise()
    fields = [(name, text) for name, text in request.form.items(multi=True) if name != TOKEN_FIELD]
    if current.account() is not None or _is_public():
        return render_template("account/kept.html", fields=fields, action=request.path), status
    subject = request.form["draft"]
    return sign_in_page(urlencode(fields), subject, _place_of(subject)), status


def sign_in_page(kept: str, subject: str, place: str, login: str = "", failure: str = "") -> str:
    """Return the page to sign in from, with the fields as a query string, the draft's subject and where to go then."""
    return render_template(
        "account/kept.html", fields=[], kept=kept, subject=subject, place=place, login=login, failure=failure
    )


def restore() -> None:
    """Keep the fields that the page carried as a draft of whoever has just signed in; another's task is left alone."""
    posted = MultiDict(parse_qsl(request.form["kept"], keep_blank_values=True))
    identity.recognise()
    with suppress(NotFound):
        keep(request.form.get("draft", ""), posted)
        flash(gettext("What you had typed is kept as a draft. Please look through it and hand it in."), "success")


def _sent_from_here() -> bool:
    """Return whether one of our own pages sent the request: another site must not put words into our forms."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin", "") == request.host_url.rstrip("/")


def _is_public() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "allowed", None) == ANYONE


def _place_of(subject: str) -> str:
    """Return the address of the form that was handed in; the draft's own address shows nothing."""
    return place_of(subject) if request.path.startswith("/drafts/") else request.path
