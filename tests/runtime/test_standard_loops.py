"""Standard loops: again and again while a condition holds."""

import pytest

from tests.runtime.drawing import (
    END,
    START,
    diagram,
    line,
    user,
)
from tests.runtime.walking import Walk


def looped(marks: str) -> bytes:
    """Return begin → a (again and again) → z → finish."""
    loop = f"<standardLoopCharacteristics {marks}</standardLoopCharacteristics>"
    return diagram(START, user("a", loop), user("z"), END, line("begin", "a", "z", "finish"))


@pytest.mark.parametrize(
    ("marks", "answers"),
    [
        ("><loopCondition>a_form.more</loopCondition>", [True, True, False]),
        ('loopMaximum="2"><loopCondition>a_form.more</loopCondition>', [True, True]),
        ('loopMaximum="3">', [True, True, True]),
        ('testBefore="true"><loopCondition>a_form.n &lt; 2</loopCondition>', [True]),
    ],
)
def test_a_loop_goes_on_while_its_condition_holds(marks: str, answers: list[bool]):
    walk = Walk(looped(marks), a_form={"n": 1, "more": True})

    for more in answers:
        assert walk.open == ["a"]
        walk.done("a", a_form={"n": 5, "more": more})

    assert walk.open == ["z"]


def test_a_loop_that_asks_first_may_not_run_at_all():
    model = looped('testBefore="true"><loopCondition>x.more</loopCondition>')

    assert Walk(model, x={"more": False}).open == ["z"]
