"""The command line: `flask --app app …`."""

import getpass
import json
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from engine.checking import check_diagram
from engine.commands.add_account import AddAccount
from engine.commands.open_house import OpenHouse
from engine.domain.actors import SYSTEM
from engine.domain.errors import EngineError
from engine.readmodels.accounts import all_accounts
from engine.readmodels.house import house_facts
from engine.seeding import PEOPLE, bundle_of, deploy_shipped, load_basics, seed_house
from engine.timers import scheduler
from web.cli_dmn import dmn
from web.cli_feel import feel
from web.current import Parts
from web.deadline_commands import deadlines
from web.problems import problem_text
from web.serving import serve_forever
from web.wording import words

DEMONSTRATION_PASSWORD = "Yunchuan-2026"  # noqa: S105  # printed on purpose; only ever set in the demonstration
processes = AppGroup("processes", help="Check and deploy processes.")


def install(app: Flask) -> None:
    """Add the commands."""
    for command in (deadlines, processes, demo, lint, serve, timers, feel, dmn):
        app.cli.add_command(command)


@processes.command("deploy")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def deploy_process(folder: Path) -> None:
    """Check the process in FOLDER (process.json and diagram) and deploy it; name every problem and deploy nothing."""
    parts = _prepared()
    try:
        digest = parts.bus.execute(bundle_of(folder, current_app.config["ROOT"] / "forms"), SYSTEM)
    except (OSError, ValueError, KeyError) as error:
        click.echo(f"{folder}: {error}", err=True)
        sys.exit(2)
    except EngineError as error:
        _tell(folder, error)
        sys.exit(1)
    click.echo(f"{folder.name}: {digest[:12]}")


def _tell(folder: Path, error: EngineError) -> None:
    """Say why a process is refused, one line a problem: line, element, code, words."""
    click.echo(f"{folder.name}: {words(error)}", err=True)
    problems: Any = error.facts.get("problems") or filter(None, [error.facts.get("problem")])
    for problem in problems:
        click.echo(f"  {problem_text(problem)}", err=True)


@click.command("lint")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def lint(files: tuple[Path, ...]) -> None:
    """Check diagrams as deployment does; print a JSON line for each of the FILES; exit 1 when one is refused."""
    found = [check_diagram(file) for file in files]
    for checked in found:
        click.echo(json.dumps(checked.as_json(), ensure_ascii=False))
    sys.exit(0 if all(checked.ok for checked in found) else 1)


@click.command("demo")
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
@click.option("--setup-only", is_flag=True, help="Prepare the database and stop.")
def demo(host: str, port: int, *, setup_only: bool) -> None:
    """Serve the demonstration city, with a clock that can be moved."""
    parts = _prepared()
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
    parts = _prepared()
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
    parts = _prepared()
    scheduler.run(parts.bus, parts.sessions)


def _prepared() -> Parts:
    """Return the application's parts with the database migrated to the newest version."""
    upgrade()
    return current_app.extensions["parts"]


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
