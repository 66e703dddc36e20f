"""What a process waits for beside people and time, as rows: messages and signals, answers of operations, incidents."""

from collections.abc import Iterable

from engine.commands.work import incidents
from engine.commands.work.bench import Work
from engine.commands.work.equipment import Process
from engine.domain.case import Case
from engine.runtime.contract import Standing, Wait
from engine.store.instances import Instance


def match(work: Work, case: Case, instance: Instance, process: Process, standing: Standing) -> None:
    """Make the rows equal what an instance waits for now."""
    _match_subscriptions(work, instance, standing.waits)
    work.unit.post.withdraw(instance.id, standing.calls)
    incidents.match(work, case, instance, process, standing)
    if instance.finished_at is not None:
        work.unit.hub.miss(instance.id)


def _match_subscriptions(work: Work, instance: Instance, waits: Iterable[Wait]) -> None:
    wanted = {(wait.token_id, wait.kind, wait.name): wait for wait in waits}
    there = work.unit.hub.subscriptions(instance.id)
    gone = [row.id for row in there if wanted.pop((row.token_id, row.kind, row.name), None) is None]
    work.unit.hub.unsubscribe(gone)
    for wait in wanted.values():
        values = {
            "case_id": instance.case_id,
            "instance_id": instance.id,
            "kind": wait.kind,
            "name": wait.name,
            "key": wait.key,
            "element_id": wait.element_id,
            "token_id": wait.token_id,
            "since": work.at,
        }
        work.unit.hub.subscribe(values)
