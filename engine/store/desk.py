"""What lies on a person's desk: drafts. And what the house counts against strangers: attempts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from engine.store.tables import attempt, draft


class Desk:
    """Reads and writes drafts and attempts."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def keep(self, account_id: str, subject: str, raw: Mapping[str, Any], at: datetime) -> None:
        """Keep what a person has typed so far; the newest counts."""
        mine = (draft.c.account_id == account_id) & (draft.c.subject == subject)
        kept = self._connection.execute(update(draft).where(mine).values(raw=dict(raw), saved_at=at))
        if kept.rowcount == 0:
            self._connection.execute(
                insert(draft).values(account_id=account_id, subject=subject, raw=dict(raw), saved_at=at)
            )

    def discard(self, account_id: str, subject: str) -> None:
        """Throw the draft away; nothing happens where there is none."""
        self._connection.execute(_DISCARD, {"account": account_id, "of": subject})

    def count_attempt(self, kind: str, subject: str, at: datetime) -> None:
        """Write down one wrong password or query code."""
        self._connection.execute(insert(attempt).values(kind=kind, subject=subject, at=at))

    def attempts(self, kind: str, subject: str, since: datetime) -> int:
        """Return how many attempts were written down since then."""
        counted = select(func.count()).where(
            attempt.c.kind == kind, attempt.c.subject == subject, attempt.c.at >= since
        )
        return self._connection.execute(counted).scalar_one()

    def forget_attempts(self, before: datetime) -> None:
        """Remove attempts that no longer count."""
        self._connection.execute(delete(attempt).where(attempt.c.at < before))


_DISCARD = delete(draft).where(draft.c.account_id == bindparam("account"), draft.c.subject == bindparam("of"))
