"""The runner of the compatibility kit: on a folder of our own, and on the kit where it stands beside the checkout."""

from collections import Counter
from pathlib import Path

import pytest

from tests.conformance import dmn_tck

OWN = Path(__file__).parent / "data" / "kit"
KITS = [
    folder
    for parent in Path(__file__).resolve().parents
    if (folder := parent / "shared" / "conformance" / "dmn-tck").is_dir()
]


def test_the_runner_goes_through_all_folders_and_tells_what_differs():
    outcomes = dmn_tck.run_folder(OWN)

    assert [outcome.passed for outcome in outcomes] == [True, False]
    assert outcomes[1].line() == '0001-lamp-test-01 002 灯: expected "红", got "绿"'


def test_the_runner_prints_passed_and_total_and_fails_where_a_case_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.argv", ["dmn_tck", str(OWN)])

    assert dmn_tck.main() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1/2"


def test_of_the_kit_only_functions_in_java_fail():
    failed = [outcome.folder for kit in KITS for outcome in dmn_tck.run_folder(kit) if not outcome.passed]

    assert Counter(failed) == Counter({"0076-feel-external-java-test-01": 10 * len(KITS)})
