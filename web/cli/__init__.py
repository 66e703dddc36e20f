"""The command line: `flask --app app …`."""

from flask import Flask

from web.cli.deadlines import deadlines
from web.cli.dmn import dmn
from web.cli.feel import feel
from web.cli.processes import lint, processes
from web.cli.serving import demo, serve, timers
from web.cli.upkeep import check_house


def install(app: Flask) -> None:
    """Add the commands."""
    for command in (check_house, deadlines, dmn, feel, lint, processes, demo, serve, timers):
        app.cli.add_command(command)
