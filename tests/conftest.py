"""What every test may ask for: a real database, a clock set by hand, the demonstration's people."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from engine.assembly import EngineSettings, build_bus
from engine.bus import Bus
from engine.domain.actors import Actor
from engine.domain.clock import SetClock
from engine.timers.sweep import Swept, sweep
from tests.databases import MONDAY_10AM, Databases, Filled, PostgresqlServer, SqliteFiles, fill, postgresql

ROOT = Path(__file__).parent.parent
BOTH = {"store", "commands", "processes", "races", "timers", "migrations"}  # rooms tried on both databases
REGISTER = {
    "title": "股权因多家法院查封无法变更",
    "urgency": "urgent",
    "content": "7月13日持生效文书到窗口申请变更股权，窗口说股权被三家法院冻结，让先找法院，已经跑了四趟。",
    "matterName": "公司股权变更登记",
    "visitCount": "4",
    "failType": ["complete_not_accepted", "buck_passing"],
    "windowReply": "股权冻结期间不能变更，先找法院。",
    "firstApplyDate": "2026-07-13",
    "judicialLink": "on",
    "courtDoc": "云川市中级人民法院（2026）云01执12号等",
    "expectation": "把股权变更到本人名下",
    "applicantType": "person",
    "applicantName": "林先生",
    "phone": "13900001234",
    "smsConsent": "on",
    "entry": "window",
    "channel": "window",
    "region": "qinghe",
}


@dataclass
class House:
    """A house ready to work in: bus, clock, read sessions, and its people by login."""

    bus: Bus
    clock: SetClock
    sessions: sessionmaker[Session]
    people: dict[str, Actor]
    units: dict[str, str]

    def do(self, command: object, login: str) -> object:
        """Carry out a command as one of the people."""
        return self.bus.execute(command, self.people[login])

    def sweep(self) -> Swept:
        """Carry out what is due."""
        return sweep(self.bus, self.sessions)

    def registration(self, **changes: object) -> dict[str, object]:
        """Return a good registration form as typed."""
        return {**REGISTER, "depts": [self.units["云川市市场监督管理局"]], **changes}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a database once on SQLite and, in the rooms of BOTH, once on PostgreSQL."""
    if "database_kind" in metafunc.fixturenames:
        room = metafunc.definition.path.relative_to(ROOT / "tests").parts[0]
        postgresql = pytest.param("postgresql", marks=pytest.mark.postgresql)
        metafunc.parametrize("database_kind", ["sqlite", postgresql] if room in BOTH else ["sqlite"], scope="session")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """The PostgreSQL of this run."""
    with postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def databases(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Databases:
    """The kind of database a test runs on."""
    if database_kind == "postgresql":
        return request.getfixturevalue("postgresql_server")
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def filled(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """A database with the demonstration city in it, to be copied."""
    return fill(databases, tmp_path_factory.mktemp("instance"))


@pytest.fixture
def house(filled: Filled) -> Iterator[House]:
    """A house over a database of the test's own, at 10:00 on Monday, 23 November 2026."""
    with filled.copy() as address:
        engine = create_engine(address)
        clock = SetClock(MONDAY_10AM)
        bus = build_bus(engine, EngineSettings(secret="test", public_url="http://query.example"), clock)
        yield House(bus, clock, sessionmaker(engine), filled.people, filled.units)
        engine.dispose()
