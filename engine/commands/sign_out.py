"""End a session."""

from dataclasses import dataclass

from engine.commands.work import Work


@dataclass(frozen=True, kw_only=True)
class SignOut:
    """End the session whose token's digest this is."""

    token_digest: str


def sign_out(command: SignOut, work: Work) -> None:
    """End it for good: a stolen cookie is worth nothing afterwards."""
    work.unit.sessions.end(command.token_digest, work.machine_now)
