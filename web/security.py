"""Headers, CSRF, hosts and sizes: what every answer carries and every request must pass."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from flask_wtf.csrf import CSRFProtect

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FROM_HERE = frozenset({None, "same-origin", "none"})


def install(app: Flask) -> None:
    """Guard the application; `TRUSTED_HOSTS` and whether cookies need HTTPS come from the deployment."""
    app.config.update(
        MAX_CONTENT_LENGTH=25 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        # With the prefix a browser takes the cookie from this very host only, over HTTPS.
        SESSION_COOKIE_NAME="__Host-banjie" if app.config["SESSION_COOKIE_SECURE"] else "banjie",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session; the token is bound to it
    )
    app.before_request(_same_site)  # before the token is looked at, so that a wrong token is always our own page's
    CSRFProtect(app)
    app.after_request(_headers)


def _same_site() -> None:
    """Refuse a change that another site's page asks for, whatever token it has."""
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")  # old browsers send this one only
    if request.headers.get("Sec-Fetch-Site") not in FROM_HERE or (origin and urlsplit(origin).netloc != request.host):
        abort(400)


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
