"""The collection of bad and good decision models, where it stands beside the checkout."""

from pathlib import Path

from engine.dmn import check

COLLECTIONS = [
    folder
    for parent in Path(__file__).resolve().parents
    if (folder := parent / "shared" / "conformance" / "bad").is_dir()
]
REASONS = {  # by the beginning of the file's name
    "d01": "xml.doctype",
    "d04": "expression.invalid",
    "d07": "expression.language",
    "d10": "id.duplicate",
    "d13": "table.hit_policy",
    "d16": "requirement.cycle",
    "d19": "markup.active",
    "d22": "decision.none",
    "x20": "xml.empty",
}


def codes(path: Path) -> set[str]:
    return {problem.code for problem in check(path.read_bytes())}


def test_each_bad_file_is_refused_for_what_is_wrong_with_it():
    files = [path for folder in COLLECTIONS for path in sorted((folder / "bad").glob("*.dmn"))]

    assert [path.name for path in files if REASONS.get(path.name[:3]) not in codes(path)] == []


def test_each_good_file_is_accepted():
    files = [path for folder in COLLECTIONS for path in sorted((folder / "good").glob("*.dmn"))]

    assert [path.name for path in files if codes(path)] == []
