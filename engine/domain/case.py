"""A citizen's case, and the tasks people hold for it."""

from dataclasses import dataclass, replace
from datetime import datetime

from engine.domain.actors import Actor
from engine.domain.errors import CaseClosed, Refused, TaskClosed

OVERSEERS = frozenset({"supervisor", "duty_leader", "efficiency_office"})  # may read every case, hold none by that


@dataclass(frozen=True)
class Case:
    """A matter that "can't get done", from registration to closing. Instants in UTC."""

    id: str
    number: str  # BCS-20261124-0001, printed on every paper
    query_code: str  # 12 characters, what the citizen looks it up by
    process: str  # key of the process it runs
    title: str
    applicant: str
    phone: str
    coordinator_id: str  # the day's coordinator at registration; the first contact 首问负责人 for good
    unit_id: str | None
    registered_at: datetime
    closed_at: datetime | None = None
    outcome: str | None = None

    def closed_as(self, outcome: str, at: datetime) -> "Case":
        """Return the case closed with `outcome`; raises CaseClosed when it is closed already."""
        if self.closed_at is not None:
            raise CaseClosed(case=self.id)
        return replace(self, closed_at=at, outcome=outcome)


@dataclass(frozen=True)
class Task:
    """
    One open (or finished) user task of a case.

    `holder_id` is None while it may be claimed by whoever holds `role` (in one of `unit_ids`, where given).
    """

    id: str
    case_id: str
    instance_id: str
    element_id: str
    name: str
    role: str
    form: str | None
    holder_id: str | None
    unit_ids: frozenset[str]
    opened_at: datetime
    status: str = "open"  # open | done | cancelled
    closed_at: datetime | None = None
    closed_by: str | None = None

    def open_to(self, actor: Actor) -> bool:
        """Return whether the actor may work on it: its holder, or a candidate while nobody holds it."""
        if self.holder_id is not None:
            return self.holder_id == actor.id
        return self.role in actor.roles and (not self.unit_ids or actor.unit_id in self.unit_ids)

    def done_by(self, actor: Actor, at: datetime) -> "Task":
        """Return the task as done; raises TaskClosed, Refused."""
        self.require_open()
        if not self.open_to(actor):
            raise Refused(task=self.id, holder=self.holder_id, role=self.role)
        return replace(self, status="done", closed_at=at, closed_by=actor.id, holder_id=self.holder_id or actor.id)

    def anonymous(self) -> "Task":
        """Return the task without a holder: a citizen has no account."""
        return replace(self, holder_id=None)

    def claimed_by(self, actor: Actor) -> "Task":
        """Return the task held by the actor; raises TaskClosed, Refused (not a candidate, or held by another)."""
        self.require_open()
        if not self.open_to(actor):
            raise Refused(task=self.id, holder=self.holder_id, role=self.role)
        return replace(self, holder_id=actor.id)

    def unclaimed(self) -> "Task":
        """Return the task offered again to all it was offered to (退签); its clock goes on. Raises TaskClosed."""
        self.require_open()
        return replace(self, holder_id=None)

    def given_to(self, holder_id: str) -> "Task":
        """Return the task held by somebody else (转办); its clock goes on. Raises TaskClosed."""
        self.require_open()
        return replace(self, holder_id=holder_id)

    def cancelled_at(self, at: datetime) -> "Task":
        """Return the task as withdrawn by the diagram."""
        return replace(self, status="cancelled", closed_at=at)

    def require_open(self) -> None:
        """Raise TaskClosed unless the task is open."""
        if self.status != "open":
            raise TaskClosed(task=self.id, case=self.case_id, closed_by=self.closed_by, closed_at=self.closed_at)
