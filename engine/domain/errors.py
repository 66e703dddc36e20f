"""
What can go wrong, as facts. The web words them (`web/wording.py`).

EngineError
├── NotFound            no such case, task, flag, document …
├── Refused             the actor has no right to do it
├── Invalid             what was asked for is not right (a form, a date, a diagram)
│   ├── DiagramRefused  a model that the runtime would not run faithfully
│   ├── CalendarEnds    a date outside the calendar's table
│   └── ExtensionRefused  asked or approved too late, or a second time
├── HookFailed          a web hook that cannot be called, or says no
│   └── HookUnanswered  one that may answer another time
├── FontsMissing        no font on this machine sets Chinese, so no document can be made
└── Conflict            right in itself, but the world has moved on
    ├── TaskClosed      the task was done, cancelled or withdrawn meanwhile
    ├── CaseClosed      the case is closed
    ├── StateDamaged    stored state whose version or MAC does not match
    └── Stale           somebody else changed the row first
"""

from typing import ClassVar


class EngineError(Exception):
    """The root: a stable `code` and facts, never a sentence."""

    code: ClassVar[str] = "engine_error"

    def __init__(self, **facts: object) -> None:
        """Keep the facts for whoever words the error."""
        super().__init__(self.code, facts)
        self.facts: dict[str, object] = facts


class NotFound(EngineError):
    """There is no such thing, or the actor may not know of it."""

    code = "not_found"


class Refused(EngineError):
    """The actor has no right to do this."""

    code = "refused"


class Invalid(EngineError):
    """What was asked for is not right in itself."""

    code = "invalid"


class DiagramRefused(Invalid):
    """A model that cannot be run faithfully; `problems` lists element, code and line."""

    code = "diagram_refused"


class CalendarEnds(Invalid):
    """A date outside the table of days; `day` says which."""

    code = "calendar_ends"


class ExtensionRefused(Invalid):
    """An extension asked for or approved after due, or for a second time; `reason` is a code."""

    code = "extension_refused"


class FontsMissing(EngineError):
    """No font on this machine sets Chinese; `install` names the package that brings one."""

    code = "fonts_missing"


class HookFailed(EngineError):
    """A web hook cannot be called as asked, or has refused: `reason` is a code; trying again is of no use."""

    code = "hook_failed"


class HookUnanswered(HookFailed):
    """A web hook gave no answer, or one that may be another next time."""

    code = "hook_unanswered"


class Conflict(EngineError):
    """Right in itself, but the world has moved on."""

    code = "conflict"


class TaskClosed(Conflict):
    """The task was done, cancelled or withdrawn meanwhile; `closed_by`, `closed_at` where known."""

    code = "task_closed"


class CaseClosed(Conflict):
    """The case is closed."""

    code = "case_closed"


class StateDamaged(Conflict):
    """Stored workflow state whose serializer version or MAC does not match; the case waits for an administrator."""

    code = "state_damaged"


class Stale(Conflict):
    """Somebody else changed it first."""

    code = "stale"
