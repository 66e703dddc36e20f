"""What stands where, how long it is, and what no tracked file may say."""

import re
import subprocess
from pathlib import Path

from tests.architecture.shape import measure
from tests.architecture.source import ROOT, code, of_tests

TOP = {
    "app.py", "engine", "forms", "workflows", "migrations", "tests", "web", "requirements.txt", "README.md",
    "README.zh-CN.md", "pyproject.toml", "Makefile", "CHANGELOG.md", ".ci", "bench", "docs", ".gitignore",
}  # fmt: skip
BANNED = re.compile(r"^(utils?|helpers?|managers?|common|misc|service|data|info|tools?)$|_(utils?|helpers?|manager)$")
LONGEST_FILE, LONGEST_FUNCTION, MOST_METHODS = 300, 40, 17
PLACES = re.compile(r"(?<![\w.])/(?:root|home|work|Users)/\w|\b(?:pypi|npmjs|debian)\.(?:org|com)\b|pythonhosted")
SPEECH = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def tracked(*suffixes: str) -> list[Path]:
    """Return the files that git keeps, of those kinds."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def test_the_top_level_holds_what_was_agreed_and_nothing_else():
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}

    assert top <= TOP
    assert {"app.py", "engine", "forms", "workflows", "migrations", "tests", "web", "requirements.txt"} <= top


def test_no_file_and_no_function_is_long():
    ours = [*code(), *of_tests()]

    assert [(s.path, s.lines) for s in ours if s.lines > LONGEST_FILE] == []
    assert [(s.path, f.name, f.lines) for s in ours for f in s.functions if f.lines > LONGEST_FUNCTION] == []


def test_no_class_has_many_methods():
    assert [(s.path, name) for s in code() for name, methods, _, _ in s.classes if methods > MOST_METHODS] == []


def test_all_that_others_use_is_documented_and_all_is_typed():
    functions = [(s.path, f) for s in code() for f in s.functions]

    assert [s.path for s in code() if not s.documented] == []
    assert [(path, f.name) for path, f in functions if f.public and not f.documented] == []
    assert [(path, f.name) for path, f in functions if f.annotated != f.params + 1] == []


def test_no_module_has_a_name_that_says_nothing():
    parts = {part for source in code() for part in source.path.removesuffix(".py").split("/")}

    assert sorted(part for part in parts if BANNED.search(part)) == []


def test_no_module_imports_another_in_a_circle_or_hides_an_import():
    ours = measure()

    assert (ours["cycle"], ours["cycle_all"], ours["deferred"]) == (1, 1, 0)


def test_no_file_names_a_place_on_somebodys_machine_or_a_host_of_packages():
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked(".py", ".md", ".toml", ".txt", ".sh", ".json", ".js", ".mjs", ".html", ".css", ".bpmn")
        if path != Path(__file__)
        for match in PLACES.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_no_file_of_ours_puts_work_off():
    assert [s.path for s in [*code(), *of_tests()] if SPEECH.search(s.text) and "architecture" not in s.path] == []
