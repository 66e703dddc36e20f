"""Expressions in diagrams: what they answer, and that what has no answer is an error and never false."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.runtime.expressions import ExpressionInvalid, around, assigned, evaluate, is_assignments, mistakes_in, truth

EVENING = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)  # 01:00 of the next day in Shanghai
VALUES = {
    "triage": {"decision": "on_spot", "count": 3, "urgent": True, "none": None, "share": 0.5},
    "研判": {"结论": "现场办理"},
    "办理 天数": 3,
    "names": ["a"],
}


class EveryDay:
    """A calendar without holidays."""

    def is_working(self, _day: date, /) -> bool:
        """Say yes."""
        return True

    def add_working_days(self, day: date, days: int, /) -> date:
        """Count them all."""
        return day + timedelta(days=days)

    def working_days_between(self, after: date, until: date, /) -> int:
        """Count them all."""
        return (until - after).days


AROUND = around(EVENING, EveryDay())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('triage.decision = "on_spot"', True),
        ('= triage.decision = "on_spot"', True),  # Camunda 8 writes the sign in front
        ("triage.count in [1..3] and triage.share < 1", True),
        ('triage.decision in ("a", "on_spot")', True),
        ("triage.none = null", True),
        ('研判.结论 = "现场办理" and 办理 天数 >= 3', True),
        ("some name in names satisfies name = triage.decision", False),
        ('today() = date("2026-11-26")', True),  # the instant's day in Shanghai, not in London
        ('add working days(today(), 3) = date("2026-11-29")', True),
        ("is working day(today())", True),
    ],
)
def test_conditions_are_answered(text: str, expected: bool):
    assert truth(evaluate(text, VALUES, AROUND)) is expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2", 0.3),
        ("triage.count * 2", 6),
        ("today()", {"@": "2026-11-26"}),  # a day stays a day: engine/runtime/exact.py
        ('{total: triage.count + 1, "说明": 研判.结论}', {"total": 4, "说明": "现场办理"}),
        ("for name in names return upper case(name)", ["A"]),
    ],
)
def test_values_come_back_as_json_has_them(text: str, value: object):
    assert evaluate(text, VALUES, AROUND) == value


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("  ", "empty_expression", (1, 1)),
        ("triage.decision == 1", "double_equals", (1, 17)),
        ("triage.decision = 'a'", "single_quotes", (1, 19)),
        ("true and\n  (false", "unexpected_end", (2, 9)),
        ("${bean.run()}", "foreign_expression", (1, 1)),
        ("lambda: 1", "unexpected_text", (1, 7)),
        ("().__class__", "unexpected_text", (1, 2)),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, reason: str, place: tuple[int, int]):
    with pytest.raises(ExpressionInvalid) as caught:
        evaluate(text, VALUES, AROUND)

    facts = caught.value.facts
    assert (facts["reason"], (facts["line"], facts["column"])) == (reason, place)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('trige.decision = "a"', "unknown_name"),
        ('triage.descision = "a"', "no_entry"),
        ("triage.decision.length = 1", "no_property"),
        ("triage.__class__ = 1", "no_entry"),
        ("names.append = 1", "no_property"),
        ('triage.count = "3"', "different_types"),  # a number is no text: never a silent false
        ("triage.urgent < 2", "not_comparable"),
        ("triage.none < 1", "not_comparable"),
        ('triage.count in ("3", "4")', "not_a_condition"),
        ("contains(triage.count, triage.decision)", "argument_type"),
        ("triage.count", "not_a_condition"),
        ("triage.none", "not_a_condition"),
        ("triage.decision and 1 = 1", "not_boolean"),
        ("not(triage.count)", "not_boolean"),
        ("1 / 0 > 1", "division_by_zero"),
        ('__import__("os")', "unknown_name"),
        ("[1..3]", "not_storable"),
        ("function(x) x", "not_storable"),
        ("a" * 5000, "limit_exceeded"),
        ("(" * 70 + "true" + ")" * 70, "limit_exceeded"),
        ("count(for i in 1..100000 return i) > 1", "limit_exceeded"),
    ],
)
def test_what_has_no_answer_is_an_error_and_never_false(text: str, reason: str):
    with pytest.raises(ExpressionInvalid) as caught:
        truth(evaluate(text, VALUES, AROUND))

    assert caught.value.facts["reason"] == reason


def test_working_days_without_a_calendar_are_an_error():
    with pytest.raises(ExpressionInvalid) as caught:
        evaluate("add working days(today(), 3)", VALUES, around(EVENING, None))

    assert caught.value.facts["reason"] == "no_calendar"


def test_a_script_sets_the_entries_of_its_context_the_later_ones_from_the_earlier():
    assert assigned("{days: triage.count + 1, late: days > 3}", VALUES, AROUND) == {"days": 4, "late": True}


@pytest.mark.parametrize("text", ["triage.count", "[{a: 1}]", "x = 1", "get entries({a: 1})"])
def test_a_script_that_is_no_context_is_refused(text: str):
    assert not is_assignments(text)
    with pytest.raises(ExpressionInvalid) as caught:
        assigned(text, VALUES, AROUND)

    assert caught.value.facts["reason"] == "not_assignments"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("triage.decision = nothing.there", []),  # what the data hold is known only later
        ('__import__("os")', ["unknown_function"]),
        ("substring(1)", ["wrong_arguments"]),
        ('date("2026-02-30") < today()', ["invalid_date"]),
        ("{a: 1, a: 2}", ["duplicate_key"]),
        ("1 +", ["unexpected_end"]),
    ],
)
def test_certain_mistakes_are_found_before_any_data_come(text: str, codes: list[str]):
    assert [mistake.code for mistake in mistakes_in(text)] == codes
