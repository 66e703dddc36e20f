"""Who is who: for signing in, for lists of people to choose from, for the demonstration's table of accounts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import account, account_role, unit, web_session


@dataclass(frozen=True)
class AccountRow:
    """Somebody who is signed in."""

    id: str
    login: str
    name: str
    title: str
    roles: frozenset[str]
    unit_id: str | None
    unit_name: str
    phone: str


def signed_in(
    session: Session, token_digest: str, now: datetime, idle: timedelta, longest: timedelta
) -> tuple[AccountRow, datetime] | None:
    """Return who the session's token belongs to and when it was last used, or None where it ended or ran out."""
    row = session.execute(
        select(web_session.c.account_id, web_session.c.created_at, web_session.c.seen_at)
        .join(account, account.c.id == web_session.c.account_id)
        .where(web_session.c.token_digest == token_digest, web_session.c.ended_at.is_(None), account.c.active)
    ).one_or_none()
    if row is None or now - row.seen_at > idle or now - row.created_at > longest:
        return None
    found = account_by_id(session, row.account_id)
    return (found, row.seen_at) if found else None


def account_by_id(session: Session, account_id: str) -> AccountRow | None:
    """Return an account, or None."""
    row = session.execute(
        select(account, unit.c.name.label("unit_name"))
        .outerjoin(unit, unit.c.id == account.c.unit_id)
        .where(account.c.id == account_id)
    ).one_or_none()
    if row is None:
        return None
    roles = session.execute(select(account_role.c.role).where(account_role.c.account_id == account_id)).scalars()
    return AccountRow(
        row.id, row.login, row.name, row.title, frozenset(roles), row.unit_id, row.unit_name or "", row.phone
    )


def people_with(session: Session, role: str, limit: int = 200) -> list[tuple[str, str]]:
    """Return (id, "name · unit") of the active people with a role, by name."""
    rows = session.execute(
        select(account.c.id, account.c.name, unit.c.name.label("unit_name"))
        .join(account_role, account_role.c.account_id == account.c.id)
        .outerjoin(unit, unit.c.id == account.c.unit_id)
        .where(account_role.c.role == role, account.c.active)
        .order_by(account.c.name)
        .limit(limit)
    )
    return [(row.id, f"{row.name} · {row.unit_name}" if row.unit_name else row.name) for row in rows]


def unit_choices(session: Session, limit: int = 500) -> dict[str, str]:
    """Return {unit id: name} of the departments a case can concern, by name."""
    rows = session.execute(
        select(unit.c.id, unit.c.name)
        .where(unit.c.kind.in_(("department", "external")))
        .order_by(unit.c.name)
        .limit(limit)
    )
    return {row.id: row.name for row in rows}


def all_units(session: Session) -> dict[str, str]:
    """Return {name: unit id} of every unit."""
    return {row.name: row.id for row in session.execute(select(unit.c.id, unit.c.name))}


def all_accounts(session: Session, limit: int = 200) -> list[AccountRow]:
    """Return every account, by login."""
    ids = session.execute(select(account.c.id).order_by(account.c.login).limit(limit)).scalars()
    return [found for account_id in ids if (found := account_by_id(session, account_id))]
