"""The command line of decision models: `flask --app app dmn FILE --input '{"a": 1}'`."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from engine.dmn import Model, read_model
from engine.dmn.errors import DecisionFailed, DmnRefused
from engine.domain.local_time import SHANGHAI
from engine.domain.working_time import CalendarOnDemand
from engine.feel import Surroundings
from web.current import calendar, parts


@click.command("dmn")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--input", "inputs", default="{}", help="The inputs by name, as a JSON object.")
@click.option("--decision", "name", help="A decision or service by name or id; needed when the model has several.")
@click.option(
    "--import",
    "imported",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A model that FILE imports; may be given several times.",
)
@with_appcontext
def dmn(file: Path, inputs: str, name: str | None, imported: tuple[Path, ...]) -> None:
    """Evaluate a decision of FILE; print its result and the rules that fired as JSON. Exit 1 where there is none."""
    data = _object(inputs)
    try:
        model = read_model(file.read_bytes(), imported=[each.read_bytes() for each in imported])
        result = model.evaluate(name or _only_decision(model), data, surroundings=_surroundings())
    except DmnRefused as refused:
        _fail(
            *(
                f"{file.name}:{problem.line or '-'}: {problem.element or '-'}: {problem.code}: {problem.message}"
                for problem in refused.problems
            )
        )
    except DecisionFailed as failure:
        _fail(f"{failure.reason}: {failure.sentence()}")
    click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=2))


def _surroundings() -> Surroundings:
    return Surroundings(now=parts().bus.machine_now().astimezone(SHANGHAI), calendar=CalendarOnDemand(calendar))


def _object(text: str) -> dict[str, Any]:
    """Return a JSON object given on the command line."""
    try:
        value = json.loads(text)
    except ValueError as error:
        _fail(f"--input is no JSON: {error}")
    if not isinstance(value, dict):
        _fail('--input must be a JSON object: {"name": value}')
    return value


def _only_decision(model: Model) -> str:
    """Return the decision that no other one needs."""
    names = model.top_decisions
    if len(names) != 1:
        _fail(f"name one of the decisions by --decision: {', '.join(model.decisions + model.services)}")
    return names[0]


def _fail(*lines: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(1)
