"""What is refused, and that what we run is not."""

import re
from pathlib import Path

import pytest

from engine.domain.errors import DiagramRefused
from engine.runtime import codes
from engine.runtime.house import There
from tests.runtime.drawing import (
    END,
    HEAD,
    START,
    boundary,
    deadline,
    diagram,
    end,
    flow,
    handler,
    inner,
    line,
    on,
    simple,
    user,
)
from tests.runtime.refused import CLOCK, COLOURED, REFUSED, activity, choice, clock, documented, with_timer
from tests.runtime.refused_decisions import REFUSED_DECISIONS
from tests.runtime.refused_messages import REFUSED_MESSAGES
from tests.runtime.walking import RUNTIME

ALL = [*REFUSED, *REFUSED_DECISIONS, *REFUSED_MESSAGES]
TOLD = {"flow.no_default"}  # a designer should look at it; it is no reason to refuse
ROOM = Path(codes.__file__).parent


@pytest.mark.parametrize(("code", "xml"), [pytest.param(c, x, id=f"{c}: {why}") for c, x, why in ALL])
def test_it_is_refused_by_its_code(code: str, xml: bytes):
    problems = RUNTIME.check(xml, There(set(), {"notify"}, set(), {"m": {"d": ("n",)}}))

    assert code in {problem.code for problem in problems if problem.refused}


def test_every_code_has_a_model_that_earns_it():
    assert {code for code, _, _ in ALL} == set(codes.CODES) - TOLD


def test_a_choice_without_a_default_is_told_to_the_designer_and_run():
    model = choice("", flow("x", "a", "true"), flow("x", "finish", "false"))

    assert [(p.code, p.refused) for p in RUNTIME.check(model)] == [("flow.no_default", False)]
    assert RUNTIME.define(model).process_id == "p"


def test_every_code_in_the_room_is_in_the_table():
    said = {found for path in ROOM.glob("*.py") for found in re.findall(r'"([a-z]+\.[a-z_]+)"', path.read_text())}

    assert {code for code in said if code.partition(".")[0] in {c.partition(".")[0] for c in codes.CODES}} == set(
        codes.CODES
    )


@pytest.mark.parametrize(
    "xml",
    [
        simple(),
        b"\xef\xbb\xbf" + simple(),
        b'<?xml version="1.0" encoding="UTF-8"?>\r\n' + simple(),
        documented("含 &lt;、&amp;、a &lt; b 和 JavaScript 一词;data: 3 天"),  # words are no markup
        COLOURED.replace(b"%s", b"#E53935"),
        choice('default="x-finish"', flow("x", "a", "f.a = true"), flow("x", "finish")),
        with_timer(deadline('clock="k" at="due" offset="-1"') + "<timeDuration>P5D</timeDuration>", CLOCK),
        with_timer("<timeDuration>PT8H</timeDuration>"),
        simple().replace(b"</process>", b'<textAnnotation id="n"><text>x</text></textAnnotation></process>'),
        simple('<association id="x" sourceRef="a" targetRef="begin"/>'),
        HEAD.encode() + b'<collaboration id="c"><participant id="pool" processRef="p"/></collaboration>'
        + simple().removeprefix(HEAD.encode()),
    ],
)  # fmt: skip
def test_what_we_run_is_not_refused(xml: bytes):
    assert RUNTIME.check(xml, There({"a_form"}, {"notify"}, set(), {})) == []
    assert RUNTIME.define(xml).process_id == "p"


@pytest.mark.parametrize(
    "caught",
    [
        boundary("t", "sub", on("error", "bad")) + user("l") + line("t", "l", "finish"),
        boundary("t", "sub", on("error")) + user("l") + line("t", "l", "finish"),
        handler("h", on("error", "bad"), "l"),
    ],
)
def test_an_error_that_is_caught_further_out_needs_nobody_to_carry_it(caught: str):
    inside = inner("sub", '<startEvent id="ib"/>', end("ie", on("error", "bad")), line("ib", "ie"))
    model = diagram(START, inside, caught, END, line("begin", "sub", "finish"),
                    declared='<error id="bad" name="bad" errorCode="E1"/>')  # fmt: skip

    assert RUNTIME.check(model, There(carries=())) == []


def test_a_problem_says_where():
    problem = RUNTIME.check(activity('<irrelevantTask id="a">\n<incoming>x</incoming></irrelevantTask>'))[0]

    assert (problem.element, problem.line) == ("a", 1)


def test_defining_a_refused_model_lists_every_problem():
    with pytest.raises(DiagramRefused) as caught:
        RUNTIME.define(simple(user("b"), user("c")))

    listed = caught.value.facts["problems"]
    assert isinstance(listed, list)
    assert {problem.element for problem in listed} == {"b", "c"}


def test_without_knowing_which_forms_there_are_names_are_not_checked():
    assert RUNTIME.check(simple()) == []


def test_a_definition_is_what_the_diagram_says():
    extended = '<gov:extension limit="10" unit="workday" setting="s"/><gov:pausable kinds="听证 检验"/>'
    model = clock('id="k" limit="3" unit="workday" startsOn="enter:a" warn="1" basis="b"', extended)

    definition = RUNTIME.define(model)

    rule = definition.clocks["k"]
    assert (rule.limit, rule.unit, rule.warn, rule.hosts) == (3, "workday", 1, ("a",))
    assert (rule.extension_limit, rule.extension_times, rule.pausable) == (10, 1, ("听证", "检验"))
    assert (definition.start_element, definition.forms) == ("begin", {"a": "a_form"})


def test_the_same_bytes_give_the_same_definition():
    assert RUNTIME.define(simple()) is RUNTIME.define(simple())
