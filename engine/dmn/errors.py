"""
What can go wrong with a decision model.

Invalid
├── DmnRefused      the file is no decision model that would be evaluated faithfully
└── DecisionFailed  an evaluation that has no answer one may act on
"""

from collections.abc import Sequence

from engine.dmn.places import Place
from engine.domain.errors import Invalid
from engine.domain.problems import Problem


class DmnRefused(Invalid):
    """A decision model that is refused; `problems` lists code, element, line and sentence."""

    code = "dmn_refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems."""
        super().__init__(problems=list(problems))
        self.problems = list(problems)


class DecisionFailed(Invalid):
    """
    An evaluation without an answer.

    `reason` is a code: unknown_decision, input_missing, input_type, expression, limit, no_rule, several_rules,
    rules_disagree, wrong_type, value_unlisted, aggregation, call. `detail` is one English sentence for the record.
    Facts name the decision, element, line, rule (from 1) and column where they are known.
    """

    code = "decision_failed"

    def __init__(self, reason: str, detail: str, place: Place | None = None) -> None:
        """Keep what failed and where."""
        self.reason = reason
        self.detail = detail
        self.place = place or Place()
        super().__init__(reason=reason, detail=detail, **self.place.facts())

    def sentence(self) -> str:
        """Return place and detail as one English sentence."""
        where = self.place.words()
        return f"{where}: {self.detail}" if where else self.detail
