"""Deployed processes: what has run is never edited (R11)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select

from engine.domain.errors import NotFound
from engine.store.rows import values_of
from engine.store.tables import definition


@dataclass(frozen=True)
class Bundle:
    """A process with its manifest, forms and decision models, as deployed; `digest` is over all of them."""

    digest: str
    key: str
    version: int
    title: str
    xml: str
    manifest: str
    forms: str
    decisions: str
    deployed_at: datetime
    deployed_by: str


_NEWEST = (
    select(definition.c.digest)
    .where(definition.c.key == bindparam("wanted"))
    .order_by(definition.c.version.desc())
    .limit(1)
)


class Definitions:
    """Reads and writes deployed processes."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def newest(self, key: str) -> str:
        """Return the digest of a process's newest version; raises NotFound."""
        digest = self._connection.execute(_NEWEST, {"wanted": key}).scalar_one_or_none()
        if digest is None:
            raise NotFound(what="definition")
        return digest

    def get(self, digest: str) -> Bundle:
        """Return the version a case runs under; raises NotFound."""
        return self._one(select(definition).where(definition.c.digest == digest))

    def _one(self, wanted: Select[Any]) -> Bundle:
        row = self._connection.execute(wanted).one_or_none()
        if row is None:
            raise NotFound(what="definition")
        return Bundle(**values_of(row, Bundle))

    def knows(self, digest: str) -> bool:
        """Return whether exactly this bundle was deployed before."""
        return (
            self._connection.execute(select(definition.c.digest).where(definition.c.digest == digest)).first()
            is not None
        )

    def next_version(self, key: str) -> int:
        """Return the number a new version of the process gets."""
        last = self._connection.execute(
            select(func.max(definition.c.version)).where(definition.c.key == key)
        ).scalar_one()
        return (last or 0) + 1

    def add(self, bundle: Bundle) -> None:
        """Store a version."""
        values = {name: getattr(bundle, name) for name in Bundle.__dataclass_fields__}
        self._connection.execute(insert(definition).values(values))
