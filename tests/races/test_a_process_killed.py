"""
The server killed without warning, at the worst moment.

1. A process of its own carries out a command: everything is written, nothing is committed.
2. It is killed there (SIGKILL).
3. Nothing of it is in the database, nothing is locked, and the same command goes through.
"""

import json
import signal
import subprocess
import sys

from sqlalchemy import select

from engine.commands.submit_form import SubmitForm
from engine.store.tables import event, task
from engine.store.unit_of_work import UnitOfWork
from tests.conftest import House
from tests.databases import ROOT
from tests.stories import COORDINATE, open_tasks, registered

KILLED_BEFORE_COMMIT = """
import json, os, signal, sys
from datetime import datetime
from sqlalchemy import RootTransaction, create_engine
from engine.assembly import EngineSettings, build_bus
from engine.commands.submit_form import SubmitForm
from engine.domain.actors import Actor
from engine.domain.clock import SetClock

address, task_id, holder, values, now = json.load(sys.stdin)
RootTransaction.commit = lambda self: os.kill(os.getpid(), signal.SIGKILL)
settings = EngineSettings(secret="test", public_url="http://query.example")
bus = build_bus(create_engine(address), settings, SetClock(datetime.fromisoformat(now)))
bus.execute(SubmitForm(task_id=task_id, values=values), Actor(*holder))
"""


def killed_while_submitting(house: House, task_id: str) -> int:
    """Submit in a process that dies before its commit; return how it ended (minus the signal)."""
    who = house.people["lijing"]
    address = house.bus.database.url.render_as_string(hide_password=False)
    told = [address, task_id, [who.id, who.name, sorted(who.roles), who.unit_id], COORDINATE, str(house.clock.at)]
    command = [sys.executable, "-c", KILLED_BEFORE_COMMIT]
    return subprocess.run(command, input=json.dumps(told).encode(), cwd=ROOT, check=False).returncode  # noqa: S603


def test_a_command_killed_before_its_commit_leaves_nothing_and_blocks_nothing(house: House):
    case_id = registered(house)
    before = open_tasks(house, case_id)

    ended = killed_while_submitting(house, before["triage"].id)

    assert ended == -signal.SIGKILL
    assert open_tasks(house, case_id) == before
    with house.sessions() as session:
        assert "task.submitted" not in session.execute(select(event.c.type)).scalars().all()
        assert session.execute(select(task.c.status).where(task.c.form == "triage")).scalars().all() == ["open"]


def test_what_was_killed_goes_through_when_it_is_done_again(house: House):
    case_id = registered(house)
    triage = open_tasks(house, case_id)["triage"]
    killed_while_submitting(house, triage.id)

    assert house.do(SubmitForm(task_id=triage.id, values=COORDINATE), "lijing") == case_id

    assert set(open_tasks(house, case_id)) == {"feedback", "dept_opinion"}
    with UnitOfWork(house.bus.database) as unit:
        assert unit.events.first_break(case_id) is None
