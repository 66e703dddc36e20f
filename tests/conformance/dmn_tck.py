"""
Runs test cases in the layout of the DMN technology compatibility kit: `python -m tests.conformance.dmn_tck FOLDER`.

Prints each failing case with what was expected and what came, then `passed/total`; exits with 1 when one fails.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from engine.dmn import Model, language, read_model
from engine.dmn.errors import DecisionFailed, DmnRefused
from engine.dmn.language import Surroundings

KIT = "{http://www.omg.org/spec/DMN/20160719/testcase}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
SURROUNDINGS = Surroundings(now=datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
CLOSE = Decimal("1e-8")  # the kit's expected numbers are rounded
READERS = {
    "date": "date(v)",
    "time": "time(v)",
    "dateTime": "date and time(v)",
    "duration": "duration(v)",
    "dayTimeDuration": "duration(v)",
    "yearMonthDuration": "duration(v)",
}
NUMBERS = {"decimal", "double", "integer", "int", "float", "long"}


@dataclass(frozen=True)
class Outcome:
    """What became of one test case."""

    folder: str
    case: str
    passed: bool
    expected: str = ""
    got: str = ""

    def line(self) -> str:
        """Return the outcome as a line of the report."""
        return f"{self.folder} {self.case}: expected {self.expected}, got {self.got}"


def run_folder(folder: Path) -> list[Outcome]:
    """Return the outcomes of all test files below a folder."""
    return [outcome for file in sorted(folder.rglob("*.xml")) for outcome in _run_file(file)]


def _run_file(file: Path) -> Iterator[Outcome]:
    root = etree.parse(file).getroot()
    if root.tag != f"{KIT}testCases":
        return
    model = _model(file.parent, root.findtext(f"{KIT}modelName"))
    for case in root.iter(f"{KIT}testCase"):
        yield _run_case(file.stem, model, case)


def _model(folder: Path, name: str | None) -> Model | str:
    """Return the model, read leniently with what it imports; the reason where it is refused."""
    try:
        content = (folder / (name or "")).read_bytes()
        return read_model(content, imported=_imported(folder, content), lenient=True)
    except (OSError, etree.XMLSyntaxError) as error:
        return f"no model: {error}"
    except DmnRefused as refused:
        return "; ".join(problem.message for problem in refused.problems)


def _imported(folder: Path, content: bytes) -> list[bytes]:
    """Return the neighbours that a model imports, and those that they import."""
    neighbours = {_namespace(each): each for each in (file.read_bytes() for file in sorted(folder.glob("*.dmn")))}
    found: dict[str, bytes] = {}
    waiting = _import_namespaces(content)
    while waiting:
        namespace = waiting.pop()
        if namespace in neighbours and namespace not in found:
            found[namespace] = neighbours[namespace]
            waiting += _import_namespaces(neighbours[namespace])
    return list(found.values())


def _namespace(content: bytes) -> str:
    return etree.fromstring(content).get("namespace", "")


def _import_namespaces(content: bytes) -> list[str]:
    return [node.get("namespace", "") for node in etree.fromstring(content) if str(node.tag).endswith("}import")]


def _run_case(folder: str, model: Model | str, case: Any) -> Outcome:
    for node in case.iter(f"{KIT}resultNode"):
        name = f"{case.get('id')} {node.get('name')}"
        if isinstance(model, str):
            return Outcome(folder, name, passed=False, expected="a model", got=f"refused: {model}")
        expected = _value(node.find(f"{KIT}expected"))
        got, failed = _result(model, case, node)
        if failed or not _same(expected, got):
            return Outcome(folder, name, passed=False, expected=_shown(expected), got=failed or _shown(got))
    return Outcome(folder, case.get("id"), passed=True)


def _result(model: Model, case: Any, node: Any) -> tuple[object, str]:
    inputs = {_input_name(each): _value(each) for each in case.findall(f"{KIT}inputNode")}
    invoked = case.get("invocableName")
    try:
        result = model.evaluate(invoked or node.get("name"), inputs, surroundings=SURROUNDINGS, strict=False).value
    except DecisionFailed as failure:
        return None, "" if node.get("errorResult") == "true" else f"{failure.reason}: {failure.sentence()}"
    except Exception as error:  # a fault of the engine is a failing case, not the end of the run
        return None, f"fault: {error!r}"
    several = isinstance(result, dict) and invoked and node.get("name") in result
    return (result[node.get("name")] if several else result), ""


def _input_name(node: Any) -> str:
    namespace = node.get("namespace")
    return f"{namespace}#{node.get('name')}" if namespace else node.get("name")


def _value(node: Any) -> object:
    """Return the FEEL value of a node with a value, a list or components."""
    if node is None:
        return None
    if (items := node.find(f"{KIT}list")) is not None:
        return (
            None if _is_nil(items) else [_value(item) for item in items.iter(f"{KIT}item") if item.getparent() is items]
        )
    if components := node.findall(f"{KIT}component"):
        return (
            None
            if _is_nil(components[0]) and len(components) == 1 and components[0].get("name") is None
            else {each.get("name"): None if _is_nil(each) else _value(each) for each in components}
        )
    return _plain(node.find(f"{KIT}value"))


def _is_nil(node: Any) -> bool:
    return node.get(f"{XSI}nil") in {"true", "1"}


def _plain(node: Any) -> object:
    if node is None or _is_nil(node):
        return None
    kind = (node.get(f"{XSI}type") or "string").rpartition(":")[2]
    text = node.text or ""
    if kind in NUMBERS:
        return language.from_json(Decimal(text.strip()))
    if kind == "boolean":
        return text.strip() in {"true", "1"}
    return language.constant(READERS[kind], {"v": text.strip()}) if kind in READERS else text


def _same(expected: object, got: object) -> bool:
    if isinstance(expected, Decimal) and isinstance(got, Decimal):
        return abs(expected - got) <= CLOSE * max(Decimal(1), abs(expected))
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(_same, expected, got))
    if isinstance(expected, dict) and isinstance(got, dict):
        return expected.keys() == got.keys() and all(_same(expected[key], got[key]) for key in expected)
    if expected is None or got is None:
        return expected is got
    return language.equal(expected, got)


def _shown(value: object) -> str:
    return language.shown(value)


def main() -> int:
    """Run the folders named on the command line."""
    outcomes = [outcome for name in sys.argv[1:] for outcome in run_folder(Path(name))]
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        sys.stdout.write(outcome.line() + "\n")
    for folder, count in sorted(Counter(outcome.folder for outcome in failed).items()):
        sys.stdout.write(f"  {folder}: {count} failed\n")
    sys.stdout.write(f"{len(outcomes) - len(failed)}/{len(outcomes)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
