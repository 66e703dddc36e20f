"""Who has a part in a case and may speak on its tasks, and what they have to say."""

from engine.commands.work.bench import Work
from engine.domain.case import OVERSEERS, Case, Task
from engine.domain.errors import Invalid, NotFound

REVIEW_ROLES = ("flag_subject", "efficiency_office")  # a flag is answered and decided apart from the case
TEAM = ("team_deputy", "team_lead")
SHORTEST_TEXT = 4  # characters
LONGEST_TEXT = 2000


def require_part(work: Work, case: Case, task: Task) -> None:
    """Raise NotFound unless the actor oversees cases, or has or had a task in this one, or coordinates it."""
    who = work.actor
    if task.role in REVIEW_ROLES and task.holder_id != who.id:
        raise NotFound(what="task")
    if who.has_any(*OVERSEERS, *TEAM) or case.coordinator_id == who.id:
        return
    if task.status == "open" and task.open_to(who):
        return
    if not work.unit.tasks.took_part(case.id, who.id):
        raise NotFound(what="task")


def said(text: str, missing: str) -> str:
    """Return a text without the space around it; raises Invalid, with `missing` as reason, where it says too little."""
    found = text.strip()
    if not SHORTEST_TEXT <= len(found) <= LONGEST_TEXT:
        raise Invalid(reason=missing)
    return found
