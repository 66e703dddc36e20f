"""Random walks on random diagrams: after every event the same tasks are open as the little interpreter says."""

from itertools import count
from random import Random

import pytest

from tests.runtime.blocks import Block, drawn, random_block
from tests.runtime.walking import Walk

ANSWERS = ["", "1", "2", "12", "again"]
DIAGRAMS = 60
WALKS = 3  # on each diagram
STEPS = 25


def step(walk: Walk, left: Block, chance: Random) -> Block | None:
    """Let one thing happen to both; return what is left."""
    events = [("task", task) for task in sorted(set(left.open()))] + [("signal", s) for s in sorted(left.signals())]
    kind, name = chance.choice(events)
    if kind == "signal":
        walk.told("signal", name)
        return left.told(name)
    answer = chance.choice(ANSWERS)
    walk.done(name, answer=answer)
    return left.done(name, answer)


def walked(seed: int) -> list[tuple[list[str], list[str]]]:
    """Return, for one random diagram, what was open and what should have been, step by step."""
    chance = Random(seed)  # noqa: S311  # no secret: a diagram
    block = random_block(chance, 3, count())
    model, seen = drawn(block), list[tuple[list[str], list[str]]]()
    for _ in range(WALKS):
        walk, left = Walk(model, answer=""), block
        seen.append((walk.open, sorted(left.open())))
        for _ in range(STEPS):
            left = step(walk, left, chance)
            seen.append((walk.open, sorted(left.open()) if left else ["finished"] * (not walk.last.finished)))
            if left is None:
                break
    return seen


@pytest.mark.parametrize("seed", range(DIAGRAMS))
def test_the_same_tasks_are_open_as_the_blocks_say(seed: int):
    assert [(found, expected) for found, expected in walked(seed) if found != expected] == []
