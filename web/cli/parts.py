"""What the commands share: the application's parts on a database of the newest version, and how they refuse."""

import sys
from typing import NoReturn

import click
from flask import current_app
from flask_migrate import upgrade

from web.current import Parts


def prepared() -> Parts:
    """Return the application's parts with the database migrated to the newest version."""
    upgrade()
    return current_app.extensions["parts"]


def refuse(reason: str) -> NoReturn:
    """Say why nothing was done, and end with 2."""
    click.echo(reason, err=True)
    sys.exit(2)
