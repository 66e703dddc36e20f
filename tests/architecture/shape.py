"""
Prints the shape of our code beside code bases that we measured in the same way: `make shape`.

A column of `anchors.json` is a code base (bpmn-js is JavaScript, operaton and flowable Java); `target` is what we set
ourselves; `banjie` is this tree now.
"""

import json
import math
import re
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from tests.architecture.source import ROOT, Source, code, tests

ANCHORS = Path(__file__).parent / "anchors.json"
LONG_FILE, LONG_FUNCTION = 400, 50  # rows: what the anchors were measured by; our own limits are lower
GENERIC = re.compile(r"^(utils?|helpers?|common|misc|tools?|.*_utils?|.*_helpers?|.*Utils?|.*Helper)$")
DEBT = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SUPPRESSED = re.compile(r"type:\s*ignore|#\s*noqa|pyright:\s*ignore")
COMMIT = re.compile(r"(?:session|db|conn|connection|uow|transaction)\.commit\(")
CLOCK = re.compile(
    r"datetime\.(?:datetime\.)?(?:now|utcnow|today)\(|date\.today\(|\btime\.time\(|\bnow_utc\(|(?<![.\w])now\(\)"
)
WEB_ROOM = re.compile(r"(^|/)(web|app\.py|forms)(/|$)")
FRAMEWORKS = {"flask", "werkzeug"}

ROWS = {
    "root_entries": "visible entries at the root of the tree",
    "rooms": "folders directly in the code folder",
    "depth": "deepest code file (folders)",
    "files": "code files (no tests, migrations, generated)",
    "code_lines": "code lines (physical)",
    "file_median": "file length, median",
    "file_p95": "file length, p95",
    "file_max": "longest file",
    "long_files": f"share of code lines in files over {LONG_FILE} lines",
    "functions": "functions",
    "function_median": "function length, median (less docstring)",
    "function_p95": "function length, p95",
    "function_max": "longest function",
    "long_functions": f"functions over {LONG_FUNCTION} lines",
    "params_p95": "parameters, p95",
    "complexity_p95": "cyclomatic complexity, p95",
    "complexity_max": "cyclomatic complexity, worst",
    "class_max": "most methods in a class",
    "name_median": "function name length, median",
    "name_p95": "function name length, p95",
    "generic_share": "code lines in util/helper/common/misc rooms",
    "comment_share": "rows that carry a comment / filled rows",
    "doc_share": "docstring rows / filled rows",
    "doc_coverage": "public functions and classes with a docstring",
    "module_doc": "modules with a docstring of their own",
    "typed_slots": "parameters and returns annotated",
    "typed_functions": "functions fully annotated",
    "cycle": "largest import cycle at load time (modules; 1 = none)",
    "cycle_all": "the same with imports inside functions",
    "deferred": "first-party imports hidden in functions or TYPE_CHECKING",
    "web_leak": "files outside web rooms that import a web framework",
    "commit_sites": "commit() calls (… in n files)",
    "clock_sites": "direct reads of the clock (… in n files)",
    "debt": "TODO/FIXME/XXX/HACK per 1000 filled rows",
    "suppressions": "lint and type suppressions per 1000 filled rows",
    "test_files": "test files",
    "test_ratio": "test lines / code lines",
    "test_style": "test files are named",
    "test_mirror": "code files with a test file or folder of their name",
    "tests": "test functions",
    "test_median": "test function length, median",
    "test_p95": "test function length, p95",
}


def measure() -> dict[str, object]:
    """Return our column: {row of ROWS: value}."""
    ours = code()
    return {**_tree(ours), **_sizes(ours), **_manners(ours), **_habits(ours), **_imports(ours), **_tested(ours)}


def quantile(values: Iterable[float], share: float) -> float:
    """Return the smallest value that at least `share` of all do not exceed; 0 for no values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)] if ordered else 0


def _tree(ours: list[Source]) -> dict[str, object]:
    entries = [path.name for path in ROOT.iterdir() if path.name not in {"instance", "build", "__pycache__"}]
    generic = sum(s.lines for s in ours if any(GENERIC.match(p.removesuffix(".py")) for p in s.path.split("/")[1:]))
    return {
        "root_entries": sum(not entry.startswith(".") for entry in entries),
        "rooms": sum(p.is_dir() and not p.name.startswith(("_", ".")) for p in (ROOT / "engine").iterdir()),
        "depth": max(s.path.count("/") for s in ours),
        "generic_share": _percent(generic, sum(s.lines for s in ours)),
    }


def _sizes(ours: list[Source]) -> dict[str, object]:
    lengths = [s.lines for s in ours]
    functions = [f for s in ours for f in s.functions]
    longest, biggest = max(ours, key=lambda s: s.lines), max(functions, key=lambda f: f.lines)
    methods, owner = max((count, name) for s in ours for name, count, _, _ in s.classes)
    return {
        "files": len(ours),
        "code_lines": sum(lengths),
        "file_median": quantile(lengths, 0.5),
        "file_p95": quantile(lengths, 0.95),
        "file_max": f"{longest.lines} ({'/'.join(longest.path.split('/')[-2:])})",
        "long_files": _percent(sum(n for n in lengths if n > LONG_FILE), sum(lengths)),
        "functions": len(functions),
        "function_median": quantile((f.lines for f in functions), 0.5),
        "function_p95": quantile((f.lines for f in functions), 0.95),
        "function_max": f"{biggest.lines} ({biggest.name})",
        "long_functions": _percent(sum(f.lines > LONG_FUNCTION for f in functions), len(functions)),
        "params_p95": quantile((f.params for f in functions), 0.95),
        "complexity_p95": quantile((f.complexity for f in functions), 0.95),
        "complexity_max": max(f.complexity for f in functions),
        "class_max": f"{methods} ({owner})",
    }


def _manners(ours: list[Source]) -> dict[str, object]:
    functions = [f for s in ours for f in s.functions]
    public = [f.documented for f in functions if f.public]
    public += [documented for s in ours for _, _, shown, documented in s.classes if shown]
    names = [len(f.name) for f in functions if not f.name.startswith("__")]
    filled = sum(s.filled for s in ours)
    return {
        "name_median": quantile(names, 0.5),
        "name_p95": quantile(names, 0.95),
        "comment_share": _percent(sum(s.comments for s in ours), filled),
        "doc_share": _percent(sum(s.doc for s in ours), filled),
        "doc_coverage": _percent(sum(public), len(public)),
        "module_doc": _percent(sum(s.documented for s in ours if s.functions), sum(bool(s.functions) for s in ours)),
        "typed_slots": _percent(sum(f.annotated for f in functions), sum(f.params + 1 for f in functions)),
        "typed_functions": _percent(sum(f.annotated == f.params + 1 for f in functions), len(functions)),
    }


def _habits(ours: list[Source]) -> dict[str, object]:
    thousand = sum(s.filled for s in ours) / 1000
    return {
        "commit_sites": _sites(ours, COMMIT),
        "clock_sites": _sites(ours, CLOCK),
        "debt": round(sum(len(DEBT.findall(s.text)) for s in ours) / thousand, 1),
        "suppressions": round(sum(len(SUPPRESSED.findall(s.text)) for s in ours) / thousand, 1),
    }


def _sites(ours: list[Source], pattern: re.Pattern[str]) -> str:
    found = [len(pattern.findall(s.text)) for s in ours]
    return f"{sum(found)} in {sum(n > 0 for n in found)}"


def _imports(ours: list[Source]) -> dict[str, object]:
    now, late = _graph(ours, "imports"), _graph(ours, "deferred")
    inner = [s for s in ours if not WEB_ROOM.search(s.path)]
    leaking = [s for s in inner if {name.split(".")[0] for name in s.imports | s.deferred} & FRAMEWORKS]
    return {
        "cycle": largest_cycle(now),
        "cycle_all": largest_cycle({path: now[path] | late[path] for path in now}),
        "deferred": sum(len(found) for found in late.values()),
        "web_leak": f"{_percent(len(leaking), len(inner))} of {len(inner)}",
    }


def _graph(ours: list[Source], which: str) -> dict[str, set[str]]:
    module = {s.path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): s.path for s in ours}
    found = {s.path: {module.get(n) or module.get(n.rpartition(".")[0]) for n in getattr(s, which)} for s in ours}
    return {path: {other for other in others if other and other != path} for path, others in found.items()}


def largest_cycle(graph: dict[str, set[str]]) -> int:
    """Return how many modules the largest import cycle has; 1 where there is none."""
    reach = {node: _reachable(graph, node) for node in graph}
    return max((sum(node in reach[other] for other in reach[node]) for node in graph), default=1) or 1


def _reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    found, waiting = set[str](), [start]
    while waiting:
        fresh = graph[waiting.pop()] - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _tested(ours: list[Source]) -> dict[str, object]:
    files = tests()
    stems = {re.sub(r"^test_", "", PurePosixPath(s.path).stem) for s in files}
    stems |= {part for s in files for part in PurePosixPath(s.path).parts[:-1]}
    judged = [PurePosixPath(s.path).stem.strip("_") for s in ours if s.functions]
    cases = [f.lines for s in files for f in s.functions if f.name.startswith("test")]
    return {
        "test_files": len(files),
        "test_ratio": round(sum(s.lines for s in files) / sum(s.lines for s in ours), 2),
        "test_style": "test_x.py",
        "test_mirror": _percent(sum(stem in stems for stem in judged), len(judged)),
        "tests": len(cases),
        "test_median": quantile(cases, 0.5),
        "test_p95": quantile(cases, 0.95),
    }


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def table(columns: dict[str, dict[str, object]]) -> str:
    """Return the columns as one Markdown table."""
    rows = [f"| measure | {' | '.join(columns)} |", "|---|" + "---|" * len(columns)]
    for key, said in ROWS.items():
        rows.append(f"| {said} | {' | '.join(str(column.get(key, '-')) for column in columns.values())} |")
    return "\n".join(rows)


if __name__ == "__main__":
    anchors = json.loads(ANCHORS.read_text(encoding="utf-8"))
    target = {"target": anchors.pop("target")}
    sys.stdout.write(table({"banjie": measure(), **target, **anchors}) + "\n")
