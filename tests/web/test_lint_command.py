"""`flask lint`: the rules of deployment on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli.processes import lint

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "workflows").glob("*/*.bpmn"))
BAD = ROOT / "tests" / "runtime" / "data" / "bad" / "t13_tight_loop.bpmn"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_diagram_is_ok(path: Path):
    result = CliRunner().invoke(lint, [str(path)])

    assert (result.exit_code, json.loads(result.output)) == (0, {"file": str(path), "ok": True, "problems": []})


def test_each_file_has_its_line_and_one_refused_is_a_failure():
    result = CliRunner().invoke(lint, [str(SHIPPED[0]), str(BAD)])

    lines = [json.loads(line) for line in result.output.splitlines()]
    assert (result.exit_code, [line["ok"] for line in lines]) == (1, [True, False])
    problem = next(p for p in lines[1]["problems"] if p["code"] == "flow.endless")
    assert (problem["element"], problem["line"]) == ("g1", 5)


def test_a_file_that_is_not_there_is_told_by_name():
    result = CliRunner().invoke(lint, ["gone.bpmn"])

    assert result.exit_code == 2
    assert "gone.bpmn" in result.output
