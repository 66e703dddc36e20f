"""What holds for any table, any data and any file."""

import json
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.dmn import check, read_model
from engine.dmn.errors import DecisionFailed
from tests.dmn.models import SURROUNDINGS, ask, asked, decision, model, output, table

SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parent / "data").glob("*.dmn"))]
ROUTING = read_model(model(decision("派单", table([["> 10", '"甲"'], ["<= 10", '"乙"']]))))
LETTERS = ("甲", "乙", "丙")

numbers = st.integers(-50, 50)
ranges = st.tuples(numbers, numbers).map(sorted).map(lambda ends: f"[{ends[0]}..{ends[1]}]")
cells = st.one_of(st.just("-"), ranges, numbers.map(lambda number: f">= {number}"), numbers.map(str))
rules = st.lists(st.tuples(cells, st.sampled_from(LETTERS)), min_size=1, max_size=6)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)

Rules = Sequence[tuple[str, str]]


def by(policy: str, made: Rules, amount: int) -> object:
    """Return what a table of these rules says under a policy; the letters rank as 甲, 乙, 丙."""
    ranked = output("部门", values=", ".join(f'"{letter}"' for letter in LETTERS))
    rows = [[cell, f'"{letter}"'] for cell, letter in made]
    return ask(model(decision("派单", table(rows, policy=policy, outputs=[ranked]))), "派单", strict=False, 金额=amount)


@given(rules, numbers)
def test_every_policy_draws_from_the_rules_that_fire(made: Rules, amount: int):
    fired = by("RULE ORDER", made, amount)

    assert by("COLLECT", made, amount) == fired
    assert by("COLLECT+COUNT", made, amount) == len(fired)
    assert by("OUTPUT ORDER", made, amount) == sorted(fired, key=LETTERS.index)
    assert by("FIRST", made, amount) == next(iter(fired), None)
    assert by("PRIORITY", made, amount) == min(fired, key=LETTERS.index, default=None)
    assert by("UNIQUE", made, amount) == (fired[0] if len(fired) == 1 else None)
    assert by("ANY", made, amount) == (fired[0] if len(set(fired)) == 1 else None)


@given(rules, numbers)
def test_the_record_tells_the_rules_that_fired(made: Rules, amount: int):
    rows = [[cell, f'"{letter}"'] for cell, letter in made]

    result = asked(model(decision("派单", table(rows, policy="COLLECT"))), "派单", 金额=amount)

    numbers_of_rules = [rule["rule"] for rule in result.record.fired()]
    assert [made[number - 1][1] for number in numbers_of_rules] == result.value
    assert numbers_of_rules == sorted(numbers_of_rules)


@given(rules, numbers)
def test_a_rule_that_cannot_fire_changes_nothing(made: Rules, amount: int):
    assert by("COLLECT", [*made, ("false", "丙")], amount) == by("COLLECT", made, amount)


@given(json_values)
def test_any_data_gives_an_answer_or_a_failure_that_names_its_place(value: object):
    try:
        result = ROUTING.evaluate("派单", {"金额": value}, surroundings=SURROUNDINGS)
    except DecisionFailed as failure:
        assert failure.place.node  # noqa: PT017  # either end is right
    else:
        assert json.dumps(result.as_json())


@given(st.sampled_from(SAMPLES), st.data())
def test_a_damaged_file_is_read_or_refused_and_raises_nothing_else(sample: bytes, data: st.DataObject):
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, min(len(sample), start + 40)))

    problems = check(sample[:start] + data.draw(st.binary(max_size=6)) + sample[end:])

    assert all(problem.code and problem.message for problem in problems)


@given(st.binary(max_size=80))
def test_any_bytes_are_refused(content: bytes):
    assert check(content) != []


@given(st.text(alphabet='甲乙 <>=!.,()[]{}"?-+*/1234567890andorifthenelse金额', max_size=30))
def test_any_cell_compiles_or_is_refused(cell: str):
    problems = check(model(decision("派单", table([[cell, "1"]]))))

    assert {problem.code for problem in problems} <= {"expression.invalid", "expression.limit", "markup.active"}
