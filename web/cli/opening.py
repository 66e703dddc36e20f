"""The first start of an installation for real use: asks for what only the office knows."""

from pathlib import Path

import click
from flask_babel import gettext

from engine.commands.add_account import AddAccount
from engine.commands.open_house import OpenHouse
from engine.domain.actors import SYSTEM
from engine.domain.errors import EngineError
from engine.domain.passwords import require_strong
from engine.readmodels.accounts import all_accounts
from engine.seeding import load_basics
from web.cli.parts import refuse
from web.current import Parts
from web.wording import words


def open_for_real(parts: Parts, root: Path) -> None:
    """
    Ask for the city and the first administrator, and set the installation up.

    Nothing is stored before all is answered. The house is opened last: a start that was cut short asks again.
    """
    city = click.prompt(gettext("City"))
    centre = click.prompt(gettext("Service centre"), default=gettext("%(city)s government service centre", city=city))
    administrator = None if _has_people(parts) else _administrator()
    try:
        load_basics(parts.bus, root)
        if administrator is not None:
            parts.bus.execute(administrator, SYSTEM)
        parts.bus.execute(OpenHouse(kind="production", city=city, centre=centre), SYSTEM)
    except EngineError as error:
        refuse(words(error))


def _has_people(parts: Parts) -> bool:
    with parts.sessions() as session:
        return bool(all_accounts(session, 1))


def _administrator() -> AddAccount:
    return AddAccount(
        login=click.prompt(gettext("Login of the first administrator")),
        name=click.prompt(gettext("Their name")),
        password=_password(),
        roles=frozenset({"admin"}),
    )


def _password() -> str:
    """Return a password that was typed twice and is strong enough; ask until it is."""
    while True:
        typed: str = click.prompt(
            gettext("Password (at least 8 characters of three kinds)"),
            hide_input=True,
            confirmation_prompt=gettext("The same again"),
        )
        try:
            require_strong(typed)
        except EngineError as error:
            click.echo(words(error), err=True)
        else:
            return typed
