"""The literal expressions of the DMN technology compatibility kit, where the kit stands beside the checkout."""

from pathlib import Path

from engine.feel import FeelError
from tests.conformance.tck_files import Case, agrees, cases_in, result_of

KITS = [
    kit
    for parent in Path(__file__).resolve().parents
    if (kit := parent / "shared" / "conformance" / "dmn-tck").is_dir()
]


def test_every_literal_expression_of_the_kit_has_its_value() -> None:
    failing = [case.id for kit in KITS for case in cases_in(kit) if not _passes(case)]

    assert failing == []


def _passes(case: Case) -> bool:
    try:
        return agrees(case.expected, result_of(case))
    except FeelError:
        return case.expected is None
