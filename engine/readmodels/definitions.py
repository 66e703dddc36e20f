"""Deployed processes, as pages need them."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.domain.errors import NotFound
from engine.domain.openings import Opening, opening_of
from engine.store.tables import definition


@dataclass(frozen=True)
class BundleFacts:
    """A deployed version of a process."""

    digest: str
    key: str
    version: int
    title: str
    xml: str
    manifest: dict[str, Any]
    forms: dict[str, Any]


@dataclass(frozen=True)
class ProcessChoice:
    """A process somebody may open a case of."""

    key: str
    title: str


def newest_bundle(session: Session, key: str) -> BundleFacts:
    """Return the newest version of a process; raises NotFound where none is deployed."""
    row = session.execute(
        select(definition).where(definition.c.key == key).order_by(definition.c.version.desc()).limit(1)
    ).one_or_none()
    if row is None:
        raise NotFound(what="definition")
    return BundleFacts(
        row.digest, row.key, row.version, row.title, row.xml, json.loads(row.manifest), json.loads(row.forms)
    )


def openable(session: Session, roles: Collection[str]) -> list[ProcessChoice]:
    """Return the processes that the holder of `roles` may open cases of, in the order they are offered."""
    newest = select(definition.c.key, func.max(definition.c.version).label("version")).group_by(definition.c.key)
    last = newest.subquery()
    rows = session.execute(
        select(definition.c.key, definition.c.title, definition.c.manifest)
        .join(last, (definition.c.key == last.c.key) & (definition.c.version == last.c.version))
        .order_by(definition.c.key)
    )
    found = [(opening, ProcessChoice(row.key, row.title)) for row in rows if (opening := _opening(row.manifest))]
    allowed = [(opening.order, choice) for opening, choice in found if not opening.roles.isdisjoint(roles)]
    return [choice for _, choice in sorted(allowed, key=lambda pair: pair[0])]


@lru_cache(maxsize=256)
def _opening(manifest: str) -> Opening | None:
    return opening_of(json.loads(manifest))
