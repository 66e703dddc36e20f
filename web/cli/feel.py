"""The command line of the expression language: `flask --app app feel 'EXPRESSION' --context '{"a": 1}'`."""

import json
import sys
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from engine.domain.local_time import SHANGHAI
from engine.domain.working_time import CalendarOnDemand
from engine.feel import FeelError, Surroundings, compile_expression, names_in_data, to_json
from web.current import calendar, parts


@click.command("feel", context_settings={"ignore_unknown_options": True})  # -1 is an expression
@click.argument("expression")
@click.option("--context", default="{}", help='The data, as a JSON object: {"name": value}.')
@with_appcontext
def feel(expression: str, context: str) -> None:
    """Evaluate a FEEL EXPRESSION over the data and print its value as JSON. Exit 1 where it has none."""
    data = _object(context)
    surroundings = Surroundings(now=parts().bus.machine_now().astimezone(SHANGHAI), calendar=CalendarOnDemand(calendar))
    try:
        compiled = compile_expression(expression, names=names_in_data(data))
        value = to_json(compiled.evaluate(data, surroundings=surroundings))
    except FeelError as error:
        _fail(str(error))
    click.echo(json.dumps(value, ensure_ascii=False).encode(errors="replace").decode())


def _object(text: str) -> dict[str, Any]:
    """Return the JSON object that the option holds."""
    try:
        value = json.loads(text)
    except ValueError as error:
        _fail(f"--context is not JSON: {error}")
    if not isinstance(value, dict):
        _fail('--context must be a JSON object: {"name": value}')
    return value


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
