"""Short ways to a point in case 1 of the demonstration, for tests that begin there."""

from datetime import UTC, datetime

from engine.commands.add_account import AddAccount
from engine.commands.register_case import RegisterCase
from engine.commands.submit_form import SubmitForm
from engine.domain.actors import SYSTEM, Actor
from engine.readmodels.tasks import TaskRow, of_case
from tests.conftest import House
from tests.databases import PASSWORD

COORDINATE = {"decision": "coordinate", "opinion": "涉及查封，需协调法院和市场监管局。"}


def at(text: str) -> datetime:
    """Return the instant of a local date and time, as "2026-11-27T09:00"."""
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


def registered(house: House) -> str:
    """Register the case at 10:00 on Monday, 23 November 2026; return its id."""
    return str(house.do(RegisterCase(process="window_escalation", values=house.registration()), "lijing"))


def lapsed(house: House) -> str:
    """Register it and let the three working days run out; return its id. Nothing is swept yet."""
    case_id = registered(house)
    house.clock.at = at("2026-11-27T09:00")
    return case_id


def open_tasks(house: House, case_id: str) -> dict[str, TaskRow]:
    """Return the open tasks of a case by element."""
    with house.sessions() as session:
        return {row.element_id: row for row in of_case(session, case_id)}


def triage(house: House, case_id: str, submission: str | None = None) -> SubmitForm:
    """Return the command that sends the case to coordination."""
    return SubmitForm(task_id=open_tasks(house, case_id)["triage"].id, values=COORDINATE, submission=submission)


def colleague(house: House, of: str, name: str = "钱芳") -> Actor:
    """Give one more person the roles and the unit of somebody there; return the new one."""
    like = house.people[of]
    account = AddAccount(login=f"second.{of}", name=name, password=PASSWORD, roles=like.roles, unit_id=like.unit_id)
    return Actor(str(house.bus.execute(account, SYSTEM)), name, like.roles, like.unit_id)
