"""Conformance cases: our own, and the suite's where they stand beside the checkout."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.betsy import main, run

OWN = Path(__file__).parent / "data"
COLLECTION = Path(__file__).parents[3] / "shared" / "conformance" / "betsy"
DIFFER = {  # where we keep to the standard, or the suite contradicts itself
    "activities/AdHocSubProcess_Parallel.bpmn",  # expects a task that the file does not have
    "activities/MultiInstance_NoneBehavior.bpmn",  # its boundary event interrupts, and the suite expects it not to
    "cfpatterns/WCP09_Structured_Discriminator_MultiInstance.bpmn",  # the same
}


def entries(folder: Path) -> list[Any]:
    """Return what a folder lists; nothing when it is not there."""
    listed = folder / "cases.json"
    found = json.loads(listed.read_text("utf-8")) if listed.is_file() else []
    return [pytest.param(folder, entry, id=entry["file"]) for entry in found]


@pytest.mark.parametrize(("folder", "entry"), [*entries(OWN), *entries(COLLECTION)])
def test_a_case_leaves_the_trace_it_expects(folder: Path, entry: dict[str, Any]):
    passed = all(outcome.passed for outcome in run(folder, entry))

    assert passed is (entry["file"] not in DIFFER)


def test_our_own_cases_are_there_whatever_stands_beside_the_checkout():
    assert len(entries(OWN)) == 6


@pytest.mark.parametrize(("trace", "told"), [(["SCRIPT_task1"], "6/6"), (["SCRIPT_task2"], "5/6")])
def test_the_runner_counts_what_passed(tmp_path: Path, capsys: pytest.CaptureFixture[str], trace: list[str], told: str):
    listed = json.loads((OWN / "cases.json").read_text("utf-8"))
    listed[0]["cases"][0]["trace"] = trace
    (tmp_path / "cases.json").write_text(json.dumps(listed), "utf-8")
    for path in OWN.glob("*.bpmn"):
        (tmp_path / path.name).write_bytes(path.read_bytes())

    failed = main(tmp_path)

    assert capsys.readouterr().out.splitlines()[-1] == told
    assert failed is (told == "5/6")
