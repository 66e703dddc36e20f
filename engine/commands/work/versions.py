"""The states of the calendar that have been in force."""

import json

from engine.commands.work.bench import Work
from engine.store.day_tables import TABLES


def keep_version(work: Work) -> None:
    """Keep the state of the calendar in force, as rows by scope, so that it can be built again for good."""
    tables = work.unit.day_tables
    content = {row.scope: {name: tables.plain_rows(name, row.scope) for name in TABLES} for row in tables.scopes()}
    text = json.dumps(content, ensure_ascii=False, default=str)
    work.unit.proposals.keep_version(work.calendar().version, text, work.actor.id, work.now)
