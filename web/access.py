"""
Deny by default: every endpoint says who may see it, and one that says nothing is seen by nobody.

`RULES` is filled by the decorators, and a test walks every route as every role against it.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web import current

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

ANYONE = frozenset({"anyone"})
SIGNED_IN = frozenset({"signed_in"})
STAFF = ("window_clerk", "coordinator", "dept_chief", "team_deputy", "team_lead", "efficiency_office")
OVERSIGHT = ("supervisor", "duty_leader", "efficiency_office")
DESIGNERS = ("designer", "admin")


def allow(*roles: str) -> Callable[[View], View]:
    """Let the holders of any of the roles see the view."""
    return _marked(frozenset(roles))


def allow_anyone(view: View) -> View:
    """Let everybody see the view, signed in or not."""
    return _marked(ANYONE)(view)


def allow_signed_in(view: View) -> View:
    """Let whoever is signed in see the view."""
    return _marked(SIGNED_IN)(view)


def rules(app: Flask) -> dict[str, frozenset[str] | None]:
    """Return {endpoint: who may see it}, None where nothing is said."""
    return {endpoint: getattr(view, "allowed", None) for endpoint, view in app.view_functions.items()}


def install(app: Flask) -> None:
    """Ask before every request."""
    app.before_request(_ask)


def _marked(roles: frozenset[str]) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.allowed = roles  # pyright: ignore[reportFunctionMemberAccess]  # read by `rules`
        return view

    return mark


def _ask() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None  # an unknown address is answered by 404; static files are public
    from_app = current.current_app.view_functions[request.endpoint]
    allowed: frozenset[str] | None = getattr(from_app, "allowed", None)
    if allowed is None:
        abort(403)
    if allowed == ANYONE:
        return None
    who = current.account()
    if who is None:
        if request.method != "GET" or request.headers.get("HX-Request"):
            abort(401)
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")), code=303)
    if allowed != SIGNED_IN and who.roles.isdisjoint(allowed):
        abort(403)
    return None
