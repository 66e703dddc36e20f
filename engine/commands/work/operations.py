"""What a service task of a diagram may ask for, carried out in the transaction of the step that passed it."""

from collections.abc import Callable

from engine.commands.work.bench import Work
from engine.commands.work.equipment import Process
from engine.commands.work.extending import extend_clock
from engine.commands.work.flagging import raise_flag, record_answer, settle_flag
from engine.commands.work.papers import issue_document
from engine.commands.work.request import Request
from engine.commands.work.telling import message_applicant, tell_role
from engine.domain.case import Case
from engine.runtime.contract import Action
from engine.store.instances import Instance


def close_case(request: Request) -> None:
    """Close the case; the outcome is named by the diagram or taken from a submitted form."""
    work, parameters = request.work, request.parameters
    form, _, name = parameters.get("outcomeFrom", "").partition(".")
    submitted = work.unit.tasks.submitted(request.instance.id).get(form, {})
    outcome = str(submitted.get(name) or parameters.get("outcome", "done"))
    closed = request.case.closed_as(outcome, work.at)
    work.unit.cases.save(closed)
    title = request.process.manifest["outcomes"].get(outcome, outcome)
    work.record("case.closed", closed.id, outcome=outcome, title=title)


def notify(request: Request) -> None:
    """Tell the applicant by text message, or everybody of a role in the application."""
    template, reader = request.parameters["template"], request.parameters["to"]
    if reader == "applicant":
        message_applicant(request.work, request.case, template, request.action_id, {})
    else:
        facts = {"key": request.action_id, "number": request.case.number}
        tell_role(request.work, reader, template, request.case.id, facts)


OPERATIONS: dict[str, Callable[[Request], None]] = {
    "raise_flag": raise_flag,
    "record_answer": record_answer,
    "settle_flag": settle_flag,
    "issue_document": issue_document,
    "extend_clock": extend_clock,
    "close_case": close_case,
    "notify": notify,
}


def carry_out(work: Work, case: Case, instance: Instance, process: Process, action: Action) -> None:
    """Carry out one operation; raises what the operation names, and the whole step is undone."""
    OPERATIONS[action.operation](
        Request(
            work=work,
            case=case,
            instance=instance,
            process=process,
            action_id=action.id,
            element_id=action.element_id,
            parameters=action.parameters,
        )
    )
