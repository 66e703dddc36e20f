"""Note that a session is in use, so that it does not run out."""

from dataclasses import dataclass

from engine.commands.work import Work


@dataclass(frozen=True, kw_only=True)
class TouchSession:
    """Note the use of a session; given at most once a minute."""

    token_digest: str


def touch_session(command: TouchSession, work: Work) -> None:
    """Store the instant."""
    work.unit.sessions.touch(command.token_digest, work.machine_now)
