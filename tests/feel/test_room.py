"""The room stands by itself: what it imports, and what it never does."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.feel import compile_expression

ROOM = Path(__file__).parents[2] / "engine" / "feel"
FILES = sorted(ROOM.rglob("*.py"))
NEVER = {"eval", "exec", "compile", "__import__", "open", "input", "globals", "setattr", "delattr", "vars"}


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_imports_only_python_re2_and_the_room(file: Path) -> None:
    imported = set(imports_of(ast.parse(file.read_text("utf-8"))))
    foreign = {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names}

    assert {name for name in foreign if not name.startswith("engine.feel")} <= {"re2"}
    assert imported & {"pickle", "marshal", "importlib", "subprocess", "os", "ctypes", "socket"} == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_runs_no_text_and_reads_no_clock(file: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = {node.func.id for node in calls if isinstance(node.func, ast.Name)}
    methods = {node.func.attr for node in calls if isinstance(node.func, ast.Attribute)}

    assert names & NEVER == set()
    assert methods & {"now", "today", "utcnow", "monotonic", "perf_counter"} == set()


def test_data_stay_as_they_were() -> None:
    data = {"l": [1, {"a": [2]}], "m": {"k": [3]}}

    value = compile_expression("append(concatenate(l, [m]), 4)").evaluate(data)
    value[1]["a"].append(9)
    value[2]["k"].append(9)

    assert data == {"l": [1, {"a": [2]}], "m": {"k": [3]}}


def test_one_evaluation_leaves_nothing_to_the_next() -> None:
    compiled = compile_expression('[1, 2, "a"]')

    compiled.evaluate({}).append(9)

    assert compiled.evaluate({}) == [1, 2, "a"]
