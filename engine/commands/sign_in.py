"""Sign in with login and password; wrong tries are counted and, past a handful, not even looked at."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.commands.work import Work

WINDOW = timedelta(minutes=15)
MOST_FAILURES = 5  # of an account in the window
MOST_FROM_ADDRESS = 50  # of an address: a whole office may share one
HASHER = PasswordHasher()
DUMMY = HASHER.hash("nobody")  # compared against where there is no such account, to take the same time


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """Ask for a session."""

    login: str
    password: str
    address: str


@dataclass(frozen=True)
class SignedIn:
    """What came of it: a session's token, or why not ("credentials" or "throttled")."""

    token: str | None
    refused: str | None = None


def sign_in(command: SignIn, work: Work) -> SignedIn:
    """
    Return a token, or the reason there is none.

    A refusal is a result and not an error, because the failed try must be kept: an error would undo it.
    """
    subjects = {f"login:{command.login[:60]}": MOST_FAILURES, f"address:{command.address[:60]}": MOST_FROM_ADDRESS}
    since = work.machine_now - WINDOW
    if any(work.unit.desk.attempts("sign_in", subject, since) >= most for subject, most in subjects.items()):
        return SignedIn(token=None, refused="throttled")
    found = work.unit.sessions.credentials(command.login)
    if not _matches(found[1] if found else DUMMY, command.password) or found is None:
        for subject in subjects:
            work.unit.desk.count_attempt("sign_in", subject, work.machine_now)
        return SignedIn(token=None, refused="credentials")
    token = secrets.token_urlsafe(32)
    work.unit.sessions.begin(digest_of(token), found[0], work.machine_now)
    return SignedIn(token=token)


def digest_of(token: str) -> str:
    """Return what is stored of a session's token: its SHA-256, hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
