"""Bring the answer of an operation outside back to the process that waits for it."""

from dataclasses import dataclass

from engine.commands.work import Work
from engine.commands.work.advancing import answer
from engine.commands.work.firing import catch_up
from engine.domain.errors import Refused


@dataclass(frozen=True, kw_only=True)
class AnswerCall:
    """Mark an operation as carried out and let its token go on with the result (JSON)."""

    outbox_id: str
    result: object = None


def answer_call(command: AnswerCall, work: Work) -> bool:
    """Return whether the token went on: not where the operation was withdrawn or answered before; raises Refused."""
    if "system" not in work.actor.roles:
        raise Refused(what="call")
    seen = work.unit.post.get(command.outbox_id)
    case = catch_up(work, work.unit.cases.lock(seen.case_id or ""))
    call = work.unit.post.get(command.outbox_id)  # as what was due has left it
    if call.status != "waiting" or call.instance_id is None or call.token_id is None:
        return False
    work.unit.post.mark(call.id, status="sent", sent_at=work.now)
    work.record("operation.answered", case.id, operation=call.template, element=call.facts["element"], call=call.id)
    answer(work, case, call.instance_id, call.token_id, command.result)
    return True
