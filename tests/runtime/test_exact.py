"""FEEL values in the data of a case: the same value after any number of writings and readings."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.errors import Invalid
from engine.feel import Date, DateTime, FeelError, MonthsDuration, Time, TimeDuration, compile_expression
from engine.runtime import exact
from engine.runtime.expressions import ExpressionInvalid
from tests.runtime.drawing import END, START, diagram, flow, gateway, line, service, user
from tests.runtime.walking import Walk

DAY = 24 * 3600 * 10**9
ZONES = st.one_of(st.none(), st.integers(-50_000, 50_000), st.sampled_from(["Asia/Shanghai", "Europe/Paris"]))
DAYS = st.builds(Date, st.integers(-20_000, 999_999_999), st.integers(1, 12), st.integers(1, 28))
CLOCK = (st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.integers(0, 10**9 - 1))
TIMES = st.builds(Time, *CLOCK, ZONES)
NUMBERS = st.builds(
    lambda digits, exponent: Decimal(f"{digits}e{exponent}"),
    st.integers(-(10**34) + 1, 10**34 - 1),
    st.integers(-60, 60),
)
SINGLE = st.one_of(
    st.none(),
    st.booleans(),
    st.text(),
    NUMBERS,
    DAYS,
    TIMES,
    st.builds(DateTime, DAYS, TIMES),
    st.builds(MonthsDuration, st.integers(-(10**9), 10**9)),
    st.builds(TimeDuration, st.integers(-(10**9) * DAY, 10**9 * DAY)),
)
NAMES = st.text(min_size=1).filter(lambda name: name not in ("@", "#", "typename"))
VALUES = st.recursive(SINGLE, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4))


@given(VALUES)
def test_any_value_comes_back_from_json_as_it_was(value: Any):
    stored = exact.kept(value)
    again = exact.read(json.loads(json.dumps(stored)))

    assert as_feel(again) == value
    assert exact.kept(as_feel(again)) == stored


def as_feel(value: Any) -> Any:
    """Return what an expression sees of a value that was read."""
    return compile_expression("v").evaluate_with_warnings({"v": value})[0]


@pytest.mark.parametrize(
    ("value", "stored", "outside"),
    [
        (Decimal(3), 3, 3),
        (Decimal("0.3"), 0.3, 0.3),
        (Decimal("0.1234567890123456789"), {"#": "0.1234567890123456789"}, 0.12345678901234568),
        (Decimal("1e400"), {"#": "1E+400"}, "1E+400"),  # beyond a float: a text, outside
        (Date(2026, 3, 31), {"@": "2026-03-31"}, "2026-03-31"),
        ([TimeDuration(DAY)], [{"@": "P1D"}], ["P1D"]),
        ({"至": MonthsDuration(3)}, {"至": {"@": "P3M"}}, {"至": "P3M"}),
    ],
)
def test_a_value_is_marked_only_where_json_would_lose_it(value: Any, stored: Any, outside: Any):
    assert exact.kept(value) == stored
    assert exact.plain(stored) == outside


@pytest.mark.parametrize("text", ['{"@": "2026-03-31"}', '{"#": 1}', '{typename: "Task"}', "[1..3]", "function(x) x"])
def test_what_would_be_taken_for_something_else_is_not_stored(text: str):
    with pytest.raises(FeelError):
        exact.kept(compile_expression(text).evaluate({}))


SCRIPT = "{share: 1 / 3, 期限: date(&quot;2026-03-31&quot;) + @&quot;P1M&quot;, wait: @&quot;PT36H&quot;}"
WAITING = diagram(
    START, f'<scriptTask id="s"><script>{SCRIPT}</script></scriptTask>', service("op"), user("a"), user("b"), END,
    gateway("exclusive", "x", 'default="x-b"'), line("begin", "s", "op", "a", "x"), line("b", "finish"),
    flow("x", "finish", "share = 1 / 3 and 期限.month = 4 and 期限 + wait = @&quot;2026-05-01&quot;"),
    flow("x", "b"),
)  # fmt: skip


def test_what_a_script_counted_is_the_same_after_the_case_was_read_again():
    walk = Walk(WAITING)

    assert '"期限":{"@":"2026-04-30"}' in walk.last.state.text
    assert walk.done("a").finished


def test_what_leaves_the_runtime_is_plain():
    data = Walk(WAITING).last.actions[0].data

    assert (data["期限"], data["wait"]) == ("2026-04-30", "P1DT12H")
    assert data["share"] == pytest.approx(1 / 3)


@pytest.mark.parametrize("given_in", [{"@": "2026-03-31"}, {"#": "1"}, {"typename": "x"}])
def test_a_mark_cannot_be_handed_in(given_in: dict[str, str]):
    walk = Walk(diagram(START, user("a"), END, line("begin", "a", "finish")))

    with pytest.raises(Invalid, match="reserved_key"):
        walk.done("a", a={"deep": [given_in]})


def test_a_script_cannot_make_one_either():
    with pytest.raises(ExpressionInvalid):
        Walk(WAITING.replace(b"share: 1 / 3", b"share: {typename: 1}"))
