"""Business rule tasks: a decision of the bundle is asked with the case's data, and its answer kept as a variable."""

from typing import Any

from engine.dmn.decide import decide
from engine.dmn.errors import DecisionFailed
from engine.dmn.places import Place
from engine.feel import FeelError
from engine.runtime.contract import Decided
from engine.runtime.exact import Seen, kept, plain
from engine.runtime.nodes import Activity


class Decision(Activity):
    """A business rule task: passed at once. Raises DecisionFailed where the decision gives no answer to act on."""

    def __init__(self, wf_spec: Any, element_id: str, **extra: Any) -> None:
        """Add the task to its process."""
        super().__init__(wf_spec, element_id, **extra)
        self.model = ""
        self.decision = ""
        self.result = ""  # the variable that gets the answer
        self.asked: dict[str, str] = {}  # name of an input -> expression over what the token sees; none: all of it

    def run(self, token: Any) -> bool:
        """Ask, keep the answer as a variable, and leave word of why."""
        scope = token.workflow
        top = scope.top
        given = {name: scope.evaluate(text, token) for name, text in self.asked.items()}
        data = Seen(given if self.asked else scope.values(token))
        value, trace = decide(top.decisions[self.model], self.decision, data, top.surroundings)
        answer = self._kept(value)
        scope.write(token, {self.result: answer})
        top.decided.append(Decided(self.bpmn_id, self.decision, plain(answer), tuple(trace)))
        return True

    def _kept(self, value: Any) -> Any:
        try:
            return kept(value)
        except FeelError as error:
            raise DecisionFailed("wrong_type", str(error), Place(self.decision)) from error
