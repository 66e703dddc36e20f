"""Operations outside: a row of the outbox for the token that waits, carried out after the commit until it succeeds."""

from engine.commands.work.bench import Work
from engine.domain.case import Case
from engine.domain.errors import Invalid
from engine.runtime.contract import Action
from engine.store.instances import Instance

CHANNELS = {"call_web_hook": "web_hook", "open_linked_case": "linked_case", "notify": "sms"}
LONGEST_RECIPIENT = 80


def call(work: Work, case: Case, instance: Instance, action: Action) -> None:
    """Put an operation into the outbox; its key is the token's id. Raises Invalid where nobody can be reached."""
    recipient, facts = _addressed(case, action)
    work.unit.post.send(
        {
            "dedupe_key": action.id,
            "case_id": case.id,
            "instance_id": instance.id,
            "token_id": action.id,
            "channel": CHANNELS[action.operation],
            "recipient": recipient[:LONGEST_RECIPIENT],
            "template": str(action.parameters.get("template", action.operation))[:40],
            "facts": {**facts, "element": action.element_id},
        },
        work.now,
    )
    work.record("operation.asked", case.id, operation=action.operation, element=action.element_id, call=action.id)


def _addressed(case: Case, action: Action) -> tuple[str, dict[str, object]]:
    """Return whom a call goes to, and what it says."""
    given = dict(action.parameters)
    if action.operation == "notify":
        if given["to"] != "applicant" or not case.phone:
            raise Invalid(reason="unreachable", to=given["to"])
        return case.phone, {"number": case.number, "code": case.query_code}
    if action.operation == "call_web_hook":
        body = given.get("body", {})
        return str(given["url"]), {"url": str(given["url"]), "body": body, "number": case.number}
    return str(given["process"]), {"process": str(given["process"]), "values": given["values"]}
