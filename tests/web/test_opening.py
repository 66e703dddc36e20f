"""The first start: what is asked, what is refused, and that a start cut short is completed by the next."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask, current_app
from flask_migrate import upgrade

from engine.commands.add_account import AddAccount
from engine.commands.add_unit import AddUnit
from engine.domain.actors import SYSTEM
from engine.domain.clock import SetClock
from engine.readmodels.accounts import all_accounts, all_units
from engine.readmodels.house import HouseFacts, house_facts
from engine.seeding import CENTRE, PEOPLE, UNITS, seed_house
from tests.databases import MONDAY_10AM, PASSWORD, ROOT, Databases, close_app, open_app
from web.cli.opening import open_for_real
from web.current import Parts

ANSWERS = ("云川市", "", "chief", "王主任")


@pytest.fixture
def empty(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """An application over a migrated database with nothing in it."""
    address = databases.empty()
    app = open_app(address, tmp_path, SetClock(MONDAY_10AM))
    with app.app_context():
        upgrade()
    yield app
    close_app(app)
    databases.drop(address)


def parts_of(app: Flask) -> Parts:
    return app.extensions["parts"]


def facts(app: Flask) -> HouseFacts:
    with parts_of(app).sessions() as session:
        return house_facts(session)


def logins(app: Flask) -> list[str]:
    with parts_of(app).sessions() as session:
        return [row.login for row in all_accounts(session)]


def answer(app: Flask, *lines: str) -> tuple[int, str]:
    """Answer the questions of the first start; return the exit code and what was printed."""

    @click.command()
    def opening() -> None:
        open_for_real(parts_of(app), current_app.config["ROOT"])

    with app.app_context():
        result = app.test_cli_runner().invoke(opening, input="\n".join(lines) + "\n")
    return result.exit_code, result.output


def test_the_city_and_the_first_administrator_are_asked_for_in_chinese(empty: Flask):
    code, printed = answer(empty, *ANSWERS, PASSWORD, PASSWORD)

    assert code == 0
    assert "第一位管理员的账号" in printed
    assert PASSWORD not in printed
    assert (facts(empty).kind, facts(empty).city, facts(empty).centre) == ("production", "云川市", "云川市政务服务中心")
    assert logins(empty) == ["chief"]


def test_a_weak_password_or_two_that_differ_are_asked_for_again(empty: Flask):
    code, printed = answer(empty, *ANSWERS, "weak", "weak", PASSWORD, "Another-2026", PASSWORD, PASSWORD)

    assert code == 0
    assert "新口令至少8位" in printed
    assert facts(empty).kind == "production"


def test_answers_that_stop_halfway_leave_nothing(empty: Flask):
    code, _ = answer(empty, *ANSWERS)

    assert code == 1
    assert facts(empty).kind == ""
    assert logins(empty) == []


def test_a_start_cut_short_after_the_account_asks_for_no_other(empty: Flask):
    parts_of(empty).bus.execute(
        AddAccount(login="chief", name="王主任", password=PASSWORD, roles=frozenset({"admin"})), SYSTEM
    )

    code, printed = answer(empty, "云川市", "")

    assert code == 0
    assert "第一位管理员" not in printed
    assert logins(empty) == ["chief"]


def test_a_demonstration_cut_short_is_completed_by_the_next_start(empty: Flask):
    bus = parts_of(empty).bus
    centre = bus.execute(AddUnit(name=CENTRE, kind="centre"), SYSTEM)

    people, units = seed_house(bus, parts_of(empty).sessions, ROOT, PASSWORD)

    assert units[CENTRE] == centre
    assert sorted(people) == sorted(login for login, *_ in PEOPLE)
    with parts_of(empty).sessions() as session:
        assert len(all_units(session)) == len(UNITS)
    assert facts(empty).kind == "demonstration"


def test_a_demonstration_is_not_open_before_all_is_there(empty: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.seeding._add_people", lambda *_: {})

    with pytest.raises(KeyError):
        seed_house(parts_of(empty).bus, parts_of(empty).sessions, ROOT, PASSWORD)

    assert facts(empty).kind == ""
