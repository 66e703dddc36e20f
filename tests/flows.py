"""Small processes of a test's own, deployed and walked through the commands."""

import json
from collections import Counter
from typing import Any

from sqlalchemy import select

from engine.commands.deploy_process import DeployProcess
from engine.commands.register_case import RegisterCase
from engine.commands.submit_form import SubmitForm
from engine.readmodels.tasks import of_case
from engine.store.tables import event, gov_case, hub_message, incident
from engine.timers.carrying import carry_all
from engine.timers.deliver import deliver
from tests.conftest import House
from tests.runtime.drawing import END, user

FIELDS = (
    {"key": "title", "type": "text", "label": "标题", "required": True, "width": 12, "maxlength": 60},
    {"key": "word", "type": "text", "label": "暗号", "width": 12, "maxlength": 60, "routing": True},
    {"key": "number", "type": "int", "label": "数量", "width": 12, "routing": True},
)
DECLARED = (
    '<message id="m" name="回执"/><message id="n" name="答复"/><signal id="s" name="预警"/>'
    '<error id="bad" name="bad" errorCode="E1"/>'
)
START = '<startEvent id="begin"><extensionElements><gov:form key="register"/></extensionElements></startEvent>'


def form(key: str) -> str:
    """Return a form with a title, a word and a number."""
    fields = [dict(field) for field in FIELDS]
    fields[0]["required"] = key == "register"
    sections = [{"title": "内容", "fields": fields}]
    return json.dumps(
        {"key": key, "version": 1, "title": "表单", "submit": "提交", "source": "自拟", "sections": sections}
    )


def deployed(house: House, key: str, xml: bytes, *forms: str, **manifest: object) -> str:
    """Deploy a process under a key; `forms` are the ids of its user tasks."""
    told = {
        "key": key,
        "title": f"流程{key}",
        "diagram": "x.bpmn",
        "number_prefix": key.upper(),
        "opens": {"roles": ["coordinator"], "responsible": "coordinator"},
        "starts": {"responsible": "coordinator", "title": "自动开办"},
        "stages": [],
        "outcomes": {},
        "documents": {},
        **manifest,
    }
    named = ["register", *(f"{name}_form" for name in forms)]
    command = DeployProcess(diagram=xml, manifest=json.dumps(told), forms={name: form(name) for name in named})
    return str(house.do(command, "admin"))


def opened(house: House, key: str, **values: object) -> str:
    """Open a case of a process by its start form; return its id."""
    return str(house.do(RegisterCase(process=key, values={"title": "测试", **values}), "lijing"))


def task_ids(house: House, case_id: str) -> dict[str, str]:
    """Return the open tasks of a case, {element: id}."""
    with house.sessions() as session:
        return {row.element_id: row.id for row in of_case(session, case_id)}


def submitted(house: House, case_id: str, element: str, **values: object) -> None:
    """Hand in the form of an open task."""
    house.do(SubmitForm(task_id=task_ids(house, case_id)[element], values=values), "lijing")


def carried(house: House) -> int:
    """Deliver the messages between processes that have a receiver."""
    return carry_all(house.bus, house.sessions)


def posted(house: House) -> int:
    """Deliver the outbox."""
    return deliver(house.bus, house.sessions, "test")


def incidents(house: House, status: str = "open") -> list[Any]:
    """Return the incidents that stand so, the oldest first."""
    with house.sessions() as session:
        wanted = select(incident).where(incident.c.status == status).order_by(incident.c.opened_at)
        return list(session.execute(wanted))


def messages(house: House) -> Counter[str]:
    """Return how many messages stand how."""
    with house.sessions() as session:
        return Counter(session.execute(select(hub_message.c.status)).scalars())


def kinds(house: House, case_id: str) -> Counter[str]:
    """Return how often what happened to a case."""
    with house.sessions() as session:
        return Counter(session.execute(select(event.c.type).where(event.c.case_id == case_id)).scalars())


def cases(house: House, key: str) -> list[Any]:
    """Return the cases of a process, in order of their numbers."""
    with house.sessions() as session:
        return list(session.execute(select(gov_case).where(gov_case.c.process == key).order_by(gov_case.c.number)))


def said(**attributes: str) -> str:
    """Return a gov:message for an event."""
    named = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f"<extensionElements><gov:message {named}/></extensionElements>"


__all__ = ["DECLARED", "END", "START", "user"]
