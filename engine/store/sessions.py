"""Who is signed in, and by which password. Only digests and hashes are stored."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from engine.store.tables import account, web_session


class Sessions:
    """Reads and writes who is signed in, and their passwords."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def credentials(self, login: str) -> tuple[str, str] | None:
        """Return (account id, password hash) of an active account, or None."""
        row = self._connection.execute(
            select(account.c.id, account.c.password_hash).where(account.c.login == login, account.c.active)
        ).one_or_none()
        return (row.id, row.password_hash) if row else None

    def begin(self, token_digest: str, account_id: str, at: datetime) -> None:
        """Store a session; only the digest of its token is kept."""
        self._connection.execute(
            insert(web_session).values(token_digest=token_digest, account_id=account_id, created_at=at, seen_at=at)
        )

    def end(self, token_digest: str, at: datetime) -> None:
        """End a session."""
        self._connection.execute(
            update(web_session)
            .where(web_session.c.token_digest == token_digest, web_session.c.ended_at.is_(None))
            .values(ended_at=at)
        )

    def end_all(self, account_id: str, at: datetime) -> None:
        """End every session of an account."""
        self._connection.execute(
            update(web_session)
            .where(web_session.c.account_id == account_id, web_session.c.ended_at.is_(None))
            .values(ended_at=at)
        )

    def touch(self, token_digest: str, at: datetime) -> None:
        """Note that the session was used."""
        self._connection.execute(
            update(web_session).where(web_session.c.token_digest == token_digest).values(seen_at=at)
        )

    def set_password(self, account_id: str, password_hash: str) -> None:
        """Store a new password's hash."""
        self._connection.execute(update(account).where(account.c.id == account_id).values(password_hash=password_hash))
