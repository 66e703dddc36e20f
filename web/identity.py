"""
Who is signed in: an opaque token in the cookie, the truth in the database.

Flask's signed cookie carries nothing but the token and the CSRF secret. A session ends on the server, so a stolen
cookie is worth nothing after sign-out.
"""

import hashlib
from datetime import timedelta

from flask import Flask, g, request, session

from engine.commands.touch_session import TouchSession
from engine.domain.actors import SYSTEM
from engine.readmodels.accounts import signed_in
from web import current

TOKEN = "token"  # noqa: S105  # the name of the cookie's entry
TOUCH_AFTER = timedelta(minutes=1)
LONGEST = timedelta(hours=10)  # a session's whole life, however busy


def install(app: Flask) -> None:
    """Find out who is there before every request."""
    app.config.setdefault("IDLE_MINUTES", 60)
    app.before_request(recognise)


def begin(token: str) -> None:
    """Start a session in the browser; what the cookie held before is gone (no fixation)."""
    session.clear()
    session[TOKEN] = token


def end() -> str | None:
    """Forget the session in the browser; return its token's digest, or None."""
    digest = _digest()
    session.clear()
    return digest


def _digest() -> str | None:
    token = session.get(TOKEN)
    return hashlib.sha256(token.encode()).hexdigest() if isinstance(token, str) else None


def recognise() -> None:
    """Find out whose session the browser holds, if anybody's."""
    g.account = None
    digest = _digest()
    if digest is None or request.endpoint == "static":
        return
    idle = timedelta(minutes=current.current_app.config["IDLE_MINUTES"])
    found = signed_in(current.session(), digest, current.parts().bus.machine_now(), idle, LONGEST)
    if found is None:
        session.pop(TOKEN, None)
        return
    g.account, seen_at = found
    if current.parts().bus.machine_now() - seen_at > TOUCH_AFTER:
        current.execute(TouchSession(token_digest=digest), SYSTEM)
