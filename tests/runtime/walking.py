"""Walking a workflow as the engine does: only texts and ids survive from one step to the next."""

from collections.abc import Callable
from datetime import UTC, datetime

from engine.runtime import state
from engine.runtime.advance import Delivery, _parsed
from engine.runtime.contract import Advance, Running, StoredState, WaitingTimer
from tests.conformance.round_trip import RoundTripRuntime

KEY = b"k" * 32
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RUNTIME = RoundTripRuntime(KEY)  # every test takes each single step on what was written after the one before


class Walk:
    """One instance, its open tasks by element, and the last thing that changed."""

    def __init__(self, xml: bytes, process: str | None = None, element: str | None = None, **data: object) -> None:
        """Start an instance of a model's process, the first by default."""
        self.definition = RUNTIME.define(xml, process)
        self.now = NOW
        self.tasks: dict[str, str] = {}  # task id -> element id
        self.last: Advance
        self.running: Running
        self.keep(RUNTIME.start(self.definition, "i1", data, NOW, element=element))

    @property
    def open(self) -> list[str]:
        """Return the elements that wait for people, sorted."""
        return sorted(self.tasks.values())

    @property
    def waiting(self) -> list[str]:
        """Return the elements that wait for time, sorted."""
        return sorted(timer.element_id for timer in self.last.timers)

    def task(self, element: str) -> str:
        """Return the id of the open task of an element."""
        return next(key for key, value in self.tasks.items() if value == element)

    def timer(self, element: str) -> WaitingTimer:
        """Return the waiting timer of an element."""
        return next(timer for timer in self.last.timers if timer.element_id == element)

    def done(self, element: str, **data: object) -> Advance:
        """Complete the task of an element with routing data."""
        task = self.task(element)
        advance = RUNTIME.complete(self.definition, self.running, task, data, self.now)
        del self.tasks[task]
        return self.keep(advance)

    def fire(self, element: str) -> Advance:
        """Let the timer of an element fire."""
        return self.keep(RUNTIME.fire(self.definition, self.running, self.timer(element).id, self.now))

    def told(self, kind: str, name: str, **data: object) -> Advance:
        """Deliver a message or signal."""
        return self.keep(RUNTIME.deliver(self.definition, self.running, Delivery(kind, name, data), self.now))

    def failed(self, element: str, code: str) -> Advance:
        """Let the task of an element end in an error."""
        task = self.task(element)
        del self.tasks[task]
        return self.keep(RUNTIME.fail(self.definition, self.running, task, code, self.now))

    def keep(self, advance: Advance) -> Advance:
        """Go on from what a step has changed."""
        self.tasks |= {task.id: task.element_id for task in advance.opened}
        for closed in advance.cancelled:
            del self.tasks[closed]
        self.last, self.running = advance, Running("i1", advance.state)
        assert_stored_is_all(self)
        return advance


def assert_stored_is_all(walk: Walk) -> None:
    """Reading and writing a state changes not a letter of it, and it knows every task and timer we were told of."""
    specs = _parsed(walk.definition.xml.encode(), walk.definition.process_id)[2]
    again = state.stored(state.restored(walk.running, specs, KEY), "i1", KEY)
    assert again == walk.running.state
    assert {task.id for task in RUNTIME.open_tasks(walk.definition, walk.running)} == set(walk.tasks)
    assert RUNTIME.timers(walk.definition, walk.running, walk.now) == walk.last.timers


def sizes(walk: Walk, visits: int, visit: Callable[[Walk], object]) -> list[int]:
    """Return the length of the stored text after each of some visits."""
    found: list[int] = []
    for _ in range(visits):
        visit(walk)
        found.append(len(walk.last.state.text))
    return found


def forged(stored: StoredState, **changed: str) -> StoredState:
    """Return a stored state of which somebody changed something."""
    return StoredState(**{**stored.__dict__, **changed})
