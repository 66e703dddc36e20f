"""
What a service task of a diagram may ask for: which parameters it takes, and when it is carried out.

An operation inside is carried out in the transaction of the step that reaches it; its token goes on at once. One
outside is carried out after the commit, again and again until it succeeds; its token waits for the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class OperationRule:
    """The parameters an operation needs and may have besides, and whether it is carried out outside."""

    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    outside: bool = False


def _rule(needs: str = "", may: str = "", *, outside: bool = False) -> OperationRule:
    return OperationRule(frozenset(needs.split()), frozenset(may.split()), outside)


RULES: Mapping[str, OperationRule] = {
    "raise_flag": _rule("code role"),
    "record_answer": _rule(),
    "settle_flag": _rule("decision"),
    "issue_document": _rule("kind"),
    "extend_clock": _rule("clock"),
    "close_case": _rule(may="outcome outcomeFrom"),
    "notify": _rule("template to", "channel wait"),
    "call_web_hook": _rule("url", "body", outside=True),
    "open_linked_case": _rule("process values", outside=True),
}


def is_outside(name: str, parameters: Mapping[str, object]) -> bool:
    """Return whether the token waits for the answer: a notice only where the diagram says `wait="delivered"`."""
    rule = RULES.get(name)
    return rule is not None and (rule.outside or parameters.get("wait") == "delivered")
