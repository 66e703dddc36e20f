"""Script tasks: FEEL contexts, or another language that the runtime was given."""

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.domain.errors import DiagramRefused
from engine.domain.working_time import CalendarOnDemand
from engine.holidays.build import national_calendar
from engine.runtime.advance import Runtime
from engine.runtime.contract import Advance
from engine.runtime.expressions import ExpressionInvalid
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


FEEL = "{n: n + 1, 说明: if n &gt; 1 then &quot;补办&quot; else &quot;首次&quot;, again: n * 10}"


def scripted(text: str, more: str = "") -> bytes:
    """Return begin → s → op → a → finish, where s is a script of the product's own language."""
    script = f'<scriptTask id="s"{more}><script>{text}</script></scriptTask>'
    return diagram(START, script, service("op"), user("a"), END, line("begin", "s", "op", "a", "finish"))


def test_a_script_is_a_context_whose_entries_are_set():
    advance = RUNTIME.start(RUNTIME.define(scripted(FEEL)), "i1", {"n": 1}, NOW)

    assert advance.actions[0].data == {"n": 2, "说明": "补办", "again": 20}


@pytest.mark.parametrize(
    ("text", "more", "code"),
    [
        ("import os", "", "expression.invalid"),
        ("x = 1", "", "element.script"),
        ("{a: 1}", ' scriptFormat="python"', "element.script"),
        ("{a: nothing(1)}", "", "expression.invalid"),
        (" ", "", "element.script"),
    ],
)
def test_any_other_script_is_refused_at_deployment(text: str, more: str, code: str):
    with pytest.raises(DiagramRefused) as caught:
        RUNTIME.define(scripted(text, more))

    problems = caught.value.facts["problems"]
    assert isinstance(problems, list)
    assert [(problem.code, problem.element) for problem in problems] == [(code, "s")]


def test_a_script_counts_by_the_calendar_and_the_instant_it_is_given():
    runtime = RUNTIME.counting_by(CalendarOnDemand(national_calendar))
    model = scripted("{until: add working days(today(), 3)}")

    advance = runtime.start(runtime.define(model), "i1", {}, datetime(2026, 9, 30, 2, 0, tzinfo=UTC))

    assert advance.actions[0].data == {"until": "2026-10-10"}  # 1 to 7 October are off; Saturday the 10th makes up


def test_a_script_without_an_answer_changes_nothing():
    definition = RUNTIME.define(scripted("{n: m + 1}"))

    with pytest.raises(ExpressionInvalid) as caught:
        RUNTIME.start(definition, "i1", {"n": 1}, NOW)

    assert caught.value.facts["reason"] == "unknown_name"
