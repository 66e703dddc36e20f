"""A process is deployed from the command line; a broken one is refused with every problem by name."""

import json
import re
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from tests.databases import ROOT

SHIPPED = ROOT / "workflows" / "window_escalation"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped process, to be broken."""
    return copytree(SHIPPED, tmp_path / "window_escalation")


def deploy(app: Flask, folder: Path) -> Result:
    """Run `flask processes deploy FOLDER`."""
    return app.test_cli_runner().invoke(args=["processes", "deploy", str(folder)])


def edit(folder: Path, old: str, new: str) -> None:
    """Change the diagram's text once."""
    diagram = folder / json.loads((folder / "process.json").read_text(encoding="utf-8"))["diagram"]
    xml = diagram.read_text(encoding="utf-8")
    assert old in xml
    diagram.write_text(xml.replace(old, new, 1), encoding="utf-8")


def versions(app: Flask) -> int:
    """Return how many processes are deployed."""
    with app.extensions["parts"].sessions() as session:
        return session.execute(text("SELECT count(*) FROM definition")).scalar()


def test_the_shipped_process_is_deployed_once_however_often_one_asks(app, folder):
    before = versions(app)

    assert [deploy(app, folder).exit_code, deploy(app, folder).exit_code] == [0, 0]

    assert versions(app) == before


@pytest.mark.parametrize(
    ("old", "new", "code", "sentence"),
    [
        ("</bpmn:definitions>", "", "xml.malformed", "不是格式正确的XML"),  # cut off
        ("<bpmn:definitions", "<!DOCTYPE x><bpmn:definitions", "xml.doctype", "不得有DOCTYPE"),
        ("<bpmn:userTask", "<bpmn:globalTask id='x'/><bpmn:userTask", "element.unknown", "不能执行这种元素"),
    ],
)
def test_a_broken_diagram_is_refused_with_its_reason_and_nothing_changes(app, folder, old, new, code, sentence):  # noqa: PLR0913, PLR0917
    before = versions(app)
    edit(folder, old, new)

    answer = deploy(app, folder)

    assert answer.exit_code == 1
    assert f"[{code}]" in answer.stderr
    assert sentence in answer.stderr
    assert versions(app) == before


def test_a_problem_names_its_line_and_element(app, folder):
    edit(folder, 'gov:form key="triage"', 'gov:form key="nowhere"')

    answer = deploy(app, folder)

    assert answer.exit_code == 1
    assert re.search(r"\d+  triage  \[task\.form_unknown\]  该环节的表单不存在", answer.stderr)


def test_a_folder_without_a_process_is_refused(app, tmp_path):
    answer = deploy(app, tmp_path)

    assert answer.exit_code == 2
    assert "process.json" in answer.stderr
