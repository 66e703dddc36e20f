"""
Timers a second with their full effect: `python -m bench.timers [CASES]`.

Real cases of the shipped process are registered and sent to coordination; the clock is set past their limits. One
ticker carries out what is due: the case stepped on, the flag with its evidence, events, letter, tasks, notices. Then
the same again with two tickers, each in a thread. Printed are timers a second and the CPU time a timer.
"""

import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import click
from flask_migrate import upgrade

from bench.cases import postgresql, sqlite
from engine.bus import Bus
from engine.commands.register_case import RegisterCase
from engine.commands.submit_form import SubmitForm
from engine.domain.actors import Actor
from engine.domain.clock import SetClock
from engine.readmodels.tasks import of_case
from engine.seeding import seed_house
from engine.timers.sweep import Sessions, sweep_share

CASES = 100
ROOT = Path(__file__).parents[1]
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PASSWORD = "Yunchuan-2026"  # noqa: S105  # the database is gone afterwards
REGISTER = {
    "title": "股权因多家法院查封无法变更",
    "urgency": "urgent",
    "content": "持生效文书申请变更股权，窗口说股权被三家法院冻结，让先找法院，已经跑了四趟。",
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
COORDINATE = {"decision": "coordinate", "opinion": "涉及查封，需协调法院和市场监管局。"}


@dataclass(frozen=True)
class Window:
    """A demonstration city with a clock set by hand."""

    bus: Bus
    sessions: Sessions
    clock: SetClock
    clerk: Actor
    unit: str

    def lapse(self, count: int) -> None:
        """Register cases and let the limits of all run out."""
        self.clock.at = MONDAY
        for _ in range(count):
            values = {**REGISTER, "depts": [self.unit]}
            case = self.bus.execute(RegisterCase(process="window_escalation", values=values), self.clerk)
            with self.sessions() as session:
                triage = next(row.id for row in of_case(session, case) if row.element_id == "triage")
            self.bus.execute(SubmitForm(task_id=triage, values=COORDINATE), self.clerk)
        self.clock.at = MONDAY + timedelta(days=4)

    def sweep(self, tickers: int) -> str:
        """Carry out what is due by so many tickers at once; return the figures."""
        begun, cpu = perf_counter(), process_time()
        with ThreadPoolExecutor(tickers) as pool:
            swept = list(pool.map(lambda n: sweep_share(self.bus, self.sessions, f"node {n}"), range(tickers)))
        took, used = perf_counter() - begun, process_time() - cpu
        fired, failed = sum(each.fired for each in swept), sum(each.failed for each in swept)
        assert not failed  # noqa: S101  # a figure of timers that failed is none
        return f"{tickers} ticker(s): {fired} timers, {fired / took:.0f}/s, CPU {used / fired * 1000:.1f} ms a timer"


def measure(name: str, address: str, count: int) -> None:
    """Print the figures of one database."""
    from app import create_app  # noqa: PLC0415  # only after the instance folder has been named

    clock = SetClock(MONDAY)
    program = create_app(address, clock)
    with program.app_context():
        upgrade()
        parts = program.extensions["parts"]
        people, units = seed_house(parts.bus, parts.sessions, ROOT, PASSWORD)
        window = Window(parts.bus, parts.sessions, clock, people["lijing"], units["云川市市场监督管理局"])
        for tickers in (1, 2):
            window.lapse(count)
            click.echo(f"{name}, {window.sweep(tickers)}")
        program.extensions["sqlalchemy"].engine.dispose()


def main() -> None:
    """Measure both databases."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    for name, place in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with tempfile.TemporaryDirectory(prefix="bench", ignore_cleanup_errors=True) as folder:
            os.environ["BANJIE_INSTANCE"] = folder
            with place(Path(folder)) as address:
                measure(name, address, count)


if __name__ == "__main__":
    main()
