"""
Random diagrams made of blocks, and a small interpreter of their own that says what must be open after each event.

The interpreter knows nothing of tokens or flows: a block is what is left of it. `open()` are the tasks that wait,
`signals()` what would be heard, `done(task, answer)` and `told(signal)` what is left afterwards, None for nothing.
"""
# ruff: noqa: D102  # the four questions are the same for every block and stand above

from dataclasses import dataclass, replace
from itertools import count
from random import Random

from tests.runtime.drawing import END, START, boundary, diagram, end, flow, gateway, inner, line, on, user, wait


@dataclass(frozen=True)
class Task:
    """One user task."""

    key: str

    def open(self) -> list[str]:
        return [self.key]

    def done(self, task: str, _answer: str) -> "Block | None":
        return None if task == self.key else self

    def told(self, _signal: str) -> "Block | None":
        return self

    def signals(self) -> set[str]:
        return set()


@dataclass(frozen=True)
class Row:
    """Blocks one after the other."""

    parts: "tuple[Block, ...]"

    def open(self) -> list[str]:
        return self.parts[0].open()

    def done(self, task: str, answer: str) -> "Block | None":
        return self._after(self.parts[0].done(task, answer))

    def told(self, signal: str) -> "Block | None":
        return self._after(self.parts[0].told(signal))

    def signals(self) -> set[str]:
        return self.parts[0].signals()

    def _after(self, first: "Block | None") -> "Block | None":
        left = self.parts[1:] if first is None else (first, *self.parts[1:])
        return Row(left) if left else None


@dataclass(frozen=True)
class Choice:
    """A task whose answer opens ways: one of them, or every one it names; "" is the default, the first."""

    key: str
    ways: "tuple[Block, ...]"
    is_inclusive: bool

    def open(self) -> list[str]:
        return [self.key]

    def done(self, task: str, answer: str) -> "Block | None":
        if task != self.key:
            return self
        taken = [way for place, way in enumerate(self.ways) if str(place) in answer and place] or [self.ways[0]]
        return Beside(tuple(taken if self.is_inclusive else taken[:1]))

    def told(self, _signal: str) -> "Block | None":
        return self

    def signals(self) -> set[str]:
        return set()


@dataclass(frozen=True)
class Beside:
    """Blocks at the same time."""

    parts: "tuple[Block, ...]"

    def open(self) -> list[str]:
        return [task for part in self.parts for task in part.open()]

    def done(self, task: str, answer: str) -> "Block | None":
        return self._left([part.done(task, answer) for part in self.parts])

    def told(self, signal: str) -> "Block | None":
        return self._left([part.told(signal) for part in self.parts])

    def signals(self) -> set[str]:
        return {signal for part in self.parts for signal in part.signals()}

    def _left(self, parts: "list[Block | None]") -> "Block | None":
        left = tuple(part for part in parts if part is not None)
        return Beside(left) if left else None


@dataclass(frozen=True)
class Loop:
    """A block that is gone through again while the task after it says so."""

    body: "Block"
    key: str
    now: "Block | None"  # what is left of this round; None when the task asks

    def open(self) -> list[str]:
        return [self.key] if self.now is None else self.now.open()

    def done(self, task: str, answer: str) -> "Block | None":
        if self.now is not None:
            return replace(self, now=self.now.done(task, answer))
        if task != self.key:
            return self
        return replace(self, now=self.body) if answer == "again" else None

    def told(self, signal: str) -> "Block | None":
        return self if self.now is None else replace(self, now=self.now.told(signal))

    def signals(self) -> set[str]:
        return set() if self.now is None else self.now.signals()


@dataclass(frozen=True)
class Stage:
    """A sub-process; a signal at its boundary ends it and opens a task instead, or opens one beside it."""

    key: str
    body: "Block"
    interrupts: bool

    def open(self) -> list[str]:
        return self.body.open()

    def done(self, task: str, answer: str) -> "Block | None":
        left = self.body.done(task, answer)
        return None if left is None else replace(self, body=left)

    def told(self, signal: str) -> "Block | None":
        if signal == f"s_{self.key}" and self.interrupts:
            return Task(f"late_{self.key}")
        left = self.body.told(signal)
        return None if left is None else replace(self, body=left)

    def signals(self) -> set[str]:
        own = {f"s_{self.key}"} if self.interrupts else set[str]()
        return own | self.body.signals()


@dataclass(frozen=True)
class Race:
    """Waits for one of two signals; each opens its own way."""

    key: str
    ways: "tuple[Block, ...]"

    def open(self) -> list[str]:
        return []

    def done(self, _task: str, _answer: str) -> "Block | None":
        return self

    def told(self, signal: str) -> "Block | None":
        return {f"s_{self.key}_0": self.ways[0], f"s_{self.key}_1": self.ways[1]}.get(signal, self)

    def signals(self) -> set[str]:
        return {f"s_{self.key}_0", f"s_{self.key}_1"}


Block = Task | Row | Choice | Beside | Loop | Stage | Race


def random_block(chance: Random, depth: int, numbers: "count[int]") -> Block:
    """Return a random block at most so deep."""
    key = f"k{next(numbers)}"
    kind = chance.choice(["task", "row", "row", "xor", "or", "and", "loop", "stage", "race"]) if depth else "task"

    def some(least: int, most: int) -> tuple[Block, ...]:
        return tuple(random_block(chance, depth - 1, numbers) for _ in range(chance.randint(least, most)))

    if kind == "row":
        return Row(some(2, 3))
    if kind in ("xor", "or"):
        return Choice(key, some(2, 3), kind == "or")
    if kind == "and":
        return Beside(some(2, 3))
    if kind == "loop":
        body = random_block(chance, depth - 1, numbers)
        return Loop(body, key, body)
    if kind == "stage":
        return Stage(key, random_block(chance, depth - 1, numbers), chance.random() < 0.7)
    return Task(key) if kind == "task" else Race(key, some(2, 2))


class Drawer:
    """Draws a block as BPMN: nodes first, then flows."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.nodes: list[str] = []
        self.flows: list[str] = []
        self.declared: list[str] = []
        self.numbers = count()

    def draw(self, block: Block, begin: str) -> str:
        """Draw a block after the node `begin`; return the node it ends at."""
        return getattr(self, f"_{type(block).__name__.lower()}")(block, begin)

    def _task(self, block: Task, begin: str) -> str:
        return self._put(user(block.key), block.key, begin)

    def _row(self, block: Row, begin: str) -> str:
        for part in block.parts:
            begin = self.draw(part, begin)
        return begin

    def _beside(self, block: Beside, begin: str) -> str:
        split, join = self._pair("parallel")
        self.flows.append(flow(begin, split))
        for part in block.parts:
            self.flows.append(flow(self.draw(part, split), join))
        return join

    def _choice(self, block: Choice, begin: str) -> str:
        kind = "inclusive" if block.is_inclusive else "exclusive"
        begin = self._put(user(block.key), block.key, begin)
        split, join = self._pair(kind)
        place = self.nodes.index(gateway(kind, split))
        ways = [f"{split}_{number}" for number in range(len(block.ways))]
        self.nodes[place] = gateway(kind, split, f'default="{ways[0]}"')
        self.flows.append(flow(begin, split))
        for number, (way, part) in enumerate(zip(ways, block.ways, strict=True)):
            mark = f"pass_{way}"  # every way begins with a merge, so that a flow of the choice has one target
            self.nodes.append(gateway("exclusive", mark))
            self.flows.append(flow(split, mark, f'contains(answer, "{number}")' if number else "", key=way))
            self.flows.append(flow(self.draw(part, mark), join))
        return join

    def _loop(self, block: Loop, begin: str) -> str:
        merge, split = self._pair("exclusive")
        place = self.nodes.index(gateway("exclusive", split))
        self.nodes[place] = gateway("exclusive", split, f'default="{split}_out"')
        out = f"out_{split}"
        self.nodes.append(gateway("exclusive", out))
        self.flows.append(flow(begin, merge))
        last = self._put(user(block.key), block.key, self.draw(block.body, merge))
        self.flows += [flow(last, split), flow(split, merge, 'answer = "again"'), flow(split, out, key=f"{split}_out")]
        return out

    def _stage(self, block: Stage, begin: str) -> str:
        within = Drawer()
        within.numbers, within.declared = self.numbers, self.declared
        last = within.draw(block.body, f"b_{block.key}")
        within.flows.append(flow(last, f"e_{block.key}"))
        inside = [f'<startEvent id="b_{block.key}"/>', *within.nodes, end(f"e_{block.key}"), *within.flows]
        self._put(inner(block.key, *inside), block.key, begin)
        if not block.interrupts:
            return block.key
        self.declared.append(f'<signal id="s_{block.key}" name="s_{block.key}"/>')
        out = f"out_{block.key}"
        late = f"late_{block.key}"
        event = boundary(f"t_{block.key}", block.key, on("signal", f"s_{block.key}"))
        self.nodes += [event, user(late), gateway("exclusive", out)]
        self.flows.append(line(block.key, out) + line(f"t_{block.key}", late, out))
        return out

    def _race(self, block: Race, begin: str) -> str:
        gate, out = f"g_{block.key}", f"out_{block.key}"
        self.nodes += [gateway("eventBased", gate), gateway("exclusive", out)]
        self.flows.append(flow(begin, gate))
        for number, part in enumerate(block.ways):
            name = f"s_{block.key}_{number}"
            self.declared.append(f'<signal id="{name}" name="{name}"/>')
            self._put(wait(f"w{name}", on("signal", name)), f"w{name}", gate)
            self.flows.append(flow(self.draw(part, f"w{name}"), out))
        return out

    def _put(self, node: str, key: str, begin: str) -> str:
        self.nodes.append(node)
        self.flows.append(flow(begin, key))
        return key

    def _pair(self, kind: str) -> tuple[str, str]:
        number = next(self.numbers)
        keys = f"x{number}", f"y{number}"
        self.nodes += [gateway(kind, key) for key in keys]
        return keys


def drawn(block: Block) -> bytes:
    """Return a block as the model of a process."""
    drawer = Drawer()
    drawer.flows.append(flow(drawer.draw(block, "begin"), "finish"))
    return diagram(START, *drawer.nodes, END, *drawer.flows, declared="".join(drawer.declared))
