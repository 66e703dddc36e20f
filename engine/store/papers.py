"""Documents at rest: the facts as they stood when the paper was issued, and its bytes once it was rendered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from engine.store.rows import add_row, columns_of
from engine.store.tables import document


@dataclass(frozen=True)
class Paper:
    """A document to be issued; `number` is unique for good."""

    id: str
    case_id: str
    kind: str
    title: str
    number: str
    public: bool
    issued_at: datetime
    facts: Mapping[str, Any]


class Papers:
    """Reads and writes documents."""

    def __init__(self, connection: Connection) -> None:
        """Work on one open transaction."""
        self._connection = connection

    def add(self, paper: Paper) -> None:
        """Store an issued document."""
        add_row(self._connection, document, {**columns_of(paper), "facts": dict(paper.facts)})

    def keep_bytes(self, document_id: str, pdf: bytes) -> None:
        """Keep the rendered bytes, unless others were kept before: a paper never changes."""
        self._connection.execute(
            update(document)
            .where(document.c.id == document_id, document.c.pdf.is_(None))
            .values(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest())
        )

    def bytes_of(self, document_id: str) -> bytes | None:
        """Return the kept bytes, or None."""
        return self._connection.execute(select(document.c.pdf).where(document.c.id == document_id)).scalar_one_or_none()
