"""The interface: names, caching, data, functions as values, types of the user, limits."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.feel import (
    Date,
    FeelLimitExceeded,
    FeelRuntimeError,
    Function,
    Limits,
    StrictNull,
    Surroundings,
    compile_expression,
    compile_unary_tests,
    from_json,
    names_in_data,
    text_of,
    to_json,
)
from engine.feel.errors import FeelWarning


class Light(StrEnum):
    """A text with a name, as the rest of the program has them."""

    RED = "red"


def test_a_text_is_compiled_once() -> None:
    first = compile_expression("金额 > 缓存上限")

    assert compile_expression("金额 > 缓存上限") is first
    assert compile_expression("金额 > 缓存上限", names=["金额"]) is first
    assert compile_expression("金额 > 缓存上限", names=["申请 金额"]) is not first


def test_the_names_are_those_that_only_the_data_explain() -> None:
    compiled = compile_expression("for x in 材料 return x.页数 + 加页 + count(材料[页数 > 起点])", names=["a b"])

    assert compiled.names == {"材料", "加页"}
    assert compiled.possible_names == {"页数", "起点"}
    assert compile_expression("get or else(甲, 乙)").names == {"乙"}
    assert compile_unary_tests("> 上限").names == {"上限"}
    assert compiled.text.startswith("for x")


def test_a_name_of_several_words_is_read_as_one_only_when_known() -> None:
    assert compile_expression("申请 金额 - 1", names=["申请 金额"]).names == {"申请 金额"}
    assert compile_expression("a-b", names=["a-b"]).names == {"a-b"}
    assert compile_expression("a - b", names=["a-b"]).names == {"a", "b"}
    assert compile_expression("a-b").names == {"a", "b"}


def test_the_longest_known_name_wins() -> None:
    data = {"年": 1, "年 度": 2, "年 度 数": 3}

    assert compile_expression("年 度 数", names=data).evaluate(data) == 3
    assert compile_expression("年 度", names=data).evaluate(data) == 2


def test_a_full_width_sign_in_an_unknown_name_is_pointed_out() -> None:
    with pytest.raises(StrictNull, match="there is no 金额＞１００ here; it contains a full-width sign"):
        compile_expression("金额＞１００").evaluate({"金额": 250})


def test_a_declared_name_ends_with_its_construct() -> None:
    text = "count(for a-b in [1] return a-b) + a-b"

    assert compile_expression(text).evaluate({"a": 5, "b": 2}) == 4


def test_a_field_named_like_a_function_hides_only_the_name_not_the_call() -> None:
    compiled = compile_expression('count > 2 and date(date) = date("2026-03-31") and count([1]) = 1')

    assert compiled.evaluate({"count": 3, "date": "2026-03-31"}) is True


def test_a_function_of_the_data_is_called_but_replaces_no_built_in_one() -> None:
    double = Function(("n",), lambda _, arguments: arguments[0] * 2)

    assert compile_expression("double(4) + double(n: 1)").evaluate({"double": double}) == 10
    assert compile_expression("abs(-4)").evaluate({"abs": double}) == 4


def test_a_function_keeps_the_data_among_which_it_was_made() -> None:
    made = compile_expression("function(x) x + 附加").evaluate({"附加": 10})

    assert compile_expression("f(1) + 附加").evaluate({"f": made, "附加": 100}) == 111


def test_a_function_keeps_the_names_around_it() -> None:
    assert compile_expression("(for n in [1, 2] return function(x) x * n)[2](5)").evaluate({}) == 10


def test_types_of_the_user_come_with_the_surroundings() -> None:
    surroundings = Surroundings(types={"t 金额": lambda value: isinstance(value, Decimal)})
    compiled = compile_expression("x instance of list<t 金额>", names=["t 金额"])

    assert compiled.evaluate({"x": [1, 2]}, surroundings=surroundings) is True
    assert compiled.evaluate({"x": ["a"]}, surroundings=surroundings) is False


def test_today_is_asked_in_the_zone_of_the_instant() -> None:
    night = datetime(2026, 3, 31, 23, 30, tzinfo=UTC).astimezone(ZoneInfo("Asia/Shanghai"))

    assert compile_expression("today()").evaluate({}, surroundings=Surroundings(now=night)) == Date(2026, 4, 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 3, 31), "2026-03-31"),
        (datetime(2026, 3, 31, 9, 30, tzinfo=UTC), "2026-03-31T09:30:00Z"),
        (datetime(2026, 3, 31, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "2026-03-31T09:30:00@Asia/Shanghai"),
        (datetime(2026, 3, 31, 9, 30, tzinfo=timezone(timedelta(hours=8))), "2026-03-31T09:30:00+08:00"),
        (time(9, 30, 15, 500_000), "09:30:15.5"),
        (timedelta(days=1, hours=2), "P1DT2H"),
        (Light.RED, "red"),
        (1.5, "1.5"),
        (float("nan"), "null"),
        (10**40, "1" + "0" * 40),
        ((1, "a"), '[1, "a"]'),
        ({"甲": [None, True]}, "{甲: [null, true]}"),
    ],
)
def test_python_values_become_feel_values(value: Any, text: str) -> None:
    assert text_of(from_json(value)) == text
    assert text_of(compile_expression("v").evaluate({"v": value})) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.50", 1.5),
        ("3.0", 3),
        ("10 ** 30", 10**30),
        ("[1, {a: null}]", [1, {"a": None}]),
        ('@"2026-03-31T09:30:00@Asia/Shanghai"', "2026-03-31T09:30:00@Asia/Shanghai"),
        ('@"P1Y"', "P1Y"),
    ],
)
def test_feel_values_become_json(text: str, value: object) -> None:
    assert to_json(compile_expression(text).evaluate({})) == value


@pytest.mark.parametrize("text", ["[1..2]", "function(x) x", "1e6000", "[count]"])
def test_what_json_cannot_hold_is_an_error(text: str) -> None:
    value = compile_expression(text).evaluate({})

    with pytest.raises(FeelRuntimeError):
        to_json(value)


@pytest.mark.parametrize("value", [object(), b"bytes", {1, 2}, open, type])
def test_a_value_of_python_that_feel_does_not_know_is_an_error(value: object) -> None:
    with pytest.raises(FeelRuntimeError, match="is not a FEEL value"):
        compile_expression("v = null").evaluate({"v": value})


def test_an_offset_that_feel_does_not_have_is_an_error() -> None:
    with pytest.raises(FeelRuntimeError, match="from -18:00 to"):
        from_json(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=20))))


def test_data_nested_too_deeply_are_an_error() -> None:
    value: Any = 1
    for _ in range(50):
        value = [value]

    with pytest.raises(FeelRuntimeError):
        from_json(value)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("for i in 1..1000, j in 1..1000 return i", "steps"),
        ("for i in 1..20001 return i", "items"),
        ('for i in 1..30 return if i = 1 then "x" else partial[-1] + partial[-1]', "characters"),
        ("{f: function(n) f(n)}.f(1)", "calls"),
        ("string join(for i in 1..200 return s, s)", "characters"),
        ("flatten((for i in 1..60 return if i = 1 then [1] else [partial[-1]])[-1])", "nesting"),
        ("(function(f) f(f))(function(f) f(f))", "calls"),
        ('matches("a", s)', "pattern"),
    ],
)
def test_a_limit_says_its_name(text: str, limit: str) -> None:
    with pytest.raises(FeelLimitExceeded) as caught:
        compile_expression(text).evaluate({"s": "x" * 600}, strict=False)

    assert caught.value.limit == limit


def test_recursion_that_python_cannot_hold_is_a_limit_too() -> None:
    deep = Surroundings(limits=Limits(calls=100_000, steps=10**9))

    with pytest.raises(FeelLimitExceeded, match="nesting"):
        compile_expression("{f: function(n) f(n + 1)}.f(1)").evaluate({}, surroundings=deep)


def test_a_list_that_grows_beyond_its_limit_is_refused() -> None:
    short = Surroundings(limits=Limits(items=10))

    with pytest.raises(FeelLimitExceeded, match="items"):
        compile_expression("for i in 1..5, j in 1..5 return i").evaluate({}, surroundings=short)


def test_the_names_in_data_are_those_of_several_words_at_any_depth() -> None:
    data = {"金额": 1, "申请 金额": 2, "人": {"名 字": 3}, "表": [{"行 号": 4}, 5], '"': 6}

    assert names_in_data(data) == {"申请 金额", "名 字", "行 号"}


def test_a_number_beyond_decimal128_is_an_error() -> None:
    with pytest.raises(FeelRuntimeError):
        from_json(Decimal("1e7000"))


def test_a_compiled_expression_shows_its_text() -> None:
    assert repr(compile_expression("1 + 1")) == "Compiled('1 + 1')"


def test_limits_come_with_the_surroundings() -> None:
    narrow = Surroundings(limits=Limits(steps=20))

    with pytest.raises(FeelLimitExceeded, match="steps = 20"):
        compile_expression("for i in 1..20 return i").evaluate({}, surroundings=narrow)


def test_a_shared_tree_is_too_large_for_json() -> None:
    tree = compile_expression("(for i in 1..30 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]").evaluate(
        {}
    )

    with pytest.raises(FeelLimitExceeded):
        to_json(tree)


def test_warnings_are_worded_by_their_facts() -> None:
    assert str(FeelWarning("no_entry", {"name": "姓", "hint": ""})) == "there is no entry 姓"
    assert str(FeelWarning("code_of_another_room", {})) == "code_of_another_room"
