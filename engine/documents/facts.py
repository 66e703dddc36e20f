"""
The facts each kind of letter states, and the check that they are there.

Facts are JSON values as they were kept with the document. Instants are ISO 8601 in UTC, days are ISO dates; both may be
"" where nothing runs. A key that is not required has its default in `DEFAULTS`. The names in camel case are those of
the form's fields they come from.
"""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict, get_args, get_origin, get_type_hints

from engine.documents.wording import cleaned
from engine.domain.errors import Invalid, NotFound


class CommonFacts(TypedDict):
    """What every letter states."""

    city: str
    centre: str  # the office that issues the letter, in full
    case_number: str
    query_code: str
    query_url: str  # the citizen's page; it goes into the QR code
    title: str  # of the case
    applicant: str  # in full: it is the applicant's own copy
    registered_at: str  # instant
    coordinator: str
    coordinator_phone: str
    complaint_phone: NotRequired[str]  # whom to call when the office does not keep its word
    to_organisation: NotRequired[bool]  # addressed as 贵单位, a person as 您


class ReceiptFacts(CommonFacts):
    """受理回执: what was taken down, and what is promised until when."""

    matter: str
    content: str
    limit: int  # working days
    due_date: str  # day
    provisional: NotRequired[bool]  # the holidays up to the due date are not announced yet


class NotAcceptedFacts(CommonFacts):
    """不予受理告知书: the class of refusal, the reason, and where else to turn."""

    kind: str  # as the window's rules name it; "" where none of them fits
    reason: str
    remedy: str


class TeamSubmissionFacts(CommonFacts):
    """一事一议呈批单: what the coordinator tried, or that the coordinator's time ran out (`lapsed`)."""

    matter: str
    content: str
    lapsed: bool
    limit: int  # working days the team has
    coordinated: str
    disagreement: str
    basis: str
    proposal: str
    externalBodies: str
    due_date: NotRequired[str]  # day


class ExtensionFacts(CommonFacts):
    """延期告知书: why, by whom, and from which day to which."""

    reason: str
    plan: str
    approved_by: str
    due_before: str  # instant the limit would have run out
    due_date: str  # day
    limit: int  # working days before the extension
    extension: int  # working days added
    provisional: NotRequired[bool]


class PlanStep(TypedDict):
    """One step of a plan for what is not done yet."""

    step: str
    by: str  # day


class CompletionFacts(CommonFacts):
    """办结告知书: the result, and for a partial one the steps that follow."""

    partial: bool
    result: str
    steps: list[PlanStep]


class RefusalFacts(CommonFacts):
    """不予办理告知书: the opinion, the law it rests on, and the remedies."""

    conclusionText: str
    legalBasis: str
    remedy: str


class TransferFacts(CommonFacts):
    """转办告知书: the statutory channel the case was handed to."""

    conclusionText: str
    transferTo: str


KINDS: dict[str, type[Any]] = {
    "receipt": ReceiptFacts,
    "not_accepted": NotAcceptedFacts,
    "team_submission": TeamSubmissionFacts,
    "extension": ExtensionFacts,
    "completion": CompletionFacts,
    "refusal": RefusalFacts,
    "transfer": TransferFacts,
}
DEFAULTS: dict[str, Any] = {"complaint_phone": "", "to_organisation": False, "provisional": False, "due_date": ""}
NEVER_BLANK = ("centre", "case_number", "query_code", "query_url", "title", "applicant", "registered_at")
NEVER_BLANK_IN = {  # {kind: what a letter of the kind would be void without}
    "not_accepted": ("reason", "remedy"),
    "extension": ("reason", "due_date"),
    "completion": ("result",),
    "refusal": ("conclusionText", "legalBasis", "remedy"),
    "transfer": ("transferTo", "conclusionText"),
}


def checked(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the facts of a letter with defaults filled in and characters removed that no paper may carry.

    Raises NotFound for an unknown kind, and Invalid (`missing`, `wrong`, `blank`: names of facts) for facts that do
    not fit it. Facts the kind does not know are left out.
    """
    if kind not in KINDS:
        raise NotFound(what="letter", kind=kind)
    shape = KINDS[kind]
    hints = get_type_hints(shape)
    missing = sorted(shape.__required_keys__ - facts.keys())
    wrong = sorted(name for name in hints.keys() & facts.keys() if not _fits(facts[name], hints[name]))
    if missing or wrong:
        raise Invalid(reason="document_facts", kind=kind, missing=missing, wrong=wrong, blank=[])
    known = {name: cleaned(facts[name] if name in facts else DEFAULTS[name]) for name in hints}
    blank = [name for name in (*NEVER_BLANK, *NEVER_BLANK_IN.get(kind, ())) if not known[name].strip()]
    if blank:
        raise Invalid(reason="document_facts", kind=kind, missing=[], wrong=[], blank=blank)
    return known


def _fits(value: Any, hint: Any) -> bool:
    """Return whether a JSON value has the type; True is no number."""
    if get_origin(hint) is list:
        (inner,) = get_args(hint)
        return isinstance(value, list | tuple) and all(_fits(item, inner) for item in value)
    if hint in (str, int, bool):
        return type(value) is hint
    names = get_type_hints(hint)
    return isinstance(value, Mapping) and all(name in value and _fits(value[name], names[name]) for name in names)
