"""The self-check: at the start, every night, and by hand. It only looks; what it finds is kept for an administrator."""

import logging
from collections.abc import Callable, Iterator

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from engine.bus import Bus
from engine.commands.keep_self_check import KeepSelfCheck
from engine.domain.actors import SYSTEM, Actor
from engine.domain.errors import EngineError
from engine.domain.self_check import Finding, Report
from engine.readmodels.due import waits_of
from engine.readmodels.self_check import records, work_in_hand
from engine.runtime.contract import Running, StoredState
from engine.store.definitions import Definitions
from engine.store.instances import Instance, Instances

logger = logging.getLogger(__name__)


def self_check(bus: Bus, sessions: Callable[[], Session], occasion: str, actor: Actor = SYSTEM) -> Report:
    """Return what was found, and keep it."""
    began_at, calendar = bus.clock.now(), bus.calendar()
    with sessions() as session:
        checked = records.counts(session)
        findings = records.flattened(
            [
                work_in_hand.idle_cases(session),
                work_in_hand.orphaned_tasks(session),
                work_in_hand.mismatched_holders(session),
                work_in_hand.stray_timers(session),
                work_in_hand.moved_timers(session, calendar),
                work_in_hand.unfounded_flags(session),
                work_in_hand.causeless_messages(session),
                records.broken_chains(session),
                records.broken_ledgers(session, calendar),
                records.changed_documents(session),
                list(_processes(bus, session)),
            ]
        )
    report = Report(occasion, began_at, bus.clock.now(), checked, findings)
    bus.execute(KeepSelfCheck(report=report), actor)
    if findings:
        logger.error("the self-check found %d things", len(findings))
    return report


def _processes(bus: Bus, session: Session) -> Iterator[Finding]:
    """Yield stored processes that do not verify, and timers without exactly one row."""
    connection: Connection = session.connection()
    rows = waits_of(session)
    for instance in Instances(connection).unfinished():
        try:
            wanted = _wanted(bus, connection, instance)
        except EngineError as error:
            yield Finding("state_damaged", instance.case_id, instance.id, error.code)
            continue
        there = rows.get(instance.id, set())
        yield from (Finding("timer_missing", instance.case_id, instance.id, name) for name in sorted(wanted - there))
        yield from (Finding("timer_extra", instance.case_id, instance.id, name) for name in sorted(there - wanted))


def _wanted(bus: Bus, connection: Connection, instance: Instance) -> set[str]:
    """Return the timers that a stored process waits for; raises StateDamaged and other errors of the runtime."""
    process = bus.equipment.library.get(Definitions(connection), instance.definition_digest)
    state = StoredState(text=instance.state, version=instance.state_version, mac=instance.state_mac)
    running = Running(instance.id, state)
    return {timer.id for timer in bus.equipment.runtime.timers(process.definition, running, bus.clock.now())}
