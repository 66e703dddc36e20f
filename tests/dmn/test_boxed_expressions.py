"""Boxed expressions, each by itself."""

import pytest

from engine.dmn.errors import DecisionFailed
from tests.dmn.models import ask, context, decision, function, literal, model, text


def answer(logic: str, *, strict: bool = True, **inputs: object) -> object:
    return ask(model(decision("决定", logic)), "决定", strict=strict, **inputs)


def test_a_literal_expression_is_its_value():
    assert answer(literal("件数 * 2 + 1"), 件数=3) == 7


def test_the_entries_of_a_context_see_those_before_them():
    logic = context(基数=literal("3"), 合计=literal("基数 + 4"))

    assert answer(logic) == {"基数": 3, "合计": 7}


def test_the_last_entry_without_a_name_is_the_contexts_result():
    logic = context(基数=literal("3"), result=literal("基数 * 基数"))

    assert answer(logic) == 9


def test_a_list_holds_its_items():
    assert answer(f"<list>{literal('1')}{text('二')}</list>") == [1, "二"]


def test_a_relation_is_a_list_of_contexts():
    columns = '<column name="环节"/><column name="天数"/>'
    rows = f"<row>{text('受理')}{literal('1')}</row><row>{text('办理')}{literal('5')}</row>"

    assert answer(f"<relation>{columns}{rows}</relation>") == [
        {"环节": "受理", "天数": 1},
        {"环节": "办理", "天数": 5},
    ]


def test_a_function_definition_can_be_called_by_later_entries():
    logic = context(加倍=function("数:number", literal("数 * 2")), result=literal("加倍(4) + 加倍(数: 1)"))

    assert answer(logic) == 10


def test_a_function_remembers_the_scope_it_was_made_in():
    logic = context(底=literal("100"), 加底=function("数", literal("数 + 底")), result=literal("加底(5)"))

    assert answer(logic) == 105


def test_an_invocation_binds_its_parameters_by_name():
    first = f'<binding><parameter name="减数"/>{literal("3")}</binding>'
    second = f'<binding><parameter name="被减数"/>{literal("10")}</binding>'
    called = f"<invocation>{literal('减')}{first}{second}</invocation>"
    logic = context(减=function("被减数 减数", literal("被减数 - 减数")), result=called)

    assert answer(logic) == 7


def test_an_invocation_may_call_a_built_in_function():
    binding = f'<binding><parameter name="list"/>{literal("[1, 2, 6]")}</binding>'

    assert answer(f"<invocation>{literal('mean')}{binding}</invocation>") == 3


def test_an_invocation_of_what_is_no_function_fails():
    with pytest.raises(DecisionFailed) as failure:
        answer(f"<invocation>{literal('5')}</invocation>")

    assert failure.value.reason == "call"


@pytest.mark.parametrize(("days", "word"), [(9, "长"), (1, "短")])
def test_a_conditional_takes_one_branch(days: int, word: str):
    logic = (
        f"<conditional><if>{literal('天数 > 5')}</if><then>{text('长')}</then><else>{text('短')}</else></conditional>"
    )

    assert answer(logic, 天数=days) == word


def test_a_conditional_without_a_truth_value_has_no_answer():
    logic = f"<conditional><if>{text('是')}</if><then>{literal('1')}</then><else>{literal('2')}</else></conditional>"

    with pytest.raises(DecisionFailed):
        answer(logic)
    assert answer(logic, strict=False) is None


@pytest.mark.parametrize(
    ("match", "kept"),
    [
        ("item > 2", [3, 5]),
        ("2", 3),  # a number takes the item at that position
        ("-1", 5),
    ],
)
def test_a_filter_keeps_what_matches(match: str, kept: object):
    logic = f"<filter><in>{literal('[1, 3, 5]')}</in><match>{literal(match)}</match></filter>"

    assert answer(logic) == kept


def test_a_filter_without_a_truth_value_has_no_answer():
    logic = f"<filter><in>{literal('[1, 3, 5]')}</in><match>{text('是')}</match></filter>"

    with pytest.raises(DecisionFailed):
        answer(logic)
    assert answer(logic, strict=False) is None


def test_a_filter_sees_the_entries_of_its_items():
    logic = f"<filter><in>{literal('案件')}</in><match>{literal('天数 > 3')}</match></filter>"

    assert answer(logic, 案件=[{"天数": 2}, {"天数": 8}]) == [{"天数": 8}]


def test_a_for_makes_a_list():
    logic = f'<for iteratorVariable="日"><in>{literal("[1..3]")}</in><return>{literal("日 * 10")}</return></for>'

    assert answer(logic) == [10, 20, 30]


def test_a_for_may_look_at_the_list_so_far():
    body = literal("数 + sum(append(partial, 0))")
    logic = f'<for iteratorVariable="数"><in>{literal("[1, 2, 3]")}</in><return>{body}</return></for>'

    assert answer(logic) == [1, 3, 7]


@pytest.mark.parametrize(
    ("tag", "condition", "verdict"),
    [
        ("some", "数 > 4", True),
        ("some", "数 > 9", False),
        ("every", "数 > 0", True),
        ("every", "数 > 1", False),
    ],
)
def test_some_and_every_ask_each_item(tag: str, condition: str, verdict: bool):
    inner = f"<in>{literal('[1, 3, 5]')}</in><satisfies>{literal(condition)}</satisfies>"

    assert answer(f'<{tag} iteratorVariable="数">{inner}</{tag}>') is verdict


@pytest.mark.parametrize("tag", ["some", "every"])
def test_a_quantifier_without_truth_values_is_null(tag: str):
    inner = f"<in>{literal('[1, 3]')}</in><satisfies>{text('是')}</satisfies>"

    assert answer(f'<{tag} iteratorVariable="数">{inner}</{tag}>', strict=False) is None


def test_an_iteration_over_nothing_fails():
    logic = f'<for iteratorVariable="数"><in>{literal("null")}</in><return>{literal("数")}</return></for>'

    with pytest.raises(DecisionFailed):
        answer(logic)


def test_a_date_of_the_surroundings_is_that_of_the_case():
    assert answer(literal("string(today())")) == "2026-03-02"
