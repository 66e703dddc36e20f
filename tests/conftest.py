"""What every test may ask for: a real database, a clock set by hand, the demonstration's people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from engine.assembly import EngineSettings, build_bus
from engine.bus import Bus
from engine.domain.actors import Actor
from engine.domain.clock import SetClock
from engine.seeding import seed_house
from engine.store.tables import metadata
from engine.timers.sweep import Swept, sweep

ROOT = Path(__file__).parent.parent
MONDAY_10AM = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
PASSWORD = "Yunchuan-2026"
REGISTER = {
    "title": "股权因多家法院查封无法变更",
    "urgency": "urgent",
    "content": "7月13日持生效文书到窗口申请变更股权,窗口说股权被三家法院冻结,让先找法院,已经跑了四趟。",
    "matterName": "公司股权变更登记",
    "visitCount": "4",
    "failType": ["complete_not_accepted", "buck_passing"],
    "windowReply": "股权冻结期间不能变更,先找法院。",
    "firstApplyDate": "2026-07-13",
    "judicialLink": "on",
    "courtDoc": "云川市中级人民法院(2026)云01执12号等",
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


def open_house(url: str) -> Iterator[House]:
    """Yield a house over a fresh database at `url`."""
    engine = create_engine(url)
    metadata.create_all(engine)
    clock = SetClock(MONDAY_10AM)
    bus = build_bus(engine, EngineSettings(secret="test", public_url="http://query.example"), clock)
    sessions = sessionmaker(engine)
    people, units = seed_house(bus, sessions, ROOT, PASSWORD)
    yield House(bus, clock, sessions, people, units)
    engine.dispose()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house on SQLite."""
    yield from open_house(f"sqlite:///{tmp_path}/house.db")
