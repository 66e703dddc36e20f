"""Extending a clock: once, approved, and before it is due (行政许可法42 by analogy; seed document 2)."""

from engine.commands.work.request import Request
from engine.commands.work.timekeeping import enter, retime
from engine.domain.errors import ExtensionRefused, NotFound


def extend_clock(request: Request) -> None:
    """Extend the clock the diagram names; raises ExtensionRefused (late, twice, not_allowed), NotFound."""
    work = request.work
    running = [c for c in work.unit.clocks.running(request.instance.id) if c.key == request.parameters["clock"]]
    if not running:
        raise NotFound(what="clock")
    clock = running[0]
    if not clock.rule["extension_limit"]:
        raise ExtensionRefused(reason="not_allowed", clock=clock.name)
    if clock.extended:
        raise ExtensionRefused(reason="twice", clock=clock.name)
    if clock.due_at is not None and work.at > clock.due_at:
        raise ExtensionRefused(reason="late", clock=clock.name, due_at=clock.due_at)
    amount = clock.rule["extension_limit"]
    enter(work, clock.id, "extend", amount=amount, due_before=clock.due_at)
    moved = retime(work, clock)
    work.record(
        "clock.extended",
        request.case.id,
        clock=clock.key,
        name=clock.name,
        amount=amount,
        due_before=str(clock.due_date),
        due_after=str(moved.due_date),
    )
