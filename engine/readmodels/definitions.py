"""Deployed processes, as pages need them."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

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


def newest_bundle(session: Session, key: str) -> BundleFacts:
    """Return the newest version of a process; raises NoResultFound where none is deployed."""
    row = session.execute(
        select(definition).where(definition.c.key == key).order_by(definition.c.version.desc()).limit(1)
    ).one()
    return BundleFacts(
        row.digest, row.key, row.version, row.title, row.xml, json.loads(row.manifest), json.loads(row.forms)
    )
