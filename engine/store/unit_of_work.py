"""One transaction: opened, carried out, committed once. The only place that commits."""

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, RootTransaction

from engine.store.cases import Cases
from engine.store.clocks import Clocks
from engine.store.database import WRITES
from engine.store.day_tables import DayTables
from engine.store.definitions import Definitions
from engine.store.desk import Desk
from engine.store.event_log import EventLog
from engine.store.flags import Flags
from engine.store.house import House
from engine.store.instances import Instances
from engine.store.papers import Papers
from engine.store.people import People
from engine.store.post import Post
from engine.store.proposals import Proposals
from engine.store.sessions import Sessions
from engine.store.tasks import Tasks
from engine.store.timers import Timers


class UnitOfWork:
    """
    The bench of tables a command works on; nothing is kept unless the `with` block ends without an error.

    On SQLite the write lock is taken at once; on PostgreSQL `cases.lock` takes the row of the case.
    """

    def __init__(self, engine: Engine) -> None:
        """Remember where to connect; opens nothing yet."""
        self._engine = engine

    def __enter__(self) -> Self:
        """Open the transaction."""
        self.connection: Connection = self._engine.connect().execution_options(**{WRITES: True})
        self._transaction: RootTransaction = self.connection.begin()
        self.cases = Cases(self.connection)
        self.instances = Instances(self.connection)
        self.tasks = Tasks(self.connection)
        self.clocks = Clocks(self.connection)
        self.timers = Timers(self.connection)
        self.flags = Flags(self.connection)
        self.papers = Papers(self.connection)
        self.post = Post(self.connection)
        self.desk = Desk(self.connection)
        self.people = People(self.connection)
        self.definitions = Definitions(self.connection)
        self.sessions = Sessions(self.connection)
        self.house = House(self.connection)
        self.day_tables = DayTables(self.connection)
        self.proposals = Proposals(self.connection)
        self.events = EventLog(self.connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or leave nothing behind."""
        try:
            if kind is None:
                self.post.flush()
                self.events.flush()
                self._transaction.commit()
        finally:
            self._close()

    def _close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        try:
            if self._transaction.is_active:
                self._transaction.rollback()
        finally:
            self.connection.close()
