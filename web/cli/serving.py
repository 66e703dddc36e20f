"""The command line's servers: the demonstration, the office, and the timers alone."""

import getpass
import sys
from typing import Any

import click
from flask import Flask, current_app

from engine.commands.add_account import AddAccount
from engine.commands.open_house import OpenHouse
from engine.domain.actors import SYSTEM
from engine.domain.errors import EngineError
from engine.readmodels.accounts import all_accounts
from engine.readmodels.house import house_facts
from engine.seeding import PEOPLE, deploy_shipped, load_basics, seed_house
from engine.timers import scheduler
from web.cli.parts import prepared
from web.current import Parts
from web.serving import serve_forever

DEMONSTRATION_PASSWORD = "Yunchuan-2026"  # noqa: S105  # printed on purpose; only ever set in the demonstration


@click.command("demo")
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
@click.option("--setup-only", is_flag=True, help="Prepare the database and stop.")
def demo(host: str, port: int, *, setup_only: bool) -> None:
    """Serve the demonstration city, with a clock that can be moved."""
    parts = prepared()
    kind = _kind(parts)
    if kind == "production":
        click.echo(
            "This database is in real use (made by `make serve`); the demonstration does not touch it.", err=True
        )
        sys.exit(2)
    if not kind:
        click.echo("Loading the demonstration city 云川市 …")
        seed_house(parts.bus, parts.sessions, current_app.config["ROOT"], DEMONSTRATION_PASSWORD)
    else:
        deploy_shipped(parts.bus, current_app.config["ROOT"])
    if setup_only:
        return
    click.echo(f"\n办结 Banjie — 演示 demonstration: http://{host}:{port}\n\n  {'account':<10} {'name':<6} role")
    for login, name, title, _, _ in PEOPLE:
        click.echo(f"  {login:<10} {name:<6} {title}")
    click.echo(f"\n  password for all: {DEMONSTRATION_PASSWORD}\n  citizens: http://{host}:{port}/q\n")
    serve_forever(_app(), host, port)


@click.command("serve")
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
def serve(host: str, port: int) -> None:
    """Serve for real use; asks for the city and the first administrator when the database is empty."""
    parts = prepared()
    kind = _kind(parts)
    if kind == "demonstration":
        click.echo("This database holds the demonstration; use another one for real use.", err=True)
        sys.exit(2)
    if not kind:
        _open_for_real(parts)
    else:
        deploy_shipped(parts.bus, current_app.config["ROOT"])
    click.echo(f"办结 Banjie: http://{host}:{port}")
    serve_forever(_app(), host, port)


@click.command("timers")
def timers() -> None:
    """Carry out what is due until stopped; for installations whose web servers run elsewhere."""
    parts = prepared()
    scheduler.run(parts.bus, parts.sessions)


def _app() -> Flask:
    """Return the application itself, which outlives the command's context."""
    return current_app._get_current_object()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]  # Flask's documented way


def _kind(parts: Parts) -> str:
    with parts.sessions() as session:
        return house_facts(session).kind


def _open_for_real(parts: Parts) -> None:
    """Ask for what only the office knows, and set the installation up. Nothing is stored before all is answered."""
    if not sys.stdin.isatty():
        click.echo(
            "The database is empty: run `make serve` once in a terminal to name the first administrator.", err=True
        )
        sys.exit(2)
    city = click.prompt("城市 City")
    centre = click.prompt("政务服务中心 Centre", default=f"{city}政务服务中心")
    login = click.prompt("第一位管理员的账号 Login of the first administrator")
    name = click.prompt("姓名 Name")
    password = getpass.getpass("口令 Password (8+ characters of three kinds): ")
    account = AddAccount(login=login, name=name, password=password, roles=frozenset({"admin"}))
    _execute(parts, OpenHouse(kind="production", city=city, centre=centre))
    load_basics(parts.bus, current_app.config["ROOT"])
    _execute(parts, account)
    with parts.sessions() as session:
        click.echo(f"{len(all_accounts(session))} account")


def _execute(parts: Parts, command: object) -> Any:
    try:
        return parts.bus.execute(command, SYSTEM)
    except EngineError as error:
        click.echo(f"{error.code}: {error.facts}", err=True)
        sys.exit(2)
