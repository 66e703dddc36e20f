"""Filling an empty database: what every installation needs, and the invented city of the demonstration."""

import json
from datetime import timedelta
from pathlib import Path

from engine.bus import Bus
from engine.commands.add_account import AddAccount
from engine.commands.add_unit import AddUnit
from engine.commands.deploy_process import DeployProcess
from engine.commands.load_calendar import LoadCalendar
from engine.commands.open_house import OpenHouse
from engine.commands.set_duty import SetDuty
from engine.domain.actors import SYSTEM, Actor
from engine.domain.local_time import local_date
from engine.readmodels.accounts import all_accounts, all_units
from engine.timers.sweep import Sessions

CITY = "云川市"
CENTRE = "云川市政务服务中心"
DUTY_DAYS = 120  # how far the duty roster reaches
PEOPLE: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    # login, name, title, unit, roles
    ("wangfang", "王芳", "窗口专员", CENTRE, ("window_clerk",)),
    ("lijing", "李静", "综合窗口首席代表", CENTRE, ("coordinator", "window_clerk")),
    ("zhaolei", "赵磊", "登记注册窗口首席", "云川市市场监督管理局", ("dept_chief",)),
    ("sunli", "孙丽", "不动产登记窗口首席", "云川市自然资源局", ("dept_chief",)),
    ("chengang", "陈刚", "协调专班副组长", CENTRE, ("team_deputy",)),
    ("hejun", "何军", "协调专班组长", CENTRE, ("team_lead",)),
    ("zhouting", "周婷", "效能办专员", "云川市效能办", ("efficiency_office",)),
    ("wumin", "吴敏", "督查员", "云川市政务服务管理局", ("supervisor",)),
    ("liuyang", "刘洋", "带班领导", "云川市政务服务管理局", ("duty_leader",)),
    ("linyue", "林悦", "流程设计师", CENTRE, ("designer",)),
    ("admin", "系统管理员", "系统管理员", CENTRE, ("admin",)),
)
UNITS = (
    (CENTRE, "centre"),
    ("云川市政务服务管理局", "office"),
    ("云川市效能办", "office"),
    ("云川市市场监督管理局", "department"),
    ("云川市自然资源局", "department"),
    ("云川市住房和城乡建设局", "department"),
    ("云川市公安局", "department"),
    ("云川市医疗保障局", "department"),
    ("云川市人力资源和社会保障局", "department"),
    ("云川市中级人民法院", "external"),
)


def load_basics(bus: Bus, root: Path) -> None:
    """Load the calendar and deploy the shipped processes; what is there already stays as it is."""
    bus.execute(LoadCalendar(), SYSTEM)
    deploy_shipped(bus, root)


def deploy_shipped(bus: Bus, root: Path) -> None:
    """Deploy every process of `workflows/`; an unchanged one is not deployed again."""
    for manifest in sorted((root / "workflows").glob("*/process.json")):
        bus.execute(bundle_of(manifest.parent, root / "forms"), SYSTEM)


def bundle_of(folder: Path, forms: Path) -> DeployProcess:
    """Return the command that deploys a folder with a process.json; raises OSError, ValueError, KeyError."""
    manifest = (folder / "process.json").read_text(encoding="utf-8")
    content = json.loads(manifest)
    return DeployProcess(
        diagram=(folder / content["diagram"]).read_bytes(),
        manifest=manifest,
        forms={key: (forms / path).read_text(encoding="utf-8") for key, path in content["forms"].items()},
        decisions={key: (folder / path).read_bytes() for key, path in content.get("decisions", {}).items()},
    )


def seed_house(bus: Bus, sessions: Sessions, root: Path, password: str) -> tuple[dict[str, Actor], dict[str, str]]:
    """
    Fill a database with the demonstration city; return its people by login and its units by name.

    What is there already stays, and the house is opened last: a filling that was cut short is completed by the next.
    """
    load_basics(bus, root)
    units = _add_units(bus, sessions)
    people = _add_people(bus, sessions, units, password)
    today = local_date(bus.clock.now())
    for day in (today + timedelta(days=n) for n in range(DUTY_DAYS)):
        bus.execute(SetDuty(day=day, role="coordinator", account_id=people["lijing"].id), SYSTEM)
    bus.execute(OpenHouse(kind="demonstration", city=CITY, centre=CENTRE), SYSTEM)
    return people, units


def _add_units(bus: Bus, sessions: Sessions) -> dict[str, str]:
    with sessions() as session:
        there = all_units(session)
    return there | {
        name: str(bus.execute(AddUnit(name=name, kind=kind), SYSTEM)) for name, kind in UNITS if name not in there
    }


def _add_people(bus: Bus, sessions: Sessions, units: dict[str, str], password: str) -> dict[str, Actor]:
    with sessions() as session:
        there = {row.login for row in all_accounts(session)}
    for number, (login, name, title, unit, roles) in enumerate(PEOPLE):
        if login not in there:
            account = AddAccount(
                login=login,
                name=name,
                password=password,
                roles=frozenset(roles),
                unit_id=units[unit],
                title=title,
                phone=f"0100-88{number:05d}",
            )
            bus.execute(account, SYSTEM)
    with sessions() as session:
        return {row.login: Actor(row.id, row.name, row.roles, row.unit_id) for row in all_accounts(session)}
