"""The command line of processes: `lint FILE…` and `processes deploy FOLDER`."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from engine.checking import check_diagram
from engine.dmn.errors import DmnRefused
from engine.domain.actors import SYSTEM
from engine.domain.errors import EngineError
from engine.seeding import bundle_of
from web.cli.parts import prepared
from web.problems import problem_text
from web.wording import words
from web.wording_dmn import problem_words

processes = AppGroup("processes", help="Check and deploy processes.")


@processes.command("deploy")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def deploy_process(folder: Path) -> None:
    """Check the process in FOLDER (process.json and diagram) and deploy it; name every problem and deploy nothing."""
    parts = prepared()
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
    text = problem_words if isinstance(error, DmnRefused) else problem_text
    for problem in problems:
        click.echo(f"  {text(problem)}", err=True)


@click.command("lint")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def lint(files: tuple[Path, ...]) -> None:
    """Check diagrams as deployment does; print a JSON line for each of the FILES; exit 1 when one is refused."""
    found = [check_diagram(file) for file in files]
    for checked in found:
        click.echo(json.dumps(checked.as_json(), ensure_ascii=False))
    sys.exit(0 if all(checked.ok for checked in found) else 1)
