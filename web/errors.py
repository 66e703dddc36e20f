"""Turns errors into answers: what happened, where, and what to do next."""

import logging

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from engine.domain.errors import Conflict, EngineError, Invalid, NotFound, Refused, StateDamaged
from web.kept import carrying_page
from web.language import later
from web.wording import words

logger = logging.getLogger(__name__)

STATUS: dict[type[EngineError], int] = {NotFound: 404, Refused: 403, StateDamaged: 500, Conflict: 409, Invalid: 422}
LOST = frozenset({400, 401})  # a token gone stale, nobody signed in
PLAIN = {
    400: later("The request was refused. Please go back, reload the page and try again."),
    401: later("You have been signed out. Please sign in again."),
    403: later("You have no right to see or do this. If you need it for your work, ask your administrator."),
    404: later(
        "There is no such page or case here, or it is not yours to see. Please check the address or the number."
    ),
    405: later("This address cannot be used that way."),
    413: later("What you sent is too large. A form may have 25 MB at most."),
    429: later("Too many tries. Please wait a minute and try again."),
    500: later(
        "Something went wrong on our side. Nothing was changed. Please try again; if it stays, tell the administrator."
    ),
}


def install(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(EngineError, _engine_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: EngineError) -> int:
    """Return the status code, looked up along the class's ancestry."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def _engine_error(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, EngineError)  # noqa: S101  # registered for it alone
    return page(status_of(error), words(error), case_id=error.facts.get("case"))


def _http_error(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, HTTPException)  # noqa: S101  # registered for it alone
    code = error.code or 500
    carried = _carried(code) if code in LOST and not _asked_by_script() else None
    if carried is not None:
        return carried
    if code < 400:  # noqa: PLR2004  # a redirect that the router raises
        return error.get_response()  # pyright: ignore[reportReturnType]  # werkzeug's own response
    return page(code, gettext(PLAIN.get(code, PLAIN[500])))


def _unexpected(error: Exception) -> ResponseReturnValue:
    logger.error("unexpected: %s", error, exc_info=error)
    return page(500, gettext(PLAIN[500]))


def _carried(code: int) -> ResponseReturnValue | None:
    """Return the page that carries on what was typed; None where the request itself cannot be read or trusted."""
    try:
        return carrying_page(code)
    except HTTPException:  # an unknown host, a body cut off
        return None


def _asked_by_script() -> bool:
    return "HX-Request" in request.headers or "X-Requested-With" in request.headers


def page(status: int, message: str, case_id: object = None) -> ResponseReturnValue:
    """Return the error page, whatever else is broken; a script that asked gets the sentence alone."""
    if _asked_by_script():
        return message, status
    try:
        return render_template("error.html", status=status, message=message, case_id=case_id), status
    except Exception:  # the page asks the database and the host for its frame, and they may be what failed
        logger.exception("the error page failed")
        return current_app.jinja_env.get_template("bare.html").render(status=status, message=message), status
