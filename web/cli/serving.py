"""The command line's servers: the demonstration, the office, and the timers alone."""

import sys

import click
from flask import Flask, current_app
from flask_babel import gettext

from engine.readmodels.house import house_facts
from engine.seeding import PEOPLE, deploy_shipped, seed_house
from engine.timers import scheduler
from web.cli.opening import open_for_real
from web.cli.parts import prepared, refuse
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
        refuse(gettext("This database is in real use (made by make serve); the demonstration does not touch it."))
    if not kind:
        click.echo(gettext("Loading the demonstration city …"))
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
        refuse(gettext("This database holds the demonstration; use another one for real use."))
    if not kind:
        if not sys.stdin.isatty():
            refuse(gettext("The database is empty: run make serve once in a terminal to name the first administrator."))
        open_for_real(parts, current_app.config["ROOT"])
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
