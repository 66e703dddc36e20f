"""What all tables share: the metadata, instants, keys."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, ForeignKey, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An instant: aware in, aware (UTC) out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant to UTC; a naive one is a fault in our code."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a naive instant reached the store"
            raise ValueError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back, also from SQLite, which forgets the zone."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


ID = String(36)


def case_key(*, nullable: bool = False) -> Column[str]:
    """Return the column that ties a row to its case."""
    return Column("case_id", ID, ForeignKey("gov_case.id"), nullable=nullable)
