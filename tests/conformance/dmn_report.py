"""
Writes docs/conformance-dmn.md: `python -m tests.conformance.dmn_report KIT > docs/conformance-dmn.md`.

Every figure is counted from the run; only the reasons are written by hand; a failing folder without one is named so.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.conformance.dmn_tck import Outcome, run_folder

REASONS = {
    "0076-feel-external-java-test-01": (
        "External functions call Java methods. A model that could run code of the host would be able to take over the "
        "server; such functions are refused at deployment and are null in a lenient evaluation. Of the folder's other "
        "cases some pass because they expect an error, and four only because the function they define is named like "
        "one that FEEL has itself (max)."
    ),
}
UNKNOWN = "no reason is known yet."
HEAD = """# DMN: conformance to the technology compatibility kit

Counted by `python -m tests.conformance.dmn_report KIT`, from the part of the official kit (github.com/dmn-tck/tck,
DMN 1.5 models) that stands beside the checkout. A test case passes when each of its result nodes has the expected
value: numbers to 8 decimals, as the kit rounds them; everything else exactly. Models are read and evaluated leniently
here, as the standard says (an error is null); the product itself is strict.
"""


def report(kit: Path) -> str:
    """Return the page for a folder that holds one folder for each compliance level."""
    levels = {level.name: run_folder(level) for level in sorted(kit.iterdir()) if level.is_dir()}
    rows = [f"| {name} | {_share(outcomes)} |" for name, outcomes in levels.items()]
    together = [outcome for outcomes in levels.values() for outcome in outcomes]
    rows.append(f"| together | {_share(together)} |")
    table = "\n".join(["| folder | passed / total | share |", "|---|---|---|", *rows])
    return f"{HEAD}\n{table}\n\n## What fails, and why\n\n{_failures(together)}\n"


def _share(outcomes: Sequence[Outcome]) -> str:
    passed = sum(outcome.passed for outcome in outcomes)
    return f"{passed} / {len(outcomes)} | {100 * passed / len(outcomes):.1f} %"


def _failures(outcomes: Iterable[Outcome]) -> str:
    failed = [outcome for outcome in outcomes if not outcome.passed]
    if not failed:
        return "Nothing."
    counted = Counter(outcome.folder for outcome in failed)
    reasons = [f"- **{folder}** ({count}): {REASONS.get(folder, UNKNOWN)}" for folder, count in sorted(counted.items())]
    cases = [f"| {each.folder} | {each.case} | `{each.expected}` | `{each.got}` |" for each in failed]
    table = ["| file | case and result | expected | got |", "|---|---|---|---|", *cases]
    return "\n".join([*reasons, "", *table])


if __name__ == "__main__":
    sys.stdout.write(report(Path(sys.argv[1])))
