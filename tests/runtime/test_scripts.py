"""Script tasks, where the runtime is given a language for them; and never without one."""

from typing import Any

import pytest

from engine.domain.errors import DiagramRefused
from engine.runtime.advance import Runtime
from engine.runtime.contract import Advance
from engine.runtime.tasks import BusinessError
from tests.runtime.drawing import END, START, boundary, diagram, end, line, on, service, user
from tests.runtime.walking import KEY, NOW, RUNTIME


def language(text: str, seen: dict[str, Any]) -> dict[str, Any]:
    """Add one, or end in the error that the text names."""
    if text.startswith("E"):
        raise BusinessError(text)
    return {"n": seen["n"] + 1}


def started(text: str, *more: str, declared: str = "") -> Advance:
    """Start begin → s → op → a → finish, where s is a script."""
    script = f'<scriptTask id="s"><script>{text}</script></scriptTask>'
    model = diagram(START, script, service("op"), user("a"), END, *more, line("begin", "s", "op", "a", "finish"),
                    declared=declared)  # fmt: skip
    runtime = Runtime(KEY, language)
    return runtime.start(runtime.define(model), "i1", {"n": 1}, NOW)


def test_a_script_sees_the_data_and_sets_some():
    assert started("add").actions[0].data == {"n": 2}


def test_an_error_of_a_script_goes_to_its_boundary():
    late = boundary("t", "s", on("error", "bad")) + user("late") + end("e2") + line("t", "late", "e2")

    advance = started("E1", late, declared='<error id="bad" name="bad" errorCode="E1"/>')

    assert [task.element_id for task in advance.opened] == ["late"]


def test_an_error_that_nothing_catches_ends_the_instance():
    advance = started("E1")

    assert (advance.failure, advance.finished, advance.opened) == ("E1", True, ())


def test_a_global_script_is_called_like_a_process():
    declared = '<globalScriptTask id="g"><script>add</script></globalScriptTask>'
    model = diagram(START, '<callActivity id="c" calledElement="g"/>', service("op"), user("a"), END,
                    line("begin", "c", "op", "a", "finish"), declared=declared)  # fmt: skip
    runtime = Runtime(KEY, language)

    advance = runtime.start(runtime.define(model), "i1", {"n": 1}, NOW)

    assert advance.actions[0].data == {"n": 2}


def test_without_a_language_a_script_is_refused_at_deployment():
    model = diagram(START, '<scriptTask id="s"><script>add</script></scriptTask>', END, line("begin", "s", "finish"))

    with pytest.raises(DiagramRefused):
        RUNTIME.define(model)
