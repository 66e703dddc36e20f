"""Habits that no linter knows."""

import ast
import importlib
import pkgutil
from inspect import signature

import pytest

import engine.commands
from engine.commands import HANDLERS
from tests.architecture.source import ROOT, Source, code

COMMANDS = sorted(m.name for m in pkgutil.iter_modules(engine.commands.__path__) if not m.ispkg)


def calls(source: Source, name: str) -> bool:
    """Return whether the file calls a method of that name."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
        for node in ast.walk(ast.parse(source.text))
    )


def test_only_the_unit_of_work_commits():
    assert [s.path for s in code() if calls(s, "commit")] == ["engine/store/unit_of_work.py"]


def test_nothing_outside_the_bus_and_the_unit_of_work_opens_a_unit_of_work():
    users = {s.path for s in code() if "engine.store.unit_of_work.UnitOfWork" in s.imports}

    assert {path for path in users if not path.startswith("engine/commands/work/")} == {
        "engine/bus.py",
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_imports_another(name: str):
    source = next(s for s in code() if s.path == f"engine/commands/{name}.py")
    imported = {n.split(".")[2] for n in source.imports if n.startswith("engine.commands.") and n.count(".") > 2}

    assert imported & set(COMMANDS) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_module_of_commands_is_one_command_and_the_function_of_its_name(name: str):
    module = importlib.import_module(f"engine.commands.{name}")
    command = getattr(module, "".join(part.capitalize() for part in name.split("_")))

    assert HANDLERS[command] is getattr(module, name)
    assert [name.lstrip("_") for name in signature(HANDLERS[command]).parameters] == ["command", "work"]


def test_every_handler_is_a_command_of_its_own_module():
    assert sorted(handler.__module__.rpartition(".")[2] for handler in HANDLERS.values()) == COMMANDS


def test_no_python_from_a_model_is_ever_evaluated():
    banned = {"eval", "exec", "compile", "__import__"}
    found = [
        s.path
        for s in code()
        for node in ast.walk(ast.parse(s.text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in banned
    ]

    assert found == []


def test_nothing_of_ours_reads_objects_out_of_bytes_or_opens_a_shell():
    banned = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "code", "codeop", "runpy", "pty"}
    called = {"literal_eval", "run_code", "system", "popen", "unsafe_load", "full_load", "eval", "exec"}
    found = [s.path for s in code() if {name.partition(".")[0] for name in s.imports} & banned]
    found += [s.path for s in code() for name in called if calls(s, name)]

    assert found == []


def test_the_root_of_the_program_stays_a_page():
    assert (ROOT / "app.py").read_text(encoding="utf-8").count("\n") <= 80
