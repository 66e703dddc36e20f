"""What the tools find: format, lint, types, the contracts between the rooms, and the committed front-end bundle."""

import filecmp
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

BIN = Path(sys.executable).parent
TOOLS = [
    pytest.param(("ruff", "format", "--check", "."), id="format"),
    pytest.param(("ruff", "check", "."), id="lint"),
    pytest.param(("lint-imports",), id="contracts between the rooms"),
    pytest.param(("basedpyright",), id="types"),
]


def run(*command: str | Path) -> None:
    """Run a command at the root of the tree; fail with what it said when it is not content."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        pytest.fail(f"{done.stdout}\n{done.stderr}", pytrace=False)


@pytest.mark.parametrize("command", TOOLS)
def test_the_tool_is_content(command: tuple[str, ...]):
    run(BIN / command[0], *command[1:])


@pytest.mark.slow
def test_the_committed_bundle_is_what_the_pinned_build_makes(tmp_path: Path):
    run(ROOT / ".ci/assets.sh", tmp_path)

    built = sorted(path.name for path in tmp_path.iterdir())
    _, different, missing = filecmp.cmpfiles(tmp_path, ROOT / "web/static/dist", built, shallow=False)
    assert built
    assert (different, missing) == ([], [])


def test_the_requirements_are_pinned_with_hashes_and_name_no_host():
    for name in ("requirements.txt", ".ci/requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = [line for line in text.splitlines() if "==" in line]

        assert pinned
        assert all(line.endswith("\\") for line in pinned), name
        assert "://" not in text
        assert "--index" not in text


def test_every_requirement_of_the_project_is_locked_at_the_same_version():
    locked = (ROOT / ".ci/requirements-dev.txt").read_text(encoding="utf-8").lower().replace("_", "-")
    asked = [line.strip().strip('",') for line in (ROOT / "pyproject.toml").read_text().splitlines() if "==" in line]

    missing = [name for name in asked if name.lower().replace("_", "-").replace("[binary]", "") not in locked]

    assert missing == []
