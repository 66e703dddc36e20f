"""What an administrator may do to a running instance: move a token, change data, change the version."""

import pytest

from engine.domain.errors import Invalid, TaskClosed
from engine.runtime.contract import Definition
from engine.runtime.interventions import InterventionRuntime
from tests.conformance.round_trip import RoundTripRuntime
from tests.runtime.drawing import END, START, diagram, end, flow, gateway, line, on, timer, user
from tests.runtime.walking import KEY, RUNTIME, Walk, assert_stored_is_all

DECLARED = '<message id="paid" name="已缴费"/>'


class Both(RoundTripRuntime, InterventionRuntime):
    """Intervenes, and writes and reads the state after each single step."""


STEERED = Both(KEY)


def plain(*more: str, between: tuple[str, ...] = ("a", "b", "c")) -> bytes:
    """Return a process of tasks in a row."""
    return diagram(START, *map(user, between), *more, END, line("begin", *between, "finish"), declared=DECLARED)


def branches() -> bytes:
    """Return a process with a task before, two branches of two tasks, and a task after their join."""
    parts = [user(name) for name in ("before", "x1", "x2", "y1", "y2", "after")]
    flows = (line("begin", "before", "f", "x1", "x2", "j", "after", "finish"), line("f", "y1", "y2", "j"))
    return diagram(START, gateway("parallel", "f"), gateway("parallel", "j"), *parts, END, *flows)


def moved(walk: Walk, element: str, to: str) -> None:
    """Move the token of an open task."""
    advance = STEERED.move(walk.definition, walk.running, walk.task(element), to, walk.now)
    walk.keep(advance)


def targets(walk: Walk) -> dict[str, tuple[str, ...]]:
    """Return where each token may go."""
    return {place.element_id: place.targets for place in STEERED.places(walk.definition, walk.running)}


def migrated(walk: Walk, xml: bytes) -> Definition:
    """Move an instance to another version."""
    target = RUNTIME.define(xml)
    advance = STEERED.migrate(walk.definition, walk.running, target, walk.now)
    walk.definition = target
    walk.keep(advance)
    return target


def obstacles(walk: Walk, xml: bytes) -> list[tuple[str, str]]:
    """Return what is in the way of a version."""
    found = STEERED.obstacles(walk.definition, walk.running, RUNTIME.define(xml))
    return [(obstacle.reason, obstacle.element) for obstacle in found]


def test_a_token_is_moved_forward_and_back_and_the_flow_goes_on_from_there():
    walk = Walk(plain())

    moved(walk, "a", "c")
    assert walk.open == ["c"]
    moved(walk, "c", "b")
    walk.done("b")

    assert walk.open == ["c"]
    assert walk.done("c").finished


def test_what_hung_on_a_moved_task_goes_with_it():
    walk = Walk(plain(timer("t", "a", True), user("late"), end("e2"), line("t", "late", "e2")))
    left = walk.task("a")

    moved(walk, "a", "b")

    assert (walk.last.cancelled, walk.waiting) == ((left,), [])


def test_a_token_moves_where_the_same_joins_count_on_it():
    walk = Walk(branches())
    before = targets(walk)
    walk.done("before")

    assert before == {"before": ("after",)}
    assert targets(walk) == {"x1": ("x2",), "y1": ("y2",)}


def test_no_move_leaves_a_join_waiting_for_ever():
    walk = Walk(branches())
    walk.done("before")

    with pytest.raises(Invalid, match="no_target"):
        moved(walk, "x1", "after")
    moved(walk, "x1", "x2")
    walk.done("x2")
    walk.done("y1")
    walk.done("y2")

    assert walk.open == ["after"]


def test_only_a_token_that_waits_can_be_moved():
    walk = Walk(plain())
    gone = walk.task("a")
    walk.done("a")

    with pytest.raises(TaskClosed):
        STEERED.move(walk.definition, walk.running, gone, "c", walk.now)


def test_a_token_that_waits_for_a_message_can_be_moved():
    receive = '<receiveTask id="r" messageRef="paid"/>'
    walk = Walk(diagram(START, receive, user("a"), END, line("begin", "r", "a", "finish"), declared=DECLARED))
    place = STEERED.places(walk.definition, walk.running)[0]

    walk.keep(STEERED.move(walk.definition, walk.running, place.token_id, "a", walk.now))

    assert (walk.open, walk.last.waits) == (["a"], ())


def test_changed_data_are_what_the_next_gateway_sees():
    flows = (line("begin", "a", "g"), flow("g", "c"), flow("g", "b", "n = 2"), line("b", "e1"), line("c", "e2"))
    choice = gateway("exclusive", "g", 'default="g-c"')
    walk = Walk(diagram(START, user("a"), choice, user("b"), user("c"), end("e1"), end("e2"), *flows), n=1)

    walk.keep(STEERED.change_data(walk.definition, walk.running, {"n": 2}, walk.now))
    walk.done("a")

    assert STEERED.data(walk.definition, walk.running) == {"n": 2}
    assert walk.open == ["b"]


def test_a_case_goes_on_in_the_new_version_with_its_tasks_and_timers():
    walk = Walk(plain(timer("t", "a", False), user("late"), end("e2"), line("t", "late", "e2")), kept=1)
    before = walk.task("a"), walk.timer("t")

    migrated(
        walk,
        plain(timer("t", "a", False), user("late"), end("e2"), line("t", "late", "e2"), between=("a", "new", "c")),
    )

    assert (walk.task("a"), walk.timer("t")) == before
    walk.done("a")
    assert walk.open == ["new"]
    assert STEERED.data(walk.definition, walk.running) == {"kept": 1}


def test_events_at_a_boundary_come_and_go_with_the_version():
    late = (user("late"), end("e2"))
    with_timer = plain(timer("t", "a", True), *late, line("t", "late", "e2"))
    with_message = plain(
        f'<boundaryEvent id="m" attachedToRef="a">{on("message", "paid")}</boundaryEvent>', *late,
        line("m", "late", "e2"),
    )  # fmt: skip
    walk = Walk(with_timer)

    migrated(walk, with_message)

    assert (walk.waiting, [wait.name for wait in walk.last.waits]) == ([], ["已缴费"])
    migrated(walk, with_timer)
    assert (walk.waiting, walk.last.waits) == (["t"], ())


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (plain(between=("b", "c")), [("gone", "a")]),
        (
            diagram(START, '<receiveTask id="a" messageRef="paid"/>', user("b"), user("c"), END,
                    line("begin", "a", "b", "c", "finish"), declared=DECLARED),
            [("kind", "a")],
        ),
        (plain().replace(b'key="a_form"', b'key="other"'), [("form", "a")]),
        (
            plain().replace(
                b"</userTask>", b"<standardLoopCharacteristics><loopCondition>false</loopCondition>"
                b"</standardLoopCharacteristics></userTask>", 1),
            [("repetition", "a")],
        ),
    ],
    ids=["gone", "kind", "form", "repetition"],
)  # fmt: skip
def test_what_stands_in_the_way_is_named_and_nothing_moves(xml: bytes, expected: list[tuple[str, str]]):
    walk = Walk(plain())

    assert obstacles(walk, xml) == expected
    with pytest.raises(Invalid, match="not_migratable"):
        migrated(walk, xml)
    assert_stored_is_all(walk)


def test_a_token_at_a_join_needs_its_flow_in_the_new_version():
    walk = Walk(branches())
    walk.done("before")
    walk.done("x1")
    walk.done("x2")

    assert obstacles(walk, branches().replace(b'"x2-j"', b'"other"')) == [("flow", "j")]


def test_steps_that_are_over_may_be_gone_in_the_new_version():
    walk = Walk(plain())
    walk.done("a")

    migrated(walk, plain(between=("b", "c")))

    assert walk.open == ["b"]
    walk.done("b")
    assert walk.done("c").finished
