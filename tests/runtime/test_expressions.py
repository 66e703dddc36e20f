"""Conditions: the small part of FEEL we read, and all that we do not."""

import pytest

from engine.runtime.expressions import ExpressionInvalid, evaluate, truth

VALUES = {
    "triage": {"decision": "on_spot", "count": 3, "urgent": True, "none": None, "share": 0.5},
    "研判": {"结论": "现场办理"},
    "names": ["a"],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('triage.decision = "on_spot"', True),
        ('= triage.decision = "on_spot"', True),  # Camunda 8 writes the sign in front
        ('triage.decision != "on_spot"', False),
        ("triage.count < 4 and triage.count >= 3", True),
        ("triage.count > 3 or triage.count <= 2", False),
        ("triage.share = 0.5", True),
        ("triage.count > -1", True),
        ('triage.decision in ("a", "on_spot")', True),
        ("triage.count in (1, 2)", False),
        ("triage.urgent", True),
        ("not(triage.urgent)", False),
        ("not(triage.count = 4) and (triage.urgent or false)", True),
        ("triage.none = null", True),
        ("triage.count = null", False),
        ("triage.count != null", True),
        ('研判.结论 = "现场办理"', True),
        ('contains(研判.结论, "现场")', True),
        ("count(names) >= 1", True),
        ("true or triage.nothing", True),  # the left side decides
        ("1 = 1.0", True),
        ('"and" = "and"', True),  # a word in quotes is a text
    ],
)
def test_conditions_are_answered(text: str, expected: bool):
    assert truth(evaluate(text, VALUES)) is expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("a" * 5000, "too_long"),
        ("(" * 70 + "true" + ")" * 70, "too_deep"),
        ("not(" * 70 + "true" + ")" * 70, "too_deep"),
        ("triage.decision == 1", "value_expected"),
        ("triage.decision = 'a'", "unreadable"),
        ("1 = 1 = 1", "unexpected"),
        ("true true", "unexpected"),
        ("(true", "bracket_missing"),
        ("not true", "bracket_expected"),
        ("1 in 2", "list_expected"),
        ("and", "value_expected"),
        ("1 +", "unreadable"),
        ("contains(triage)", "arguments"),
        ("contains(1, 2", "arguments"),
        ("${bean.run()}", "unreadable"),
        ("__import__('os').system('x')", "unreadable"),
        ('__import__("os")', "unexpected"),
        ("().__class__", "unreadable"),
        ("triage[0]", "unreadable"),
        ("lambda: 1", "unreadable"),
        ("date(1)", "unexpected"),
        ('"a\\"b" = 1', "unreadable"),
        ("a; b", "unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, reason: str):
    with pytest.raises(ExpressionInvalid) as caught:
        evaluate(text, VALUES)

    assert caught.value.facts["reason"] == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('trige.decision = "a"', "unknown_name"),
        ('triage.descision = "a"', "unknown_name"),
        ("triage.decision.length = 1", "unknown_name"),
        ("triage.__class__ = 1", "unknown_name"),
        ("names.append = 1", "unknown_name"),
        ('triage.count = "3"', "not_comparable"),  # a number is no text: never a silent false
        ("triage.urgent = 1", "not_comparable"),
        ("triage.urgent < 2", "not_comparable"),
        ("triage.none < 1", "not_comparable"),
        ('triage.count in ("3", "4")', "not_comparable"),
        ("contains(triage.count, triage.decision)", "not_comparable"),
        ("count(triage.count) = 1", "not_comparable"),
        ("triage.count", "not_a_condition"),
        ("triage.none", "not_a_condition"),
        ("triage.decision and 1 = 1", "not_a_condition"),
        ("not(triage.count)", "not_a_condition"),
    ],
)
def test_what_has_no_answer_is_an_error_and_never_false(text: str, reason: str):
    with pytest.raises(ExpressionInvalid) as caught:
        truth(evaluate(text, VALUES))

    assert caught.value.facts["reason"] == reason


@pytest.mark.parametrize("text", ["a " * 2000, '"' * 4001, "a." * 2000, "((((" * 1000, "1 and " * 600, "-" * 4000])
def test_long_nonsense_is_refused(text: str):
    with pytest.raises(ExpressionInvalid):
        evaluate(text, {})
