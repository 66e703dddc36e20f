"""
The tables, plain SQLAlchemy Core. One metadata for the engine, the read models and the migrations.

Instants are stored in UTC and come back aware on both databases. What may happen once is a constraint (R4).
"""

from engine.store.tables.cases import definition, draft, gov_case, process_instance, rating, task, task_holding
from engine.store.tables.columns import metadata
from engine.store.tables.people import account, account_role, attempt, duty, installation, setting, unit, web_session
from engine.store.tables.records import counter, document, event, flag, notice, outbox, self_check
from engine.store.tables.time import (
    calendar_closure,
    calendar_day,
    calendar_hours,
    calendar_proposal,
    calendar_scope,
    calendar_version,
    calendar_year,
    case_clock,
    clock_event,
    timer,
)

__all__ = [
    "account",
    "account_role",
    "attempt",
    "calendar_closure",
    "calendar_day",
    "calendar_hours",
    "calendar_proposal",
    "calendar_scope",
    "calendar_version",
    "calendar_year",
    "case_clock",
    "clock_event",
    "counter",
    "definition",
    "document",
    "draft",
    "duty",
    "event",
    "flag",
    "gov_case",
    "installation",
    "metadata",
    "notice",
    "outbox",
    "process_instance",
    "rating",
    "self_check",
    "setting",
    "task",
    "task_holding",
    "timer",
    "unit",
    "web_session",
]
